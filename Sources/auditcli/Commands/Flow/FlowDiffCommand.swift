internal import ArgumentParser
internal import Audit
internal import EventStore
internal import Flows
internal import Replay
internal import Values

struct FlowDiffCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "diff",
    abstract: "How the cards of two versions differ; nothing is run.",
    discussion: """
      Which card is which is told by their ids, then by what they are and where their inputs come \
      from; --map overrides. For what a version would have done, see `auditcli diff`.

      EXIT STATUS
        2  the versions differ

      EXAMPLES
        auditcli flow diff notify@1 notify@2
        auditcli flow diff notify exports/notify.flopack --json
      """
  )

  @OptionGroup var global: GlobalOptions

  @Argument(help: ArgumentHelp("A version, or a file.", valueName: "f"))
  var old: String

  @Argument(help: ArgumentHelp("Another version, or a file.", valueName: "g"))
  var new: String

  @Option(help: ArgumentHelp("Cards that are the same under two ids.", valueName: "old=new"))
  var map: [String] = []

  func run() throws {
    let log = try global.openForReading(flows: [old, new])
    let flows = NamedFlows(log)
    let before = try flows.version(old)
    let after = try flows.version(new, of: before.id)
    let difference = FlowDifference(
      old: before.closure,
      new: after.closure,
      map: try DiffCommand.mappings(map)
    )
    try DiffCommand.check(difference.alignment.unusedMappings)
    before.tellWhereUnrelated(to: after)
    if global.json {
      for line in difference.parts.map(\.value) + difference.cards.map(\.value) {
        if case .object(let line) = line { Output.json(line) }
      }
      if case .object(let line) = difference.summary { Output.json(line) }
    } else {
      writeText(difference, isSame: before.hash == after.hash)
    }
    Coverage(size: try log?.size().count ?? 0).write(json: global.json)
    if !difference.isEmpty || before.hash != after.hash { throw ExitStatus.found.exit }
  }
}

extension FlowDiffCommand {
  private func writeText(_ difference: FlowDifference, isSame: Bool) {
    for part in difference.parts {
      Output.line(Style.notable("~ \(part.kind) \(part.id)"))
      part.fields.forEach(write)
    }
    for card in difference.cards { write(card) }
    let counts = difference.counts
    let found = CardDifference.Kind.allCases.compactMap { kind in
      counts[kind].map { "\($0) \(kind.rawValue)" }
    }
    if !found.isEmpty {
      Output.line("")
      Output.line(found.joined(separator: ", "))
    } else if difference.isEmpty {
      Output.line(isSame ? "The same." : "The definitions differ in nothing that runs.")
    }
  }

  private func write(_ card: CardDifference) {
    let (sign, style): (String, Style) =
      switch card.kinds.first {
      case .added: ("+", .good)
      case .removed: ("-", .bad)
      default: ("~", .notable)
      }
    let kinds = card.kinds.map(\.rawValue).joined(separator: ", ")
    let name = "\(card.name)".visible
    Output.line("\(style("\(sign) \(name)"))  \(card.address)  \(Style.faint(kinds))")
    card.fields.forEach(write)
    for wire in card.wires {
      Output.line("    \(wire.path) from \(shown(wire.before)) → \(shown(wire.after))".visible)
    }
  }

  private func write(_ field: CardDifference.Field) {
    let change = Change(
      step: .empty,
      kind: .arguments,
      path: field.path,
      before: field.before,
      after: field.after
    )
    let (before, after) = change.values
    Output.line("    \(field.path): \(before) → \(after)".visible)
  }

  private func shown(_ source: Value?) -> String {
    guard case .text(let text)? = source else { return "no wire" }
    return text.description
  }
}
