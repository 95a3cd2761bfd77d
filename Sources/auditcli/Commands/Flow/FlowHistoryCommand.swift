internal import ArgumentParser
internal import Audit
internal import EventStore
internal import Values

struct FlowHistoryCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "history",
    abstract:
      "Who added, switched on and switched off which version, when and why; the latest first.",
    discussion: """
      For what the flow did, see `auditcli history --flow F`.

      EXAMPLES
        auditcli flow history "Breached credential"
        auditcli flow history "Breached credential" --json
      """
  )

  @OptionGroup var global: GlobalOptions

  @Argument(help: ArgumentHelp("The flow.", valueName: "f"))
  var flow: String

  func run() throws {
    let log = try global.openForReading()
    let registry = FlowRegistry(log)
    let entries = try registry.history(of: registry.resolve(flow).flow).reversed()
    if global.json {
      for entry in entries { Output.json(Self.line(entry)) }
    } else {
      var table = TextTable("TIME", "POSITION", "CHANGE", "VERSION", "HASH", "ACTOR", "WHY", "FILE")
      for entry in entries {
        table.add(
          TimeText.of(entry.recordedTime),
          "\(entry.position)",
          entry.change.rawValue,
          String(entry.version),
          String(entry.hash.description.prefix(12)),
          entry.actor.description,
          entry.why?.description ?? "",
          entry.source?.description ?? ""
        )
      }
      table.write()
    }
    Coverage(size: try log.size().count).write(json: global.json)
  }

  private static func line(_ entry: FlowHistoryEntry) -> Object {
    var line: Object = [
      "position": .number(Double(entry.position.rawValue)),
      "time": .date(Instant(milliseconds: entry.recordedTime)),
      "change": .text(Text(entry.change.rawValue)),
      "version": .number(Double(entry.version)), "hash": .text(entry.hash),
      "actor": .text(entry.actor),
    ]
    line["why"] = entry.why.map { .text($0) }
    line["source"] = entry.source.map { .text($0) }
    return line
  }
}
