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

  @Option(help: ArgumentHelp("Every execution of this flow or version.", valueName: "f"))
  var flow: String?

  @OptionGroup var filters: HistoryFilterOptions
}

extension SelectionOptions {
  var isEmpty: Bool { executions.isEmpty && !selectsByQuery }

  /// Whether executions are found by what they are, not by their ids.
  var selectsByQuery: Bool { all || flow != nil || !filters.isEmpty }

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
  }

  /// The root executions in the order in which they started; nobody's values are known of observed
  /// ones, so these must be named.
  ///
  /// - Throws: `Failure` where one that is named, or the cluster, is not there; `FlowRegistryError`;
  ///   what is wrong with the filter.
  func roots(in log: EventLog, observed: Bool = false) throws -> [HistoryEntry] {
    guard executions.isEmpty else { return try named(in: log) }
    var query = HistoryQuery()
    if let flow { try NamedFlows(log).limit(&query, to: flow) }
    let triggers = try filters.triggers(in: log)
    return try filters.entries(query, startedBy: triggers, in: log).reversed().filter {
      ($0.mode == .observed) == observed
    }
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
}
