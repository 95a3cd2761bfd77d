internal import ArgumentParser
internal import Audit
internal import EventStore
internal import Values

struct FlowListCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "The flows of the log, their versions, and what they cannot run yet.",
    discussion: """
      EXAMPLES
        auditcli flow list
        auditcli flow list --json
      """
  )

  @OptionGroup var global: GlobalOptions

  func run() throws {
    let log = try global.openForReading()
    let flows = try FlowRegistry(log).list()
    if global.json {
      for flow in flows { Output.json(Self.line(flow)) }
    } else {
      writeTable(flows)
    }
    Coverage(size: try log.size().count).write(json: global.json)
  }

  private func writeTable(_ flows: [RegisteredFlow]) {
    guard !flows.isEmpty else {
      Output.message("No flows yet. Add some with `auditcli flow add FILE`.")
      return
    }
    var table = TextTable("FLOW", "HASH", "STATE", "TRIGGER", "CARDS", "UNSUPPORTED")
    for flow in flows {
      table.add(
        flow.label.description,
        String(flow.hash.description.prefix(12)),
        flow.isActive ? "active" : "",
        (flow.event ?? flow.trigger).description,
        String(flow.cardCount),
        flow.unsupported.map(\.description).joined(separator: " ")
      )
    }
    table.write()
  }

  /// The line of JSON.
  static func line(_ flow: RegisteredFlow) -> Object {
    [
      "flow": .text(flow.flow), "name": .text(flow.name),
      "version": .number(Double(flow.version)), "hash": .text(flow.hash),
      "active": .boolean(flow.isActive), "trigger": .text(flow.event ?? flow.trigger),
      "cards": .number(Double(flow.cardCount)),
      "unsupported": .list(flow.unsupported.map { .text($0) }),
    ]
  }
}
