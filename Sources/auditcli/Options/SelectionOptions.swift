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

  @Option(help: ArgumentHelp("Every execution that stands so.", valueName: "status"))
  var status: HistoryStatus?

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

  @Option(
    help: ArgumentHelp("Every execution that started before this time.", valueName: "time"),
    transform: TimeArgument.init(parsing:)
  )
  var until: TimeArgument?

  @Option(
    help: ArgumentHelp(
      "Every execution that this event, by position or id, started.",
      valueName: "event"
    )
  )
  var trigger: String?

  @Option(
    name: .customLong("started-by"),
    help: ArgumentHelp(
      "Every execution that this actor started: by the event, or by hand.",
      valueName: "who"
    )
  )
  var startedBy: String?

  @Option(
    help: ArgumentHelp(
      "Every execution with such a trigger: a filter as `search` takes it.",
      valueName: "filter"
    )
  )
  var over: String?

  @Option(
    help: ArgumentHelp(
      "Every failed execution of a cluster that `failures` lists.",
      valueName: "id"
    )
  )
  var cluster: String?
}

extension SelectionOptions {
  var isEmpty: Bool { executions.isEmpty && !selectsByQuery }

  /// Whether executions are found by what they are, not by their ids.
  var selectsByQuery: Bool {
    all || failed || status != nil || flow != nil || since != nil || until != nil || trigger != nil
      || startedBy != nil || over != nil || cluster != nil
  }

  /// Checks that executions are named or asked for.
  func requireSome() throws {
    guard isEmpty else { return }
    throw ValidationError(
      "Name executions, or give --all, --failed, --cluster, --flow, --since or the like."
    )
  }

  /// Checks that executions are not both named and asked for.
  func validate() throws {
    guard executions.isEmpty || !selectsByQuery else {
      throw ValidationError("Name executions, or ask for them by --failed and such, not both.")
    }
    guard !failed || status == nil || status == .failed else {
      throw ValidationError("Give --failed or --status, not both.")
    }
  }

  /// The root executions in the order in which they started; nobody's values are known of observed
  /// ones, so these must be named.
  ///
  /// - Throws: `Failure` where one that is named, or the cluster, is not there; `FlowRegistryError`;
  ///   what is wrong with the filter.
  func roots(in log: EventLog, observed: Bool = false) throws -> [HistoryEntry] {
    guard executions.isEmpty else { return try named(in: log) }
    let triggers = try over.map { try TriggerSelection(SelectionOptions.search($0), in: log) }
    let members = try cluster.map { try SelectionOptions.members(of: $0, in: log) }
    let entries = try HistoryView(log).entries(try query(in: log)).filter {
      ($0.mode == .observed) == observed
    }
    return try entries.reversed().filter { (entry: HistoryEntry) -> Bool in
      if let members, !members.contains(entry.execution) { return false }
      guard let triggers else { return true }
      return try entry.trigger.map { try triggers.contains($0.position) } ?? false
    }
  }

  private static func search(_ filter: String) throws -> SearchQuery {
    var query = SearchQuery()
    query.filter = try Filter(filter)
    return query
  }

  private func named(in log: EventLog) throws -> [HistoryEntry] {
    let history = HistoryView(log)
    return try executions.map { id in
      guard let entry = try history.execution(named: id),
        let root = entry.parent == nil ? entry : try history.execution(entry.root)
      else { throw Failure("there is no execution \(id). `auditcli history` lists them.") }
      return root
    }
  }

  private func query(in log: EventLog) throws -> HistoryQuery {
    var query = HistoryQuery()
    query.status = failed ? .failed : status
    query.since = since?.milliseconds
    query.until = until?.milliseconds
    query.actor = startedBy.map { Text($0) }
    if let trigger, let position = UInt64(trigger) {
      query.trigger = Position(position)
    } else {
      query.triggerID = trigger.map { Text($0) }
    }
    if let flow { try NamedFlows(log).limit(&query, to: flow) }
    return query
  }

  private static func members(of name: String, in log: EventLog) throws -> Set<Text> {
    guard let found = try Failures(log).cluster(named: name) else {
      throw Failure("there is no cluster \(name). `auditcli failures` lists them.")
    }
    return Set(found.executions)
  }
}
