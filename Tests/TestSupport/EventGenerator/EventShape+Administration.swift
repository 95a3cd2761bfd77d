extension EventShape {
  /// What administrators, jobs and Workflows do.
  static let administration: [EventShape] = [
    EventShape(type: "group.lifecycle.create", weightOf: 4, "Create group", [.group]),
    EventShape(type: "group.profile.update", weightOf: 6, "Update group profile", [.group]),
    EventShape(
      type: "group.privilege.grant",
      message: "Grant admin privilege to a group",
      weight: 2,
      severity: "WARN",
      targets: [.group, .role],
      debug: [.privilege]
    ),
    EventShape(
      type: "user.account.privilege.grant",
      message: "Grant user privilege",
      weight: 3,
      targets: [.user, .role],
      debug: [.privilege],
      failures: ["INSUFFICIENT_PERMISSIONS"]
    ),
    EventShape(
      type: "application.lifecycle.update",
      weightOf: 8,
      "Update an application",
      [.app]
    ),
    EventShape(type: "policy.rule.update", weightOf: 6, "Update a policy rule", [.rule, .policy]),
    EventShape(
      type: "system.api_token.create",
      message: "Create API token",
      weight: 3,
      targets: [.token],
      failures: ["TOKEN_LIMIT"],
      uri: "/api/internal/tokens"
    ),
    EventShape(type: "zone.update", weightOf: 3, "Update a network zone", [.zone]),
    EventShape(
      type: "device.enrollment.create",
      message: "Register a device",
      weight: 12,
      targets: [.device, .user],
      debug: [.fingerprint],
      failures: ["DEVICE_LIMIT"],
      uri: "/idp/authenticators"
    ),
    EventShape(
      type: "workflows.user.flow.save",
      message: "Save a flow",
      weight: 7,
      targets: [.app, .flow],
      transaction: .workflow
    ),
    EventShape(
      type: "workflows.user.delegatedflow.run",
      message: "Run a delegated flow",
      weight: 9,
      targets: [.app, .flow],
      failures: ["FLOW_INACTIVE"],
      transaction: .workflow
    ),
    EventShape(
      type: "system.org.rate_limit.warning",
      message: "Rate limit warning",
      weight: 6,
      severity: "WARN",
      actor: .app,
      targets: [.token],
      debug: [.limit],
      uri: "/api/v1/logs",
      session: false
    ),
    EventShape(
      type: "system.import.complete",
      message: "Import of an application is complete",
      weight: 8,
      actor: .system,
      targets: [.app],
      failures: ["REMOTE_ERROR", "TIMEOUT"],
      transaction: .job,
      session: false
    ),
  ]

  /// What the org's defences report.
  static let threats: [EventShape] = [
    EventShape(
      type: "security.breached_credential.detected",
      message: "Credentials match a known breach",
      weight: 3,
      severity: "WARN",
      targets: [.password],
      debug: signInDebug + [.hooks],
      uri: "/idp/idx/challenge/answer"
    ),
    EventShape(
      type: "security.threat.detected",
      message: "Request from suspicious actor",
      weight: 10,
      severity: "WARN",
      actor: .address,
      targets: [],
      debug: [.threat, .proxyType],
      results: ["ALLOW"],
      failures: ["Password Spray", "Login failures"],
      failure: "DENY",
      uri: "/api/v1/authn",
      session: false
    ),
    EventShape(
      type: "user.risk.detect",
      message: "User risk detected",
      weight: 5,
      severity: "WARN",
      actor: .system,
      debug: [.risk, .behaviors],
      uri: "/api/v1/risk",
      session: false
    ),
  ]
}
