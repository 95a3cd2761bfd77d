extension EventShape {
  /// Sessions, factors and single sign-on.
  static let signIns: [EventShape] = [
    EventShape(
      type: "user.session.start",
      message: "User login to Okta",
      weight: 260,
      legacy: "core.user_auth.login_success",
      targets: [.password, .app],
      debug: signInDebug,
      failures: credentialFailures,
      uri: "/idp/idx/challenge/answer"
    ),
    EventShape(
      type: "user.authentication.sso",
      message: "User single sign on to app",
      weight: 240,
      legacy: "app.auth.sso",
      targets: [.app, .appUser],
      debug: [.authnRequest, .signOnMode, .fingerprint, .behaviors],
      uri: "/app/sso/saml"
    ),
    EventShape(
      type: "policy.evaluate_sign_on",
      message: "Evaluation of sign-on policy",
      weight: 220,
      targets: [.policy, .rule, .app],
      debug: signInDebug,
      results: ["ALLOW", "ALLOW", "CHALLENGE"],
      failures: ["Sign-on policy evaluation resulted in DENY"],
      failure: "DENY",
      uri: "/idp/idx/identify"
    ),
    EventShape(
      type: "user.authentication.auth_via_mfa",
      message: "Authentication of user via MFA",
      weight: 180,
      legacy: "core.user.factor.attempt_success",
      targets: [.user, .factor],
      debug: [.authnRequest, .factor, .fingerprint, .behaviors, .risk],
      failures: ["INVALID_CREDENTIALS", "User rejected Okta push verify", "FastPass declined"],
      uri: "/idp/idx/authenticators/poll"
    ),
    EventShape(
      type: "user.authentication.verify",
      message: "Verify user identity",
      weight: 80,
      targets: [.appUser, .password],
      debug: signInDebug,
      failures: credentialFailures,
      uri: "/idp/idx/challenge"
    ),
    EventShape(
      type: "user.session.end",
      message: "User logout from Okta",
      weight: 60,
      legacy: "core.user_auth.logout_success",
      debug: [.authnRequest],
      uri: "/login/signout"
    ),
    EventShape(
      type: "app.oauth2.as.authorize.code",
      message: "OAuth2 authorization code request",
      weight: 60,
      targets: [.user, .app],
      debug: [.grant, .authnRequest, .behaviors, .risk],
      failures: ["access_denied", "no_matching_policy"],
      uri: "/oauth2/v1/authorize"
    ),
    EventShape(
      type: "user.session.access_admin_app",
      message: "User accessing Okta admin app",
      weight: 24,
      legacy: "app.admin.sso.login.success",
      targets: [.appUser, .app],
      debug: [.authnRequest, .behaviors, .securityData],
      uri: "/admin/sso/callback"
    ),
    EventShape(
      type: "user.authentication.auth_via_radius",
      message: "Authentication via Radius",
      weight: 20,
      debug: [.factor, .proxyType],
      failures: ["INVALID_CREDENTIALS"],
      uri: "/api/v1/radius"
    ),
    EventShape(
      type: "system.push.send_factor_verify_push",
      message: "Send a push to a factor",
      weight: 40,
      actor: .system,
      targets: [.user, .factor],
      debug: [.factor, .authnRequest],
      failures: ["PUSH_NOT_DELIVERED"],
      uri: "/api/v1/authn/factors"
    ),
    EventShape(
      type: "user.session.clear",
      message: "Clear user session",
      weight: 16,
      debug: [.authnRequest],
      uri: "/api/v1/users/sessions"
    ),
    EventShape(
      type: "user.session.expire",
      message: "Expire user session",
      weight: 10,
      actor: .system,
      uri: "/api/v1/sessions",
      session: false
    ),
    EventShape(
      type: "user.authentication.auth_via_IDP",
      message: "Authenticate user via IDP",
      weight: 22,
      targets: [.user, .app],
      debug: [.authnRequest, .behaviors],
      failures: ["ACCOUNT_LINK_FAILED"],
      uri: "/sso/idps"
    ),
    EventShape(
      type: "user.authentication.slo",
      message: "User single logout from app",
      weight: 8,
      targets: [.app],
      debug: [.signOnMode],
      uri: "/app/slo"
    ),
  ]

  /// People and their groups, apps and factors.
  static let accounts: [EventShape] = [
    EventShape(
      type: "group.user_membership.add",
      message: "Add user to group membership",
      weight: 50,
      legacy: "core.user_group_member.user_add",
      targets: [.user, .group],
      debug: [.hooks],
      uri: "/api/v1/groups/users"
    ),
    EventShape(
      type: "group.user_membership.remove",
      message: "Remove user from group membership",
      weight: 26,
      legacy: "core.user_group_member.user_remove",
      targets: [.user, .group],
      uri: "/api/v1/groups/users"
    ),
    EventShape(
      type: "application.user_membership.add",
      message: "Add user to application membership",
      weight: 34,
      legacy: "app.generic.provision.assign_user_to_app",
      targets: [.appUser, .app, .user],
      debug: [.hooks],
      uri: "/api/v1/apps/users"
    ),
    EventShape(
      type: "application.user_membership.remove",
      weightOf: 14,
      "Remove user from application membership",
      [.appUser, .app, .user]
    ),
    EventShape(
      type: "application.user_membership.change_username",
      weightOf: 5,
      "Change the user name of an application user",
      [.appUser, .app]
    ),
    EventShape(
      type: "application.provision.user.sync",
      message: "Sync a user in an external application",
      weight: 30,
      actor: .system,
      targets: [.appUser, .app],
      failures: ["REMOTE_ERROR"],
      transaction: .job,
      session: false
    ),
    EventShape(
      type: "user.lifecycle.create",
      message: "Create Okta user",
      weight: 12,
      debug: [.hooks],
      failures: ["login: An object with this field already exists"]
    ),
    EventShape(
      type: "user.lifecycle.activate",
      message: "Activate Okta user",
      weight: 12,
      legacy: "core.user.config.user_activated",
      debug: [.hooks],
      failures: ["ALREADY_ACTIVE"]
    ),
    EventShape(type: "user.lifecycle.deactivate", weightOf: 9, "Deactivate Okta user", [.user]),
    EventShape(type: "user.lifecycle.suspend", weightOf: 6, "Suspend Okta user", [.user]),
    EventShape(type: "user.lifecycle.unsuspend", weightOf: 4, "Unsuspend Okta user", [.user]),
    EventShape(
      type: "user.account.update_profile",
      message: "Update user profile for Okta",
      weight: 40,
      debug: [.changed, .hooks]
    ),
    EventShape(
      type: "user.account.update_password",
      message: "User update password for Okta",
      weight: 14,
      targets: [.user, .password],
      debug: [.behaviors, .risk],
      failures: ["PASSWORD_BASED_ON_USER_INFO", "PASSWORD_TOO_SHORT"],
      uri: "/idp/idx/credential/enroll"
    ),
    EventShape(
      type: "user.account.reset_password",
      weightOf: 8,
      "Reset password for user",
      [.user]
    ),
    EventShape(
      type: "user.account.lock",
      message: "Max sign in attempts exceeded",
      weight: 7,
      severity: "WARN",
      actor: .system,
      debug: [.threat],
      uri: "/idp/idx/challenge/answer",
      session: false
    ),
    EventShape(type: "user.account.unlock", weightOf: 5, "Unlock user account", [.user]),
    EventShape(
      type: "user.account.report_suspicious_activity_by_enduser",
      message: "User reported suspicious activity",
      weight: 2,
      severity: "WARN",
      debug: [.behaviors, .risk]
    ),
    EventShape(
      type: "user.mfa.factor.activate",
      message: "Enrol an authenticator",
      weight: 16,
      legacy: "core.user.factor.activate",
      targets: [.user, .factor],
      debug: [.factor],
      failures: ["INVALID_PASSCODE"],
      uri: "/idp/idx/credential/enroll"
    ),
    EventShape(
      type: "user.mfa.factor.deactivate",
      weightOf: 9,
      "Remove an authenticator",
      [.user, .factor]
    ),
    EventShape(
      type: "user.mfa.factor.reset_all",
      weightOf: 4,
      "Remove all authenticators",
      [.user]
    ),
    EventShape(
      type: "user.mfa.okta_verify.deny_push",
      message: "User rejected a push",
      weight: 5,
      severity: "WARN",
      targets: [.user, .factor],
      debug: [.factor, .behaviors],
      failures: ["User rejected Okta push verify"]
    ),
  ]

  /// A shape of plain administration: one message, its targets, nothing special.
  init(
    type: StaticString,
    weightOf weight: Int,
    _ message: StaticString,
    _ targets: [Target]
  ) {
    self.init(type: type, message: message, weight: weight, targets: targets)
  }
}
