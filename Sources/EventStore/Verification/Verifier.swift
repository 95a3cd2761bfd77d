/// Walks a log and collects what does not hold.
struct Verifier {
  let log: EventLog
  let head: LogHead
  private(set) var result: Verification
  private var range = CompactRange()
  private var lastRecorded = Int64.min
  private var types: [UInt32: [UInt8]] = [:]
  private static let problemLimit = 1000

  init(log: EventLog, head: LogHead) {
    self.log = log
    self.head = head
    result = Verification(events: 0, root: Hash.emptyRoot, problems: [])
  }

  mutating func report(_ problem: Problem) {
    if result.problems.count < Self.problemLimit { result.problems.append(problem) }
  }
}

extension Verifier {
  /// Re-derives leaves, tree and links of a slice; slices come in order, from 0.
  mutating func verifyEvents(
    in slice: Range<UInt64>,
    _ decompressor: Decompressor,
    _ transaction: borrowing ReadTransaction
  ) throws {
    try log.refreshDictionaries(transaction)
    var next = slice.lowerBound
    while next < slice.upperBound {
      do {
        try EventRow.forEach(
          in: next..<slice.upperBound,
          log.tables.events,
          transaction,
          decompressor,
          log.dictionaries
        ) { stored in
          try take(leaf: verified(stored, transaction), transaction)
          next += 1
          return true
        }
      } catch let error as LMDBError {
        throw error
      } catch {
        report(Problem(.unreadableEvent, at: next, "\(error)"))
        try take(leaf: Hash.emptyRoot, transaction)
        next += 1
      }
    }
  }

  /// Compares the tree with the head's when all slices are done.
  mutating func finishEvents() {
    if range != head.range {
      report(Problem(.alteredTree, "the tree over the leaves is not the one of the head"))
    }
    if head.size > 0, lastRecorded != head.recordedTime {
      report(Problem(.alteredTree, "the head's time is not that of the last event"))
    }
    result.events = head.size
    result.root = range.root
  }

  /// Adds the next leaf and compares the nodes it completes with those that are kept.
  private mutating func take(
    leaf: [UInt8],
    _ transaction: borrowing ReadTransaction
  ) throws {
    var completed: [CompactRange.Completed] = []
    range.append(leaf: leaf) { if $0.level.isMultiple(of: 8) { completed.append($0) } }
    for node in completed {
      let key = Keys.node(level: node.level, index: node.index)
      guard try transaction.value(log.tables.tree, key) != node.hash else { continue }
      report(Problem(.alteredTree, "node \(node.index) of level \(node.level) is not its leaves'"))
    }
  }

  /// The event's leaf, as its bytes give it.
  private mutating func verified(
    _ stored: StoredEvent,
    _ transaction: borrowing ReadTransaction
  ) throws -> [UInt8] {
    let header = stored.header
    if header.recordedTime < lastRecorded {
      report(
        Problem(.alteredEvent, at: stored.position, "it was recorded before the event before it")
      )
    }
    lastRecorded = header.recordedTime
    for link in [header.cause, header.conflict]
    where link != LeafCommitment.noLink && link >= stored.position {
      report(Problem(.brokenLink, at: stored.position, "it names position \(link) as earlier"))
    }
    let type = try types[header.type] ?? log.typeName(header.type, transaction)
    types[header.type] = type
    let leaf = try stored.derivedLeaf(type: type)
    if leaf != header.leaf {
      report(Problem(.alteredEvent, at: stored.position, "its bytes do not give its leaf"))
    }
    return leaf
  }
}
