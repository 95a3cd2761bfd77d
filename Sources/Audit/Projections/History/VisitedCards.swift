public import EventStore
public import Replay
internal import Synchronization
internal import Values

/// Which cards executions came to, as the history tells without their recordings being read.
///
/// It serves any thread. Executions that went the same way share a list, which is read once.
public final class VisitedCards: Sendable {
  private let log: EventLog
  private let lists = Mutex<[Text: Set<Text>]>([:])

  /// So many lists are kept at a time.
  private static let listLimit = 4096

  /// Makes a reader.
  public init(_ log: EventLog) {
    self.log = log
  }

  /// The outline of an execution whose recording was whole when it ended, nil where it was not or the
  /// program that ran it did not tell; then ``Replay/RecordingOutlineReader`` has to read it.
  ///
  /// - Throws: `EventLogError.projectionsDiffer` where the log has no history.
  public func outline(of entry: HistoryEntry) throws -> RecordingOutline? {
    guard let hash = entry.hash, let engine = entry.engine, let name = entry.visits,
      let cards = try cards(named: name)
    else { return nil }
    return RecordingOutline(
      execution: entry.execution,
      hash: hash,
      engine: engine,
      cards: cards,
      isWhole: true
    )
  }

  private func cards(named name: Text) throws -> Set<Text>? {
    if let known = lists.withLock({ $0[name] }) { return known }
    let found = try log.view(HistoryProjection()) { try VisitedCardList.cards(named: name, in: $0) }
    guard let found else { return nil }
    lists.withLock { lists in
      if lists.count >= Self.listLimit { lists.removeAll(keepingCapacity: true) }
      lists[name] = found
    }
    return found
  }
}
