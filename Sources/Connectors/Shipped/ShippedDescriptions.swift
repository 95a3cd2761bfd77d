/// The descriptions that come with the program.
enum ShippedDescriptions {
  /// All of them; the one for custom API actions of any connector comes last.
  static let all: [ConnectorDescription] = [
    read(PackageResources.okta_yaml, "okta.yaml"),
    read(PackageResources.slack_yaml, "slack.yaml"),
    read(PackageResources.httpfunctions_yaml, "httpfunctions.yaml"),
    read(PackageResources.filefunctions_yaml, "filefunctions.yaml"),
    read(PackageResources.mail_yaml, "mail.yaml"),
    read(PackageResources.auth0_yaml, "auth0.yaml"),
    read(PackageResources.gmail_yaml, "gmail.yaml"),
    read(PackageResources.googlecalendar_yaml, "googlecalendar.yaml"),
    read(PackageResources.googledirectory_yaml, "googledirectory.yaml"),
    read(PackageResources.googledrive_yaml, "googledrive.yaml"),
    read(PackageResources.jamfpro_yaml, "jamfpro.yaml"),
    read(PackageResources.jira2_yaml, "jira2.yaml"),
    read(PackageResources.microsoftteams_yaml, "microsoftteams.yaml"),
    read(PackageResources.office365admin_yaml, "office365admin.yaml"),
    read(PackageResources.opsgenie_yaml, "opsgenie.yaml"),
    read(PackageResources.pagerduty_yaml, "pagerduty.yaml"),
    read(PackageResources.salesforce_yaml, "salesforce.yaml"),
    read(PackageResources.sendgrid_yaml, "sendgrid.yaml"),
    read(PackageResources.servicenow_yaml, "servicenow.yaml"),
    read(PackageResources.any_yaml, "any.yaml"),
  ]

  private static func read(_ bytes: [UInt8], _ name: String) -> ConnectorDescription {
    do {
      return try DescriptionReader.read(bytes, source: "\(name) of auditcli")
    } catch {
      preconditionFailure("\(error)")
    }
  }
}
