import Foundation
import TestSupport
import Testing

@testable import EventStore

/// Stores of format 2, which have no `recent` and whose heads name no format.
@Suite struct FormatUpgradeTests {
  /// Makes a store of format 2 with so many numbered events: the rows of a newer one, as an older program wrote them.
  private func makeOlder(_ path: String, events: Int) throws {
    let newer = path + "-newer"
    let log = try EventLog(
      at: newer,
      options: deterministicOptions(
        projections: [CountingProjection()],
        segmentSpan: 64,
        recentIdentities: 0
      )
    )
    try log.appendNumbered(0..<events)
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    let older = try Environment(
      path: path,
      mapSize: 1 << 30,
      access: .readWrite,
      claim: EnvironmentRegistry.Claim(path),
      lease: nil
    )
    var tables = log.tables.named
    for name in ["projection.counts.0", "projection.counts.1"] {
      tables.append((name, try #require(log.viewTables[name])))
    }
    try log.environment.read { reading in
      try older.write { writing in
        for (name, table) in tables where name != "recent" {
          let copy = try Table(name, creatingIn: writing)
          let cursor = try Cursor(table, reading)
          var row = try cursor.first()
          while let current = row {
            var value = Array(current.value)
            if name == "meta", current.key.elementsEqual("format".utf8) { value[0] = 2 }
            if name == "meta", current.key.elementsEqual("head".utf8) { value.removeLast() }
            try writing.put(copy, Array(current.key), value)
            row = try cursor.next()
          }
        }
      }
    }
  }

  private func format(_ log: EventLog) throws -> [UInt8]? {
    try log.environment.read { try $0.value(log.tables.meta, Array("format".utf8)) }
  }

  @Test func `an older store is read as it is`() throws {
    try withTemporaryFolder { folder throws in
      let path = folder + "/store"
      try makeOlder(path, events: 300)
      let before = try Data(contentsOf: URL(fileURLWithPath: path + "/data.mdb"))
      do {
        let log = try EventLog(at: path, .readOnly, options: workerOptions())
        #expect(try format(log) == [2, 6])
        #expect(try log.size().count == 300)
        let draft = NumberedEvent.draft(7)
        let found = try log.events(source: draft.source, id: draft.id)
        #expect(found.map(\.position) == [Position(7)])
        #expect(try log.verify(.deep).problems == [])
        #expect(try !log.statistics().parts.contains { $0.name == "recent" })
      }
      #expect(try Data(contentsOf: URL(fileURLWithPath: path + "/data.mdb")) == before)
    }
  }

  @Test(arguments: [0, 1, 300])
  func `an older store is brought to this format by whoever opens it for writing`(
    _ events: Int
  ) throws {
    try withTemporaryFolder { folder throws in
      let path = folder + "/store"
      try makeOlder(path, events: events)
      do {
        let log = try EventLog(at: path, options: workerOptions())
        #expect(try format(log) == [3, 6])
        #expect(try log.verify(.deep).problems == [])
        let outcomes = try log.append(
          AppendBatch((0..<events + 10).map { NumberedEvent.draft($0) })
        )
        #expect(
          outcomes.prefix(events).allSatisfy { if case .duplicate = $0 { true } else { false } }
        )
        #expect(try log.size().count == UInt64(events + 10))
        #expect(try log.statistics().parts.first { $0.name == "recent" }?.rows == 1)
      }
      let log = try EventLog(at: path, .readOnly, options: workerOptions())
      for number in [0, events, events + 9] {
        let draft = NumberedEvent.draft(number)
        let found = try log.events(source: draft.source, id: draft.id)
        #expect(found.map(\.position) == [Position(UInt64(number))])
      }
      #expect(try log.verify(.deep).problems == [])
    }
  }

  @Test func `processes that open an older store at once all go on with it`() throws {
    try withTemporaryFolder { folder throws in
      for round in 0..<5 {
        let path = folder + "/store-\(round)"
        try makeOlder(path, events: 100)
        let workers = try (0..<4).map { _ in try Worker(["append", path, "3", "5"]) }
        for worker in workers { #expect(worker.finish() == 0) }
        let log = try EventLog(at: path, .readOnly, options: workerOptions())
        #expect(try format(log) == [3, 6])
        #expect(try log.size().count > 100)
        #expect(try log.verify(.deep).problems == [])
      }
    }
  }

  @Test func `who reads while another brings the store to this format is told where it matters`()
    throws
  {
    try withTemporaryFolder { folder throws in
      let path = folder + "/store"
      try makeOlder(path, events: 100)
      let log = try EventLog(at: path, .readOnly, options: workerOptions())
      let draft = NumberedEvent.draft(7)
      #expect(try log.events(source: draft.source, id: draft.id).count == 1)
      #expect(try Worker(["append", path, "1", "5"]).finish() == 0)
      #expect(try log.size().count == 105)
      #expect(try log.event(at: Position(104))?.data == NumberedEvent.data(104))
      #expect(try log.verify(.plain).problems == [])
      let changed = EventLogError.formatChanged(to: 3)
      #expect(throws: changed) { try log.events(source: draft.source, id: draft.id) }
      #expect(throws: changed) { try log.verify(.deep) }
      #expect(changed.description.contains("Run the command again"))
    }
  }

  @Test func `a program that has the store open stops where a later one has written`() throws {
    try withTemporaryFolder { folder throws in
      let path = folder + "/store"
      let log = try EventLog(at: path, options: workerOptions())
      try log.appendNumbered(0..<10)
      let end = try log.environment.write { transaction in
        var head = try transaction.value(log.tables.meta, LogHead.key) ?? []
        #expect(head.popLast() == EventLog.format)
        try transaction.put(log.tables.meta, LogHead.key, head + [4])
        return head
      }
      let unknown = EventLogError.unknownFormat(found: 4, known: 3)
      #expect(throws: unknown) { try log.appendNumbered(10..<11) }
      #expect(throws: unknown) { try log.size() }
      try log.environment.write { try $0.put(log.tables.meta, LogHead.key, end + [3]) }
      try log.appendNumbered(10..<11)
      #expect(try log.size().count == 11)
    }
  }

  @Test func `a store that has lost its table is called damaged`() throws {
    try withTemporaryFolder { folder throws in
      let path = folder + "/store"
      try makeOlder(path, events: 10)
      do {
        let log = try EventLog(at: path, .readOnly, options: workerOptions())
        #expect(log.tables.recent == nil)
      }
      do {
        let older = try Environment(
          path: path,
          mapSize: 1 << 30,
          access: .readWrite,
          claim: EnvironmentRegistry.Claim(path),
          lease: nil
        )
        try older.write { transaction in
          let meta = try Table("meta", creatingIn: transaction)
          try transaction.put(meta, Array("format".utf8), [3, 6])
        }
      }
      let damaged = EventLogError.damaged(reason: "its table of recent ids is missing")
      #expect(throws: damaged) { try EventLog(at: path, .readOnly, options: workerOptions()) }
      #expect(throws: damaged) { try EventLog(at: path, options: workerOptions()) }
    }
  }
}
