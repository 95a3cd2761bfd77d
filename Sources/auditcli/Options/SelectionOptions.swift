internal import ArgumentParser
internal import Audit
internal import EventStore
internal import Replay
internal import Values

/// Which recorded executions a command is about.
struct SelectionOptions: ParsableArguments {
  @Argument(help: ArgumentHelp("Executions; of one in a tree the whole tree.", valueName: "x"))
  var executions: [String] = []

  @Flag(help: "Every execution.")
  var all = false

  @Flag(help: "Every execution that failed.")
  var failed = false

  @Option(help: ArgumentHelp("Every execution of this flow or version.", valueName: "f"))
  var flow: String?

  @Option(
    help: ArgumentHelp(
      "Every execution that started at this time or later.",
      discussion: "ISO 8601, UTC where no offset is given",
      valueName: "time"
    ),
    transform: TimeArgument.init(parsing:)
  )
  var since: TimeArgument?
}

extension SelectionOptions {
  var isEmpty: Bool { executions.isEmpty && !selectsByQuery }

  /// Whether executions are found by what they are, not by their ids.
  var selectsByQuery: Bool { all || failed || flow != nil || since != nil }

  /// Checks that executions are named or asked for, and not both.
  func validate() throws {
    guard !isEmpty else {
      throw ValidationError("Name executions, or give --all, --failed, --flow or --since.")
    }
    guard executions.isEmpty || !selectsByQuery else {
      throw ValidationError("Name executions, or ask for them by --failed and such, not both.")
    }
  }

  /// The root executions in the order in which they started; nobody's values are known of observed
  /// ones, so these must be named.
  func roots(in log: EventLog) throws -> [HistoryEntry] {
    let history = HistoryView(log)
    if !executions.isEmpty {
      return try executions.map { id in
        guard let entry = try history.execution(named: id),
          let root = entry.parent == nil ? entry : try history.execution(entry.root)
        else { throw Failure("there is no execution \(id). `auditcli history` lists them.") }
        return root
      }
    }
    var query = HistoryQuery()
    if failed { query.status = .failed }
    query.since = since?.milliseconds
    if let flow { try NamedFlows(log).limit(&query, to: flow) }
    return try history.entries(query).reversed().filter { $0.mode != .observed }
  }
}
