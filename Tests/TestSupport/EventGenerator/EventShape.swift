/// One kind of entry: its type, who and what it names, and which debug values it carries.
struct EventShape: Sendable {
  /// Who acts.
  enum Actor: Sendable { case user, system, app, address }

  /// What is acted on; each entry draws its own.
  enum Target: Sendable {
    case user, group, app, appUser, password, factor, policy, rule, device, flow, token, zone, role
  }

  /// A member of `debugData` besides those that every entry has.
  enum Debug: Sendable {
    case authnRequest, behaviors, risk, fingerprint, securityData, factor, privilege, grant
    case changed, hooks, signOnMode, threat, limit, proxyType
  }

  /// What kind of work the entry was part of.
  enum Transaction: Sendable { case web, job, workflow }

  let type: StaticString
  let message: StaticString
  let weight: Int
  var legacy: StaticString?
  var severity: StaticString = "INFO"
  var actor: Actor = .user
  var targets: [Target] = [.user]
  var debug: [Debug] = []
  var results: [StaticString] = ["SUCCESS"]
  var failures: [StaticString] = []
  var failure: StaticString = "FAILURE"
  var uri: StaticString = "/api/v1/users/"
  var transaction: Transaction = .web
  var session = true
}

extension EventShape {
  /// All shapes, the frequent ones first so that drawing finds them soon.
  static let all: [EventShape] = signIns + accounts + administration + threats

  static let signInDebug: [Debug] = [
    .authnRequest, .fingerprint, .behaviors, .risk, .securityData,
  ]
  static let credentialFailures: [StaticString] = [
    "INVALID_CREDENTIALS", "INVALID_CREDENTIALS", "LOCKED_OUT", "VERIFICATION_ERROR",
    "PASSWORD_EXPIRED", "NETWORK_ZONE_BLACKLIST",
  ]
}
