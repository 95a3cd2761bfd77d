// MARK: - Targets

extension EventGenerator {
  /// Appends the list of targets; the acting user is the target user in half of the entries.
  mutating func writeTargets(_ shape: EventShape, user: [UInt8], to line: inout [UInt8]) {
    guard !shape.targets.isEmpty else {
      line.append("null")
      return
    }
    line.append("[")
    for (index, target) in shape.targets.enumerated() {
      line.append(index == 0 ? "{" : ",{")
      writeTarget(target, user: user, to: &line)
      line.append(",\"detailEntry\":null,\"changeDetails\":null}")
    }
    line.append("]")
  }

  private mutating func writeTarget(
    _ target: EventShape.Target,
    user: [UInt8],
    to line: inout [UInt8]
  ) {
    switch target {
    case .user:
      line.append(contentsOf: random.once(in: 2) ? user : random.pickPopular(population.users))
    case .group: line.append(contentsOf: random.pickPopular(population.groups))
    case .app: line.append(contentsOf: random.pickPopular(population.apps))
    case .policy: line.append(contentsOf: random.pickPopular(population.policies))
    case .rule: line.append(contentsOf: random.pickPopular(population.rules))
    case .device: line.append(contentsOf: random.pickPopular(population.devices))
    case .flow: line.append(contentsOf: random.pickPopular(population.flows))
    case .appUser: writeNamed("AppUser", "0ua", random.pick(appUsers), to: &line)
    case .password: writeNamed("AuthenticatorEnrollment", "lae", "Password", to: &line)
    case .factor:
      writeNamed("AuthenticatorEnrollment", "pfd", random.pick(authenticators), to: &line)
    case .token: writeNamed("Token", "00T", random.pick(tokens), to: &line)
    case .zone: writeNamed("NetworkZone", "nzo", random.pick(networkZones), to: &line)
    case .role: writeNamed("ROLE", "irb", random.pick(roles), to: &line)
    }
  }

  private mutating func writeNamed(
    _ type: StaticString,
    _ prefix: StaticString,
    _ name: StaticString,
    to line: inout [UInt8]
  ) {
    line.append("\"id\":\"")
    line.append(id: prefix, count: 17, drawing: &random)
    line.append("\",\"type\":\"")
    line.append(type)
    line.append("\",\"alternateId\":\"unknown\",\"displayName\":\"")
    line.append(name)
    line.append("\"")
  }
}

// MARK: - Debug data

extension EventGenerator {
  /// Appends `debugData`: the members of the shape, then those that every entry has.
  mutating func writeDebug(_ draft: Draft, request: [UInt8], to line: inout [UInt8]) {
    if draft.oddity == .debugText {
      line.append("\"debug data was not kept\"")
      return
    }
    line.append("{")
    for member in draft.shape.debug {
      writeDebug(member, draft, to: &line)
      line.append("\",")
    }
    line.append("\"requestId\":\"")
    line.append(contentsOf: request)
    line.append("\",\"dtHash\":\"")
    line.append(contentsOf: random.pickPopular(population.browsers))
    line.append("\",\"requestUri\":\"")
    line.append(draft.shape.uri)
    line.append("\",\"origin\":\"https://acme.example.com\",\"threatSuspected\":\"")
    line.append(random.once(in: 40) ? "true" : "false")
    line.append("\",\"url\":\"")
    line.append(draft.shape.uri)
    line.append("?stateToken=")
    line.append(id: "02.id.", count: 24, drawing: &random)
    line.append("\"}")
  }

  /// Appends one member up to, but without, the quote that ends its text.
  private mutating func writeDebug(
    _ member: EventShape.Debug,
    _ draft: Draft,
    to line: inout [UInt8]
  ) {
    switch member {
    case .authnRequest:
      line.append("\"authnRequestId\":\"")
      line.append(id: "a", count: 26, drawing: &random)
    case .fingerprint:
      line.append("\"deviceFingerprint\":\"")
      line.append(contentsOf: random.pickPopular(population.browsers).prefix(32))
    case .behaviors:
      line.append("\"behaviors\":\"{")
      writeBehaviors(to: &line)
      line.append("}")
    case .risk:
      line.append("\"risk\":\"{reasons=")
      line.append(random.pick(riskReasons))
      line.append(", level=")
      line.append(random.pick(riskLevels))
      line.append("}")
    case .securityData: writeSecurityData(to: &line)
    case .changed:
      line.append("\"changedAttributes\":\"")
      line.append(random.pick(attributes))
    default: writeRareDebug(member, draft, to: &line)
    }
  }

  private mutating func writeRareDebug(
    _ member: EventShape.Debug,
    _ draft: Draft,
    to line: inout [UInt8]
  ) {
    switch member {
    case .factor:
      line.append("\"factor\":\"")
      line.append(random.pick(factors))
    case .privilege:
      line.append("\"privilegeGranted\":\"")
      line.append(random.pick(roles))
    case .grant:
      line.append("\"grantType\":\"authorization_code\",\"requestedScopes\":\"")
      line.append(random.pick(scopes))
    case .hooks:
      line.append("\"targetEventHookIds\":\"who")
      line.append(number: 7_000 + random.popular(below: 20))
      line.append("example")
    case .signOnMode:
      line.append("\"signOnMode\":\"")
      line.append(random.pick(signOnModes))
    case .threat:
      line.append("\"threatDetections\":\"{\\\"")
      line.append(random.pick(threatKinds))
      line.append("\\\":\\\"")
      line.append(random.pick(riskLevels))
      line.append("\\\"}")
    case .limit:
      line.append("\"threshold\":\"")
      line.append(number: 60 * (1 + random.below(20)))
      line.append("\",\"timeUnit\":\"MINUTES\",\"timeSpan\":\"1\",\"warningPercent\":\"60")
    default:
      line.append("\"proxyType\":\"")
      line.append(draft.fails ? "tor" : "none")
    }
  }

  private mutating func writeBehaviors(to line: inout [UInt8]) {
    for (index, behavior) in behaviors.enumerated() {
      if index > 0 { line.append(", ") }
      line.append(behavior)
      line.append(random.once(in: 6) ? "POSITIVE" : random.once(in: 9) ? "UNKNOWN" : "NEGATIVE")
    }
  }

  /// A JSON document inside a text, as this member really is.
  private mutating func writeSecurityData(to line: inout [UInt8]) {
    line.append("\"logOnlySecurityData\":\"{\\\"risk\\\":{\\\"level\\\":\\\"")
    line.append(random.pick(riskLevels))
    line.append("\\\",\\\"reasons\\\":\\\"")
    line.append(random.pick(riskReasons))
    line.append("\\\"},\\\"behaviors\\\":{")
    for (index, behavior) in quotedBehaviors.enumerated() {
      if index > 0 { line.append(",") }
      line.append(behavior)
      line.append(random.once(in: 6) ? "\\\"POSITIVE\\\"" : "\\\"NEGATIVE\\\"")
    }
    line.append("}}")
  }
}

private let appUsers: [StaticString] = ["Staff account", "Service account", "Guest account"]
private let authenticators: [StaticString] = [
  "Okta Verify", "Okta Verify", "Security Key or Biometric", "Google Authenticator", "Phone",
  "Email",
]
private let tokens: [StaticString] = ["Sync job", "Log export", "Help desk scripts", "Old backup"]
private let networkZones: [StaticString] = ["Head office", "Warehouse", "Blocked countries"]
private let roles: [StaticString] = [
  "Help desk administrator", "Group administrator", "Read-only administrator",
  "Super administrator",
]
private let riskReasons: [StaticString] = [
  "", "", "Anomalous Device", "Anomalous Location", "Anomalous Device, Anomalous Location",
  "New IP address, New Country",
]
private let riskLevels: [StaticString] = ["LOW", "LOW", "LOW", "MEDIUM", "HIGH"]
private let attributes: [StaticString] = [
  "department", "title,department", "manager", "mobilePhone", "lastName,displayName", "costCenter",
]
private let factors: [StaticString] = [
  "OKTA_VERIFY_PUSH", "OKTA_SOFT_TOKEN", "SIGNED_NONCE", "FIDO_WEBAUTHN", "SMS_FACTOR",
]
private let scopes: [StaticString] = [
  "openid,profile", "openid,email,profile", "openid,offline_access", "okta.logs.read",
]
private let signOnModes: [StaticString] = ["SAML_2_0", "OPENID_CONNECT", "AUTO_LOGIN", "BOOKMARK"]
private let threatKinds: [StaticString] = ["Password Spray", "Login Failures", "Unknown Users"]
private let behaviors: [StaticString] = [
  "New Geo-Location=", "New Device=", "New IP=", "New State=", "New Country=", "Velocity=",
  "New City=",
]
private let quotedBehaviors: [StaticString] = [
  "\\\"New Geo-Location\\\":", "\\\"New Device\\\":", "\\\"New IP\\\":", "\\\"New State\\\":",
  "\\\"New Country\\\":", "\\\"Velocity\\\":", "\\\"New City\\\":",
]
