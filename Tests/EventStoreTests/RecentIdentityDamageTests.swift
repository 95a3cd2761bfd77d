import TestSupport
import Testing

@testable import EventStore

/// What `verify --deep` says of ids that are not yet in their places.
@Suite struct RecentIdentityDamageTests {
  private typealias Damage = VerificationTests.Damage

  /// Damages the two rows, which hold the ids of the events from 200 and from 250 on.
  private static func damage(
    _ name: String,
    _ change:
      @escaping @Sendable (EventLog, Table, borrowing WriteTransaction) throws -> Void
  ) -> VerificationTests.Damage {
    Damage(name, [.wrongIndex]) { log, transaction in
      let recent = try #require(log.tables.recent)
      #expect(try transaction.count(recent) == 2)
      try change(log, recent, transaction)
    }
  }

  private static let first = Keys.recent(200)
  private static let second = Keys.recent(250)

  private static let damages = [
    damage("a deleted row") { _, recent, transaction in
      try transaction.remove(recent, first)
    },
    damage("a deleted last row") { _, recent, transaction in
      try transaction.remove(recent, second)
    },
    damage("all rows deleted") { _, recent, transaction in
      try transaction.empty(recent)
    },
    damage("an altered hash") { _, recent, transaction in
      try VerificationTests.change(recent, first, transaction) { $0[7] ^= 1 }
    },
    damage("an altered bucket") { _, recent, transaction in
      try VerificationTests.change(recent, first, transaction) { $0[0] ^= 1 }
    },
    damage("an id that leads to another's event") { _, recent, transaction in
      try VerificationTests.change(recent, first, transaction) { $0[8] ^= 1 }
    },
    damage("an id that leads behind the log's end") { _, recent, transaction in
      try VerificationTests.change(recent, second, transaction) { $0[8] = 127 }
    },
    damage("a row without its last id") { _, recent, transaction in
      try VerificationTests.change(recent, first, transaction) { $0.removeLast(9) }
    },
    damage("a cut row") { _, recent, transaction in
      try VerificationTests.change(recent, first, transaction) { $0.removeLast() }
    },
    damage("an empty row") { _, recent, transaction in
      try transaction.put(recent, Keys.recent(300), [])
    },
    damage("a row twice") { _, recent, transaction in
      let row = try transaction.value(recent, first) ?? []
      try transaction.put(recent, Keys.recent(300), row)
    },
    damage("rows in each other's place") { _, recent, transaction in
      let rows = try [first, second].map { try transaction.value(recent, $0) ?? [] }
      try transaction.put(recent, first, rows[1])
      try transaction.put(recent, second, rows[0])
    },
    damage("a row under the position before its own") { _, recent, transaction in
      var row = try transaction.value(recent, first) ?? []
      for index in stride(from: 8, to: row.count, by: 9) { row[index] += 1 }
      try transaction.remove(recent, first)
      try transaction.put(recent, Keys.recent(199), row)
    },
    damage("a longer key") { _, recent, transaction in
      let row = try transaction.value(recent, second) ?? []
      try transaction.remove(recent, second)
      try transaction.put(recent, second + [0], row)
    },
    damage("the greatest position") { _, recent, transaction in
      let row = try transaction.value(recent, second) ?? []
      try transaction.put(recent, Keys.recent(.max), Array(row.prefix(8)) + [0])
    },
    damage("an id that is in its place as well") { log, recent, transaction in
      var places = try IdentityRows(log.tables.ids, transaction)
      try places.insert([try item(of: 200, log)])
    },
    damage("ids in their places before those of an earlier commit") { log, recent, transaction in
      var places = try IdentityRows(log.tables.ids, transaction)
      try places.insert(try (250..<300).map { try item(of: $0, log) }.sorted(by: <))
      try transaction.remove(recent, second)
    },
  ]

  private static func item(of number: Int, _ log: EventLog) throws -> IdentityRows.Item {
    let draft = NumberedEvent.draft(number)
    return (IdentityKey(draft.source, draft.id, secret: log.secret), UInt64(number))
  }

  @Test(arguments: damages)
  func `verify finds`(_ damage: VerificationTests.Damage) throws {
    try VerificationTests.check(damage)
  }

  @Test func `a damaged row ends appends and searches by id with an error, and nothing else`()
    throws
  {
    try withTemporaryFolder { folder throws in
      let path = folder + "/store"
      do {
        let log = try EventLog(at: path, options: deterministicOptions())
        try log.appendNumbered(0..<10)
        let recent = try #require(log.tables.recent)
        try log.environment.write { transaction in
          try VerificationTests.change(recent, Keys.recent(0), transaction) { $0.removeLast() }
        }
      }
      let log = try EventLog(at: path, options: deterministicOptions())
      let draft = NumberedEvent.draft(3)
      let damaged = EventLogError.damaged(reason: "the bytes are not what was written")
      for _ in 0..<2 {
        #expect(throws: damaged) { try log.events(source: draft.source, id: draft.id) }
        #expect(throws: damaged) { try log.append(AppendBatch([draft])) }
      }
      #expect(try log.event(at: Position(3))?.data == draft.data)
      #expect(try log.size().count == 10)
    }
  }

  @Test func `a damaged row among the settled ids keeps few events from being appended`() throws {
    try withTemporaryFolder { folder throws in
      let path = folder + "/store"
      do {
        let log = try EventLog(at: path, options: deterministicOptions(recentIdentities: 0))
        try log.append(AppendBatch((0..<1000).map { draft("id-\($0)", "1") }))
        try log.environment.write { transaction in
          let keys = try Self.keys(of: log.tables.ids, transaction)
          #expect(keys.count > 3)
          try VerificationTests.change(log.tables.ids, keys[1], transaction) { $0.removeLast() }
        }
      }
      var numbers = Array(0..<1000)
      func append(_ new: Range<Int>, to log: EventLog) {
        let outcomes = try? log.append(AppendBatch(new.map { draft("id-\($0)", "1") }))
        if outcomes != nil { numbers += new }
      }
      for _ in 0..<2 {
        let log = try EventLog(at: path, options: deterministicOptions(recentIdentities: 100))
        let known = numbers.count
        let next = (numbers.last ?? 0) + 1
        for start in stride(from: next, to: next + 3000, by: 5) {
          append(start..<start + 5, to: log)
        }
        #expect(numbers.count > known + 2900)
        // Each more than one row takes.
        for start in stride(from: next + 3000, to: next + 5000, by: 400) {
          append(start..<start + 400, to: log)
        }
        #expect(numbers.count > known + 3700)
        try checkAreKnown(numbers, in: log)
        #expect(try log.verify(.deep).problems.map(\.kind) == [.wrongIndex])
      }
    }
  }

  private static func keys(
    of table: Table,
    _ transaction: borrowing WriteTransaction
  ) throws -> [[UInt8]] {
    let cursor = try Cursor(table, transaction)
    var keys: [[UInt8]] = []
    var row = try cursor.first()
    while let current = row {
      keys.append(Array(current.key))
      row = try cursor.next()
    }
    return keys
  }

  /// Checks that most events are duplicates of what stands at their index; those in the damaged row cannot be told.
  private func checkAreKnown(_ numbers: [Int], in log: EventLog) throws {
    var unknown = 0
    for (position, number) in numbers.enumerated() {
      guard let again = try? log.append(AppendBatch([draft("id-\(number)", "1")])) else {
        unknown += 1
        continue
      }
      #expect(again == [.duplicate(of: Position(UInt64(position)))])
    }
    #expect(unknown < 20)
  }

  @Test func `a position behind the log's end hides no later id from a search`() throws {
    try withTemporaryFolder { folder throws in
      let log = try EventLog(at: folder + "/store", options: deterministicOptions())
      try log.appendNumbered(0..<10)
      let recent = try #require(log.tables.recent)
      try log.environment.write { transaction in
        var row = try transaction.value(recent, Keys.recent(0)) ?? []
        // The last of its positions, as far as nobody will ever count.
        row.removeLast()
        row += [0xff, 0xff, 0xff, 0xff, 0x3f]
        try transaction.put(recent, Keys.recent(0), row)
      }
      let sought = NumberedEvent.draft(5)
      for _ in 0..<2 {
        #expect(throws: EventLogError.self) {
          try log.events(source: sought.source, id: sought.id)
        }
      }
    }
  }
}
