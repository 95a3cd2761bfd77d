public import EventStore
internal import Flows
internal import Replay
internal import Values

/// Finds the failed executions of a log that nobody has repaired, in clusters.
///
/// A run that repairs a failed execution and fails itself is no failure of its own: the execution that it was to repair
/// stands in the cluster of what the last repair met.
public struct Failures {
  private let log: EventLog

  /// An execution that failed, and the repair that failed last, which may be itself.
  private struct Failure {
    let entry: HistoryEntry
    let latest: HistoryEntry
  }

  /// Looks into a log.
  public init(_ log: EventLog) {
    self.log = log
  }

  /// The clusters of the failed roots that a query asks for, the largest first, then the latest.
  ///
  /// - Throws: What reading the log throws.
  /// - Complexity: O(*n*) in the number of executions.
  public func clusters(_ query: HistoryQuery = HistoryQuery()) throws -> [FailureCluster] {
    let groups = Dictionary(grouping: try unresolved(query)) { FailureCluster.Key($0.latest) }
    return try groups.map { try cluster($0.key, $0.value) }.sorted {
      ($1.count, $1.last, $0.id) < ($0.count, $0.last, $1.id)
    }
  }

  /// The cluster of an id, or of the only one that begins with at least four given characters, its prefix aside; nil
  /// where no failed execution is in it.
  ///
  /// - Throws: `AmbiguousID` where several begin so.
  public func cluster(named word: String) throws -> FailureCluster? {
    let all = try clusters()
    if let exact = all.first(where: { $0.id == Text(word) }) { return exact }
    let name = word.hasPrefix("fc-") ? word : "fc-" + word
    let id = try UniquePrefix.id(name) { beginning in
      all.map(\.id).filter { $0.hasPrefix(beginning) }
    }
    return id.flatMap { id in all.first { $0.id == id } }
  }

  private func unresolved(_ query: HistoryQuery) throws -> [Failure] {
    var failed = HistoryQuery()
    failed.status = .failed
    let entries = try HistoryView(log).entries(failed)
    var repairs: [Text: HistoryEntry] = [:]
    // The latest come first.
    for entry in entries {
      if let repaired = entry.repairs, repairs[repaired] == nil { repairs[repaired] = entry }
    }
    return entries.reversed().compactMap { entry in
      guard entry.repairs == nil, entry.resolvedBy == nil, query.matches(entry) else { return nil }
      return Failure(entry: entry, latest: repairs[entry.execution] ?? entry)
    }
  }

  private func cluster(
    _ key: FailureCluster.Key,
    _ members: [Failure]
  ) throws -> FailureCluster {
    let entries = members.map(\.entry)
    let times = entries.map(\.started)
    let exemplar = members.map(\.latest).max { $0.position < $1.position }
    let latest = members.map(\.latest)
    return FailureCluster(
      key: key,
      id: key.id,
      flow: exemplar?.flowName ?? key.flow,
      versions: Set(latest.compactMap(\.version)).sorted(),
      card: try exemplar.flatMap { try cardName(key.step, $0.hash) },
      executions: entries.map(\.execution),
      first: times.min() ?? 0,
      last: times.max() ?? 0,
      exemplar: exemplar?.execution ?? .empty
    )
  }

  /// The name of the card at the end of a path in a version, else its id; nil where the path is empty.
  private func cardName(_ step: Text, _ hash: Text?) throws -> Text? {
    guard !step.isEmpty else { return nil }
    let id = step.cardOfStep
    let registry = FlowRegistry(log)
    guard let hash, let flow = try registry.version(hash: hash) else { return id }
    let program = Program(try registry.closure(of: flow))
    return program.cards.first { $0.uuid == id }?.name ?? id
  }
}
