public import ArgumentParser
public import Audit
internal import EventStore
public import Replay
internal import Values

/// Which executions of the history a command is about.
struct HistoryOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp("Only of this flow: name, name@version, id or hash.", valueName: "f")
  )
  var flow: String?

  @Option(help: ArgumentHelp("Only those that stand so.", valueName: "status"))
  var status: HistoryStatus?

  @Option(help: ArgumentHelp("Only those that ran so.", valueName: "mode"))
  var mode: ExecutionMode?

  @Flag(
    name: .customLong("in-doubt"),
    help: "Only those with a request of which nobody knows whether it was done."
  )
  var inDoubt = false

  @OptionGroup var time: TimeRangeOptions

  @Option(
    help: ArgumentHelp(
      "Only those that this event, by position or id, started.",
      valueName: "event"
    )
  )
  var trigger: String?
}

extension HistoryOptions {
  /// The question these options ask.
  ///
  /// - Throws: `FlowRegistryError` where the log knows no such flow.
  func query(in log: EventLog) throws -> HistoryQuery {
    var query = HistoryQuery()
    query.status = status
    query.mode = mode
    query.isInDoubt = inDoubt
    query.since = time.since?.milliseconds
    query.until = time.until?.milliseconds
    if let trigger, let position = UInt64(trigger) {
      query.trigger = Position(position)
    } else {
      query.triggerID = trigger.map { Text($0) }
    }
    if let flow { try limit(&query, to: flow, in: log) }
    return query
  }

  /// Checks that the event that is to have started executions is there.
  ///
  /// - Throws: `EventLookupError` where the log has no such event.
  func checkTrigger(in log: EventLog) throws {
    if let trigger { _ = try EventLookup(log).event(trigger) }
  }

  /// Limits a query to a flow; Okta tells of executions of flows that were never added, too.
  private func limit(_ query: inout HistoryQuery, to flow: String, in log: EventLog) throws {
    do {
      try NamedFlows(log).limit(&query, to: flow)
    } catch let error as FlowRegistryError {
      guard case .unknown = error else { throw error }
      var told = HistoryQuery()
      told.flow = Text(flow)
      told.depth = .all
      told.limit = 1
      guard try !HistoryView(log).entries(told).isEmpty else { throw error }
      query.flow = told.flow
    }
  }
}

// The command line reads both by their names.
extension HistoryStatus: ExpressibleByArgument {}
extension ExecutionMode: ExpressibleByArgument {}
