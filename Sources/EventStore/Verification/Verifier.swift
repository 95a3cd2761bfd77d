/// Walks a log and collects what does not hold.
struct Verifier {
  let log: EventLog
  let head: LogHead
  private(set) var result: Verification
  private static let problemLimit = 1000

  init(log: EventLog) throws {
    self.log = log
    head = try log.environment.read { try LogHead.read(log.tables.meta, $0) }
    result = Verification(events: 0, root: Hash.emptyRoot, problems: [])
  }

  mutating func report(_ problem: Problem) {
    if result.problems.count < Self.problemLimit { result.problems.append(problem) }
  }
}

extension Verifier {
  /// Re-derives every leaf and the tree; checks every link.
  mutating func verifyEvents(_ progress: (EventLog.Progress) -> Void) throws {
    var range = CompactRange()
    var position: UInt64 = 0
    var lastRecorded = Int64.min
    while position < head.size {
      let slice = position..<min(position + EventLog.sliceLength, head.size)
      try log.environment.read { transaction in
        try log.refreshDictionaries(transaction)
        let decompressor = try Decompressor()
        for position in slice {
          let leaf = try verify(position, &lastRecorded, decompressor, transaction)
          try range.append(leaf: leaf) { node throws in
            try verify(node, transaction)
          }
        }
      }
      position = slice.upperBound
      progress(EventLog.Progress(done: position, total: head.size))
    }
    if range != head.range {
      report(Problem(.alteredTree, "the tree over the leaves is not the one of the head"))
    }
    result.events = head.size
    result.root = range.root
  }

  private mutating func verify(
    _ position: UInt64, _ lastRecorded: inout Int64, _ decompressor: Decompressor,
    _ transaction: borrowing ReadTransaction
  ) throws -> [UInt8] {
    do {
      return try EventRow.withStored(
        position, log.tables.events, transaction, decompressor, log.dictionaries
      ) { stored in
        if stored.header.recordedTime < lastRecorded {
          report(Problem(.alteredEvent, at: position, "it was recorded before the event before it"))
        }
        lastRecorded = stored.header.recordedTime
        verifyLinks(stored)
        guard !stored.header.flags.contains(.redacted) else { return stored.header.leaf }
        let leaf = try derivedLeaf(stored, transaction)
        if leaf != stored.header.leaf {
          report(Problem(.alteredEvent, at: position, "its bytes do not give its leaf"))
        }
        return leaf
      }
    } catch let error as LMDBError {
      throw error
    } catch {
      report(Problem(.unreadableEvent, at: position, "\(error)"))
      return Hash.emptyRoot
    }
  }

  private mutating func verifyLinks(_ stored: StoredEvent) {
    let header = stored.header
    for link in [header.cause, header.conflict]
    where link != LeafCommitment.noLink && link >= stored.position {
      report(Problem(.brokenLink, at: stored.position, "it names position \(link) as earlier"))
    }
  }

  private func derivedLeaf(
    _ stored: StoredEvent, _ transaction: borrowing ReadTransaction
  ) throws -> [UInt8] {
    let header = stored.header
    let plain = try stored.plain()
    let length = Int(header.attributesLength)
    let attributes = UnsafeRawBufferPointer(rebasing: plain[..<length])
    let data = UnsafeRawBufferPointer(rebasing: plain[length...])
    return LeafCommitment(
      type: try log.typeName(header.type, transaction), recordedTime: header.recordedTime,
      attributes: try LeafCommitment.attributes(
        salt: header.attributesSalt, encoded: attributes, version: header.version),
      data: Hash.commitment(salt: header.dataSalt, data), cause: header.cause,
      conflict: header.conflict
    ).leafHash()
  }

  private mutating func verify(
    _ node: CompactRange.Completed, _ transaction: borrowing ReadTransaction
  ) throws {
    guard node.level.isMultiple(of: 8) else { return }
    let stored = try transaction.value(
      log.tables.tree, Keys.node(level: node.level, index: node.index))
    if stored != node.hash {
      report(Problem(.alteredTree, "node \(node.index) of level \(node.level) is not its leaves'"))
    }
  }
}
