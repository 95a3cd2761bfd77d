internal import ArgumentParser
internal import Audit
internal import EventStore
internal import Values

struct HookListCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "List the hooks, with what they take in and since when.",
    discussion: """
      EXAMPLES
        auditcli hook list
        auditcli --json hook list
      """
  )

  @OptionGroup var global: GlobalOptions

  func run() throws {
    let log = try global.openForReading()
    let hooks = try HookRegistry(log).list()
    if global.json {
      for hook in hooks { Output.json(Self.line(hook)) }
    } else if hooks.isEmpty {
      Output.line("There is no hook; `auditcli hook add FILE` adds one.")
    } else {
      var table = TextTable([
        "HOOK", "PATH", "PROOF", "SECRET", "EVENTS", "FLOW", "SINCE", "BY",
      ])
      for hook in hooks { table.add(Self.row(hook)) }
      table.write()
    }
    Coverage(size: try log.size().count).write(json: global.json)
  }

  private static func row(_ registered: RegisteredHook) -> [String] {
    let hook = registered.hook
    let events = hook.events.map { $0.type + ($0.filter == nil ? "" : " (filtered)") }
    return [
      hook.name, HookAnswer.paths(of: hook).first ?? "", hook.proof.rawValue,
      registered.credential ?? "", events.isEmpty ? "all" : events.joined(separator: ", "),
      hook.flow ?? "", TimeText.of(registered.since), registered.actor,
    ]
  }

  private static func line(_ registered: RegisteredHook) -> Object {
    let hook = registered.hook
    func text(_ text: String?) -> Value { text.map { .text(Text($0)) } ?? .null }
    return [
      "hook": text(hook.name), "paths": .list(HookAnswer.paths(of: hook).map { text($0) }),
      "proof": text(hook.proof.rawValue), "format": text(hook.format?.rawValue),
      "credential": text(registered.credential), "flow": text(hook.flow),
      "origin": text(hook.origin),
      "events": .list(
        hook.events.map {
          ["type": text($0.type), "filter": text($0.filter.map { "\($0.expression)" })]
        }
      ),
      "since": .text(Instant(milliseconds: registered.since).iso8601),
      "actor": text(registered.actor),
      "position": .number(Double(registered.position.rawValue)),
    ]
  }
}
