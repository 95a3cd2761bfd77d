import TestSupport
import Testing

@testable import EventStore

@Suite struct VerificationTests {
  /// Damage done to a store of 300 events behind its back, and what must be found.
  struct Damage: Sendable, CustomTestStringConvertible {
    let name: String
    let kinds: Set<Problem.Kind>
    let plant: @Sendable (EventLog, borrowing WriteTransaction) throws -> Void
    var testDescription: String { name }

    init(
      _ name: String,
      _ kinds: Set<Problem.Kind>,
      _ plant: @escaping @Sendable (EventLog, borrowing WriteTransaction) throws -> Void
    ) {
      self.name = name
      self.kinds = kinds
      self.plant = plant
    }
  }

  /// Changes the value of one row.
  static func change(
    _ table: Table,
    _ key: [UInt8],
    _ transaction: borrowing WriteTransaction,
    _ body: (inout [UInt8]) -> Void
  ) throws {
    var value = try transaction.value(table, key) ?? []
    body(&value)
    try transaction.put(table, key, value)
  }

  static func firstKey(
    _ table: Table,
    _ transaction: borrowing WriteTransaction
  ) throws -> [UInt8] {
    let cursor = try Cursor(table, transaction)
    return try cursor.first().map { Array($0.key) } ?? []
  }

  static func firstKey(
    _ table: Table,
    _ transaction: borrowing WriteTransaction,
    beginning stem: [UInt8]
  ) throws -> [UInt8] {
    let cursor = try Cursor(table, transaction)
    return try cursor.seek(to: stem).map { Array($0.key) } ?? []
  }

  @Test(arguments: [
    Damage("an altered byte of compressed data", [.unreadableEvent]) { log, transaction in
      try change(log.tables.events, Keys.event(0), transaction) { $0[$0.count - 1] ^= 1 }
    },
    Damage("an altered data byte, everything else made good", [.alteredEvent]) {
      log,
      transaction in
      try rewrite(log, 7, transaction) { _, data in data[data.count - 2] ^= 1 }
    },
    Damage("swapped blocks", [.alteredEvent, .alteredTree]) { log, transaction in
      let first = try transaction.value(log.tables.events, Keys.event(0)) ?? []
      let second = try transaction.value(log.tables.events, Keys.event(50)) ?? []
      try transaction.put(log.tables.events, Keys.event(0), second)
      try transaction.put(log.tables.events, Keys.event(50), first)
    },
    Damage("a deleted row", [.unreadableEvent]) { log, transaction in
      let second = try EventRow.nextBlock(after: 0, log.tables.events, transaction)
      try transaction.remove(log.tables.events, Keys.event(try #require(second)))
    },
    Damage("a changed header", [.unreadableEvent]) { log, transaction in
      try change(log.tables.events, Keys.event(0), transaction) { $0[9] ^= 1 }
    },
    Damage("a changed claimed time, its check made good", [.wrongIndex]) { log, transaction in
      try rewrite(log, 7, transaction) { header, _ in header.timestamp = 5 }
    },
    Damage("a changed recorded time, its check made good", [.alteredEvent]) { log, transaction in
      try rewrite(log, 7, transaction, later: 1) { _, _ in }
    },
    Damage("a changed link, its check made good", [.alteredEvent, .brokenLink]) {
      log,
      transaction in
      try rewrite(log, 5, transaction) { header, _ in header.cause = 250 }
    },
    Damage("a truncated tail", [.unreadableEvent, .alteredTree]) { log, transaction in
      let last = try EventRow.nextBlock(after: 249, log.tables.events, transaction)
      try transaction.remove(log.tables.events, Keys.event(try #require(last)))
    },
    Damage("a shorter head", [.alteredTree, .wrongIndex]) { log, transaction in
      var head = LogHead(span: 64)
      head.recordedTime = try LogHead.read(log.tables, transaction).recordedTime
      head.range = CompactRange(size: 256, hashes: Hash.emptyRoot) ?? CompactRange()
      try transaction.put(log.tables.meta, LogHead.key, head.encoded())
    },
    Damage("an older head", [.alteredTree, .wrongIndex]) { log, transaction in
      var head = LogHead(span: 64)
      try log.read(Position(0)..<Position(250)) { event in
        head.range.append(leaf: try log.leafHash(at: event.position) ?? [])
        head.recordedTime = event.recordedTime
        return true
      }
      try transaction.put(log.tables.meta, LogHead.key, head.encoded())
    },
    Damage("an altered node over the leaves", [.alteredTree]) { log, transaction in
      try change(log.tables.tree, Keys.node(level: 4, index: 3), transaction) { $0[3] ^= 1 }
    },
    Damage("an altered node", [.alteredTree]) { log, transaction in
      try change(log.tables.tree, Keys.node(level: 8, index: 0), transaction) { $0[3] ^= 1 }
    },
    Damage("an altered segment row", [.wrongIndex]) { log, transaction in
      let key = try firstKey(log.tables.segments, transaction)
      try change(log.tables.segments, key, transaction) { $0[$0.count - 1] ^= 1 }
    },
    Damage("a deleted segment row", [.wrongIndex]) { log, transaction in
      try transaction.remove(
        log.tables.segments,
        try firstKey(log.tables.segments, transaction)
      )
    },
    Damage("altered times", [.wrongIndex]) { log, transaction in
      let key = try firstKey(log.tables.times, transaction)
      try change(log.tables.times, key, transaction) { $0[0] ^= 1 }
    },
    Damage("an altered stream", [.wrongIndex]) { log, transaction in
      let key = try firstKey(log.tables.streams, transaction)
      try change(log.tables.streams, key, transaction) { $0[1] ^= 1 }
    },
    Damage("a deleted id", [.wrongIndex]) { log, transaction in
      try transaction.remove(log.tables.ids, try firstKey(log.tables.ids, transaction))
    },
    Damage("an id that leads elsewhere", [.wrongIndex]) { log, transaction in
      let key = try firstKey(log.tables.ids, transaction)
      try change(log.tables.ids, key, transaction) { $0[0] ^= 1 }
    },
    Damage("an altered term", [.wrongIndex]) { log, transaction in
      let key = try firstKey(log.tables.terms, transaction, beginning: [1])
      let row = try transaction.value(log.tables.terms, key) ?? []
      try transaction.remove(log.tables.terms, key)
      try transaction.put(log.tables.terms, key.dropLast() + [0], row)
    },
    Damage("a term with another's number", [.wrongIndex]) { log, transaction in
      let key = try firstKey(log.tables.terms, transaction, beginning: [1])
      let number = try TermNumbers.number(key, log.tables.terms, transaction) ?? 0
      try transaction.put(log.tables.terms, key, TermNumbers.row(key, number > 1 ? number - 1 : 2))
    },
    Damage("an altered name of a type", [.wrongIndex, .alteredEvent]) { log, transaction in
      let key = Keys.typeName(1)
      try change(log.tables.terms, key, transaction) { $0[0] ^= 1 }
    },
    Damage("a number that would be given out again", [.wrongIndex]) { log, transaction in
      try transaction.put(log.tables.terms, Keys.termCounter, Keys.ordered(UInt32(2)))
    },
    Damage("an altered value", [.unreadableValue]) { log, transaction in
      let key = try firstKey(log.tables.values, transaction)
      try change(log.tables.values, key, transaction) { $0[$0.count - 1] ^= 1 }
    },
    Damage("an altered view", [.wrongView]) { log, transaction in
      let table = try #require(log.viewTables["projection.counts.0"])
      let key = try firstKey(table, transaction)
      try change(table, key, transaction) { $0[0] ^= 1 }
    },
    Damage("a row too many in a view", [.wrongView]) { log, transaction in
      let table = try #require(log.viewTables["projection.counts.0"])
      try transaction.put(table, [255], [1])
    },
    Damage("a view that is called degraded", [.wrongView]) { log, transaction in
      var states = try Projector.states(log.tables.meta, transaction)
      states[0].failure = ProjectionState.Failure(position: 3, reason: "none")
      try transaction.put(log.tables.meta, Projector.key, ProjectionState.encode(states))
    },
  ])
  func `verify finds`(_ damage: Damage) throws {
    try Self.check(damage)
  }

  /// The ids of the first 200 events stand in their places, those of the last two commits in two rows.
  static func check(_ damage: Damage) throws {
    try withTemporaryFolder { folder throws in
      let log = try EventLog(
        at: folder + "/store",
        options: deterministicOptions(
          projections: [CountingProjection()],
          segmentSpan: 64,
          recentIdentities: 170
        )
      )
      for start in stride(from: 0, to: 300, by: 50) {
        try log.append(
          AppendBatch(
            (start..<start + 50).map { NumberedEvent.draft($0) },
            values: [NumberedEvent.value(start)]
          )
        )
      }
      #expect(try log.verify(.deep).problems == [])
      try log.environment.write { try damage.plant(log, $0) }
      let found = try log.verify(.deep)
      #expect(damage.kinds.isSubset(of: Set(found.problems.map(\.kind))))
      let plain = try log.verify(.plain)
      let deepOnly: Set<Problem.Kind> = [.wrongIndex, .wrongView, .unreadableValue, .alteredFile]
      #expect(plain.problems.isEmpty == damage.kinds.isSubset(of: deepOnly))
    }
  }

  /// Rewrites a block as one who knows the format would.
  static func rewrite(
    _ log: EventLog,
    _ position: UInt64,
    _ transaction: borrowing WriteTransaction,
    later: Int64 = 0,
    _ change: (inout EventHeader, inout [UInt8]) -> Void
  ) throws {
    let block = try EventRow.block(with: position, log.tables.events, transaction)
    let decompressor = try Decompressor()
    var headers: [EventHeader] = []
    var payload: [UInt8] = []
    for place in block.range {
      let stored = StoredEvent(place, in: block, decompressor, log.dictionaries)
      var header = stored.header
      var plain = Array(try stored.plain())
      header.seals = block.seals(Int(place - block.first))
      if place == position { change(&header, &plain) }
      headers.append(header)
      payload += plain
    }
    var frame = EventBlock.Frame()
    frame.flags = [.stored, .sealedApart]
    frame.recordedTime = headers[0].recordedTime + later
    var writer = ByteWriter()
    EventBlock.encode(frame, headers, first: block.first, payload, into: &writer)
    let key = Keys.event(block.first)
    try ChunkedRows.put(log.tables.events, key, writer.bytes, appending: false, transaction)
  }

  @Test func `an intact log verifies while another thread appends`() throws {
    try withTemporaryLog(projections: [CountingProjection()], segmentSpan: 64) { log throws in
      try log.appendNumbered(0..<500)
      let threads = Threads(1) { _ in
        for start in stride(from: 500, to: 900, by: 10) {
          try? log.appendNumbered(start..<start + 10)
        }
      }
      for depth in [Verification.Depth.plain, .deep, .plain, .deep] {
        #expect(try log.verify(depth).problems == [])
      }
      threads.join()
    }
  }
}
