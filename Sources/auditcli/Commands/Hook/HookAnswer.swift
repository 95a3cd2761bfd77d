internal import Audit
internal import EventStore
internal import Values

/// What is told of a hook that was added, changed, or got another secret.
struct HookAnswer {
  private let global: GlobalOptions
  private let log: EventLog

  init(_ global: GlobalOptions, _ log: EventLog) {
    self.global = global
    self.log = log
  }

  /// Tells where its deliveries go, and once what its sender proves itself with.
  func tell(_ hook: Hook, _ secret: GivenSecretOptions.Secret?, isNew: Bool?) throws {
    let paths = Self.paths(of: hook)
    let shown = secret.flatMap { $0.isDrawn ? $0.text : nil }
    if global.json {
      Output.json([
        "hook": .text(Text(hook.name)), "paths": .list(paths.map { .text(Text($0)) }),
        "proof": .text(Text(hook.proof.rawValue)),
        "field": hook.proof == .header ? .text(Text(hook.field)) : .null,
        "secret": shown.map { .text(Text($0)) } ?? .null,
      ])
    } else {
      if let isNew { Output.line("\(hook.name) is \(isNew ? "added" : "changed")") }
      for path in paths { Output.line("  URL     https://YOUR-HOST\(path)") }
      for line in Self.settings(of: hook, shown) { Output.line("  \(line)") }
      if shown != nil { Output.message("The secret is shown this once.") }
    }
    Coverage(size: try log.size().count).write(json: global.json)
  }

  /// Where its deliveries come in.
  static func paths(of hook: Hook) -> [String] {
    let usual = hook.format == .oktaEventHook ? "/hooks/okta/" : "/hooks/"
    return [hook.path, usual + hook.name].compactMap { $0 }
  }

  private static func settings(of hook: Hook, _ secret: String?) -> [String] {
    let secret = secret ?? "as before, or as you gave it"
    return switch hook.proof {
    case .header: ["field   \(hook.field)", "secret  \(secret)"]
    case .token: ["field   x-auditcli-token, or ?token= behind the URL", "secret  \(secret)"]
    case .nothing: ["secret  none: whoever knows the URL is believed"]
    case .slack, .typeform, .standardWebhooks, .github, .stripe:
      ["signed  as \(hook.proof.rawValue) does", "secret  \(secret)"]
    }
  }
}
