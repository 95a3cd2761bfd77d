import TestSupport
import Testing

@testable import EventStore

@Suite struct ProjectionTests {
  /// Counts like the other, but stumbles over what it is told to.
  struct Stumbling: Projection {
    var name = "stumbling"
    var version: UInt32 = 1
    /// What happens at the events whose data are these.
    var stumbles: [String: Stumble] = [:]

    enum Stumble: Error {
      case thrown, emptyKey, longKey, emptyKeyRead
    }

    func reads(type: [UInt8]) -> Bool { true }

    func apply(_ event: Event, to view: ViewWriter) throws {
      let seen = Array("seen-\(event.position)".utf8)
      view.put(seen, [1])
      switch stumbles[String(decoding: event.data, as: UTF8.self)] {
      case nil: break
      case .thrown: throw Stumble.thrown
      case .emptyKey: view.put([], [1])
      case .longKey: view.put(Array(repeating: 1, count: 512), [1])
      case .emptyKeyRead: _ = try view.value([])
      }
      view.put(
        Array("rows".utf8),
        Array("\(try view.rows(prefix: Array("seen-1".utf8)).count)".utf8)
      )
    }
  }

  private func rows(
    _ log: EventLog,
    _ projection: some Projection
  ) throws -> [[UInt8]: [UInt8]] {
    try log.view(projection) { view in
      var found: [[UInt8]: [UInt8]] = [:]
      for row in try view.rows(prefix: []) { found[row.key] = row.value }
      return found
    }
  }

  @Test(arguments: [
    Stumbling.Stumble.thrown, .emptyKey, .longKey, .emptyKeyRead,
  ])
  func `a fold that fails marks its view degraded, and the append goes on`(
    _ stumble: Stumbling.Stumble
  ) throws {
    try withTemporaryFolder { folder throws in
      let stumbling = Stumbling(stumbles: ["1": stumble])
      let counting = CountingProjection()
      let log = try EventLog(
        at: folder + "/store",
        options: deterministicOptions(projections: [stumbling, counting])
      )
      try log.append(AppendBatch((0..<4).map { draft("\($0)", "\($0)") }))
      #expect(try log.size().count == 4)
      let views = try log.views()
      #expect(views[0].failure?.hasPrefix("position 1: ") == true)
      #expect(views[1].failure == nil)
      #expect(try rows(log, stumbling)[Array("seen-1".utf8)] == nil)
      #expect(try rows(log, stumbling)[Array("seen-2".utf8)] == [1])
      let problems = try log.verify(.deep).problems
      #expect(problems.map(\.kind) == [.wrongView])
      #expect(problems.first?.position == Position(1))
      try log.rebuild()
      #expect(try log.views()[0].failure == views[0].failure)
    }
  }

  @Test func `the first failure is the one that is kept`() throws {
    try withTemporaryFolder { folder throws in
      let stumbling = Stumbling(stumbles: ["1": .thrown, "2": .thrown])
      let log = try EventLog(
        at: folder + "/store",
        options: deterministicOptions(projections: [stumbling])
      )
      for number in 0..<4 { try log.append(AppendBatch([draft("\(number)", "\(number)")])) }
      #expect(try log.views()[0].failure?.hasPrefix("position 1: ") == true)
    }
  }

  @Test func `another set of projections may read, and appends when it has rebuilt`() throws {
    try withTemporaryFolder { folder throws in
      let path = folder + "/store"
      let first = Stumbling()
      try EventLog(at: path, options: deterministicOptions(projections: [first]))
        .appendNumbered(0..<10)
      let second = Stumbling(version: 2)
      let counting = CountingProjection()
      let log = try EventLog(
        at: path,
        options: deterministicOptions(projections: [second, counting])
      )
      #expect(try log.event(at: Position(3)) != nil)
      #expect(throws: EventLogError.self) { try log.appendNumbered(10..<11) }
      #expect(throws: EventLogError.self) { try rows(log, second) }
      try log.rebuild()
      try log.appendNumbered(10..<2_500)
      #expect(try rows(log, counting)[Array("type-kind.0".utf8)] == Array("834".utf8))
      #expect(try log.verify(.deep).problems == [])
    }
  }

  @Test func `a rebuilt view is the live view, byte for byte`() throws {
    try withTemporaryLog(projections: [CountingProjection(), Stumbling()]) { log throws in
      try log.appendNumbered(0..<2_345)
      let live = (try rows(log, CountingProjection()), try rows(log, Stumbling()))
      for _ in 0..<3 {
        try log.rebuild()
        #expect(try rows(log, CountingProjection()) == live.0)
        #expect(try rows(log, Stumbling()) == live.1)
      }
    }
  }

  @Test func `a rebuild that is cut off leaves the views as they were`() throws {
    try withTemporaryLog(projections: [CountingProjection()]) { log throws in
      try log.appendNumbered(0..<2_500)
      let before = try rows(log, CountingProjection())
      let cutOff = ProjectionRebuild(log: log)
      try cutOff.begin()
      _ = try cutOff.step()
      #expect(try rows(log, CountingProjection()) == before)
      try log.appendNumbered(2_500..<2_600)
      #expect(try log.verify(.deep).problems == [])
      try log.rebuild()
    }
  }

  @Test func `a rebuild that another has overtaken writes nothing more`() throws {
    try withTemporaryLog(projections: [CountingProjection()]) { log throws in
      try log.appendNumbered(0..<2_500)
      let overtaken = ProjectionRebuild(log: log)
      try overtaken.begin()
      _ = try overtaken.step()
      let other = ProjectionRebuild(log: log)
      try other.begin()
      #expect(throws: EventLogError.rebuildSuperseded) { try overtaken.step() }
      while try other.step() != nil {}
    }
  }

  @Test func `events appended during a rebuild are in the new view`() throws {
    try withTemporaryLog(projections: [CountingProjection()]) { log throws in
      try log.appendNumbered(0..<2_500)
      let rebuild = ProjectionRebuild(log: log)
      try rebuild.begin()
      var next = 2_500
      while try rebuild.step() != nil {
        if next < 3_000 { try log.appendNumbered(next..<next + 100) }
        next += 100
      }
      #expect(try log.views().map(\.rows) == [10])
    }
  }

  @Test func `views are read while another thread rebuilds them`() async throws {
    try await withCheckedThrowingContinuation { done in
      done.resume(
        with: Result {
          try withTemporaryLog(projections: [CountingProjection()]) { log throws in
            try log.appendNumbered(0..<3_000)
            let before = try rows(log, CountingProjection())
            let threads = Threads(4) { index in
              for _ in 0..<10 {
                if index == 0 {
                  try? log.rebuild()
                } else {
                  #expect((try? rows(log, CountingProjection())) == before)
                }
              }
            }
            threads.join()
          }
        }
      )
    }
  }

  @Test func `rows in memory are those of a dictionary, in byte order`() {
    var random = SplitMix64(forTest: "rows in memory")
    var rows = SortedRows()
    var model: [[UInt8]: [UInt8]] = [:]
    for _ in 0..<20_000 {
      let key = (0..<1 + random.below(3)).map { _ in UInt8(random.below(40)) }
      let value: [UInt8]? = random.once(in: 4) ? nil : [UInt8(random.below(256))]
      rows[key] = value
      model[key] = value
    }
    var found: [[UInt8]] = []
    rows.rows(from: []) { row in
      #expect(model[row.key] == row.value)
      #expect(rows[row.key] == row.value)
      found.append(row.key)
      return true
    }
    #expect(found == model.keys.sorted { $0.lexicographicallyPrecedes($1) })
  }
}
