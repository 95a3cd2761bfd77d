/// The leaves of a run of events, derived from their bytes; runs may be derived on several threads.
struct LeafRun: Sendable {
  let log: EventLog
  let range: Range<UInt64>
  private(set) var leaves: [[UInt8]] = []
  private(set) var problems: [Problem] = []
  private(set) var firstRecorded: Int64?
  private(set) var lastRecorded: Int64?
  private var types: [UInt32: [UInt8]] = [:]

  init(log: EventLog, range: Range<UInt64>) {
    self.log = log
    self.range = range
    leaves.reserveCapacity(range.count)
  }
}

extension LeafRun {
  /// Derives every leaf; an event that does not decode gets one that no event has.
  mutating func derive(
    _ decompressor: Decompressor,
    _ transaction: borrowing ReadTransaction
  ) throws {
    try log.refreshDictionaries(transaction)
    while leaves.count < range.count {
      let next = range.lowerBound + UInt64(leaves.count)
      do {
        try EventRow.forEach(
          in: next..<range.upperBound,
          log.tables.events,
          transaction,
          decompressor,
          log.dictionaries
        ) { stored in
          leaves.append(try verified(stored, transaction))
          return true
        }
      } catch let error as LMDBError {
        throw error
      } catch {
        try passOver(range.lowerBound + UInt64(leaves.count), error, transaction)
      }
    }
  }

  /// Goes on where the next block begins; the events up to there cannot be read.
  private mutating func passOver(
    _ failed: UInt64,
    _ error: any Error,
    _ transaction: borrowing ReadTransaction
  ) throws {
    problems.append(Problem(.unreadableEvent, at: failed, "\(error)"))
    let next = try EventRow.nextBlock(after: failed, log.tables.events, transaction)
    let end = min(next ?? range.upperBound, range.upperBound)
    for _ in failed..<end { leaves.append(Hash.emptyRoot) }
  }

  /// The event's leaf, as its bytes give it.
  private mutating func verified(
    _ stored: StoredEvent,
    _ transaction: borrowing ReadTransaction
  ) throws -> [UInt8] {
    let header = stored.header
    func report(_ kind: Problem.Kind, _ detail: String) {
      problems.append(Problem(kind, at: stored.position, detail))
    }
    if let last = lastRecorded, header.recordedTime < last {
      report(.alteredEvent, "it was recorded before the event before it")
    }
    firstRecorded = firstRecorded ?? header.recordedTime
    lastRecorded = header.recordedTime
    for link in [header.cause, header.conflict]
    where link != LeafCommitment.noLink && link >= stored.position {
      report(.brokenLink, "it names position \(link) as earlier")
    }
    let type = try types[header.type] ?? log.typeName(header.type, transaction)
    types[header.type] = type
    return try stored.leaf(type: type)
  }
}
