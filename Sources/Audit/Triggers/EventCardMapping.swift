internal import Flows
internal import Values

/// Which of Okta's event types starts which event card.
enum EventCardMapping {
  /// The event type of each card, as `connector:method`.
  private static let eventTypes: [Text: String] = [
    "okta:accessCertificationDecisionSubmitted": "certification.campaign.item.decide",
    "okta:groupDeleted": "group.lifecycle.delete",
    "okta:groupProfileUpdated": "group.profile.update",
    "okta:oktaUserPasswordUpdated": "user.account.update_password",
    "okta:oktaUserProfileUpdated": "user.account.update_profile",
    "okta:userActivated": "user.lifecycle.activate",
    "okta:userAddedToApplicationMembership": "application.user_membership.add",
    "okta:userAddedToGroupMembership": "group.user_membership.add",
    "okta:userCreated": "user.lifecycle.create",
    "okta:userDeactivated": "user.lifecycle.deactivate",
    "okta:userMFA": "user.authentication.auth_via_mfa",
    "okta:userMFAFactorActivated": "user.mfa.factor.activate",
    "okta:userMFAFactorDeactivated": "user.mfa.factor.deactivate",
    "okta:userMFAFactorResetAll": "user.mfa.factor.reset_all",
    "okta:userRemovedFromGroupMembership": "group.user_membership.remove",
    "okta:userReportedSuspiciousActivityBeta": "user.account.report_suspicious_activity_by_enduser",
    "okta:userSuspended": "user.lifecycle.suspend",
    "oktadevices:mfaPreregistrationInitiated": "system.mfa.preregister.initiate",
    "oktadevices:userMFA": "user.authentication.auth_via_mfa",
    "oktadevices:userMFAFactorActivated": "user.mfa.factor.activate",
    "oktadevices:userMFAFactorDeactivated": "user.mfa.factor.deactivate",
    "oktadevices:userMFAFactorResetAll": "user.mfa.factor.reset_all",
  ]

  /// What starts an event card.
  enum Source: Hashable {
    /// A System Log entry of that type.
    case systemLog(type: String)
    /// A message in Slack.
    case slackMessage
  }

  /// What starts the card `connector:method`, or nil where that is not known.
  static func source(of card: Text) -> Source? {
    if card == "slack:newMessageInChannel" { return .slackMessage }
    return eventTypes[card].map { .systemLog(type: $0) }
  }
}
