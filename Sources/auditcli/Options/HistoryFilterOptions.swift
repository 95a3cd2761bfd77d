internal import ArgumentParser
internal import Audit
internal import EventStore
internal import Replay
internal import Values

/// Which recorded executions are meant, by what they are.
struct HistoryFilterOptions: ParsableArguments {
  @Flag(help: "Every execution that failed.")
  var failed = false

  @Option(help: ArgumentHelp("Every execution that stands so.", valueName: "status"))
  var status: HistoryStatus?

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

extension HistoryFilterOptions {
  /// Whether all are meant.
  var isEmpty: Bool { concernsEvents && over == nil && since == nil && until == nil }

  /// Whether nothing but events is asked about: by what, and when, executions were started.
  var concernsEvents: Bool {
    !failed && status == nil && trigger == nil && startedBy == nil && cluster == nil
  }

  func validate() throws {
    guard !failed || status == nil || status == .failed else {
      throw ValidationError("Give --failed or --status, not both.")
    }
  }

  /// The root executions of a query that are meant.
  ///
  /// - Parameters:
  ///   - base: The query.
  ///   - triggers: What ``triggers(in:)`` chose.
  ///   - log: The log.
  /// - Returns: The executions, the last one first.
  /// - Throws: `Failure` where the cluster is not there; what reading the log throws.
  func entries(
    _ base: HistoryQuery,
    startedBy triggers: TriggerSelection?,
    in log: EventLog
  ) throws -> [HistoryEntry] {
    let members = try cluster.map { try Self.members(of: $0, in: log) }
    return try HistoryView(log).entries(limited(base)).filter { entry in
      if let members, !members.contains(entry.execution) { return false }
      guard let triggers else { return true }
      return try entry.trigger.map { try triggers.contains($0.position) } ?? false
    }
  }

  /// The triggers that are meant, nil for all.
  ///
  /// - Throws: What is wrong with the filter; what reading the log throws.
  func triggers(in log: EventLog) throws -> TriggerSelection? {
    guard let over else { return nil }
    var query = SearchQuery()
    query.filter = try Filter(over)
    return try TriggerSelection(query, in: log)
  }

  /// The times that are meant, in milliseconds since 1970.
  var times: Range<Int64> {
    let start = since?.milliseconds ?? .min
    return start..<max(start, until?.milliseconds ?? .max)
  }

  /// The options as they are written, for a report.
  var words: String {
    let values: [(String, String?)] = [
      ("--status", failed ? HistoryStatus.failed.rawValue : status?.rawValue),
      ("--since", since.map { TimeText.of($0.milliseconds) }),
      ("--until", until.map { TimeText.of($0.milliseconds) }), ("--trigger", trigger),
      ("--started-by", startedBy), ("--over", over), ("--cluster", cluster),
    ]
    return values.compactMap { name, value in value.map { "\(name) \($0)" } }
      .joined(separator: " ")
  }

  private func limited(_ base: HistoryQuery) -> HistoryQuery {
    var query = base
    query.status = failed ? .failed : status
    query.since = since?.milliseconds
    query.until = until?.milliseconds
    query.actor = startedBy.map { Text($0) }
    if let trigger, let position = UInt64(trigger) {
      query.trigger = Position(position)
    } else {
      query.triggerID = trigger.map { Text($0) }
    }
    return query
  }

  private static func members(of name: String, in log: EventLog) throws -> Set<Text> {
    guard let found = try Failures(log).cluster(named: name) else {
      throw Failure("there is no cluster \(name). `auditcli failures` lists them.")
    }
    return Set(found.executions)
  }
}
