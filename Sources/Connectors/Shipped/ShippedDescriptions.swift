/// The descriptions that come with the program.
enum ShippedDescriptions {
  /// All of them; the one for custom API actions of any connector comes last.
  static let all: [ConnectorDescription] = [
    read(PackageResources.okta_yaml, "okta"), read(PackageResources.slack_yaml, "slack"),
    read(PackageResources.httpfunctions_yaml, "httpfunctions"),
    read(PackageResources.mail_yaml, "mail"), read(PackageResources.any_yaml, "any"),
  ]

  private static func read(_ bytes: [UInt8], _ name: String) -> ConnectorDescription {
    do {
      return try DescriptionReader.read(bytes, source: "\(name).yaml, which came with auditcli")
    } catch {
      preconditionFailure("\(error)")
    }
  }
}
