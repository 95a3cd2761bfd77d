internal import ArgumentParser
internal import Audit
internal import EventStore
internal import Values

struct TraceCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "trace",
    abstract: "From an effect back to its cause, or from an event to all it caused.",
    discussion: """
      X is an event's position or id, an execution (its first characters are enough, from four on), \
      a step (execution/step), as `trace` itself writes them (event:12), or with --actor, --target or \
      --ip who acted, on what, from where.

      EXAMPLES
        auditcli trace 12 --down
        auditcli trace 8d2f1c3e-…/card --up
        auditcli trace --actor mara@example.com --down
        auditcli trace --target joon.park@example.com --up
        auditcli trace --ip 203.0.113.7
      """
  )

  @OptionGroup var global: GlobalOptions

  @Argument(help: ArgumentHelp("Where to begin.", valueName: "x"))
  var start: String?

  @Flag(help: "Towards the causes.")
  var up = false

  @Flag(help: "Towards the consequences; the default.")
  var down = false

  @Option(help: ArgumentHelp("Begin with what somebody did.", valueName: "who"))
  var actor: String?

  @Option(help: ArgumentHelp("Begin with what was done to something.", valueName: "what"))
  var target: String?

  @Option(help: ArgumentHelp("Begin with what came from an address.", valueName: "address"))
  var ip: String?

  @Option(help: ArgumentHelp("The most links; more are left out.", valueName: "n"))
  var limit = 10_000

  func validate() throws {
    guard limit > 0 else { throw ValidationError("--limit takes a number above 0.") }
    guard [start, actor, target, ip].compactMap({ $0 }).count == 1 else {
      throw ValidationError("Name one place to begin: X, --actor, --target or --ip.")
    }
    guard !(up && down) else { throw ValidationError("Give --up or --down, not both.") }
  }

  func run() throws {
    let log = try global.openForReading()
    let trace = try Tracer(log).trace(try begin(log), up ? .up : .down, limit: limit)
    var table = TextTable("FROM", "KIND", "TO")
    for edge in trace.edges {
      if global.json, case .object(let line) = edge.json { Output.json(line) }
      table.add(edge.from.description, edge.kind.rawValue, edge.to.description)
    }
    if !global.json {
      table.isEmpty ? Output.message(nothing) : table.write()
    }
    if !trace.isComplete {
      Output.message("These are the first \(limit) links; there are more. --limit shows more.")
    }
    Coverage(size: try log.size().count).write(json: global.json)
  }

  private var nothing: String {
    if actor != nil || target != nil || ip != nil { return "The log knows no such events." }
    return up
      ? "Nothing led there. --down looks for what it led to."
      : "It led to nothing. --up looks for what led there."
  }

  private func begin(_ log: EventLog) throws -> TraceStart {
    if let actor { return .actor(Text(actor)) }
    if let target { return .target(Text(target)) }
    if let ip { return .address(Text(ip)) }
    return try Tracer(log).start(named: start ?? "")
  }
}
