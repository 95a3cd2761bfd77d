import Foundation
import TestSupport
import Testing

@testable import EventStore

@Suite struct OpeningTests {
  @Test func `a folder without a store is no store to a reader`() throws {
    try withTemporaryFolder { folder throws in
      for path in [folder, folder + "/missing"] {
        #expect(throws: EventLogError.noStore(path: path)) {
          try EventLog(at: path, .readOnly, options: deterministicOptions())
        }
      }
      #expect(throws: EventLogError.self) {
        try EventLog(at: folder + "/missing/store", options: deterministicOptions())
      }
    }
  }

  @Test func `a second opening in one process is refused, by whatever path, until the first ends`()
    throws
  {
    try withTemporaryFolder { folder throws in
      let path = folder + "/store"
      let link = folder + "/link"
      var log: EventLog? = try EventLog(at: path, options: deterministicOptions())
      try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: path)
      for path in [path, link] {
        #expect(throws: EventLogError.alreadyOpen(path: path)) {
          try EventLog(at: path, .readOnly, options: deterministicOptions())
        }
      }
      try log?.appendNumbered(0..<1)
      log = nil
      #expect(
        try EventLog(at: link, .readOnly, options: deterministicOptions()).size().count == 1
      )
    }
  }

  @Test func `a log opened for reading appends nothing`() throws {
    try withTemporaryFolder { folder throws in
      try EventLog(at: folder + "/store", options: deterministicOptions()).appendNumbered(0..<3)
      let log = try EventLog(at: folder + "/store", .readOnly, options: deterministicOptions())
      #expect(throws: EventLogError.readOnly) { try log.appendNumbered(3..<4) }
      #expect(throws: EventLogError.readOnly) { try log.rebuild() }
      #expect(throws: EventLogError.readOnly) { try log.trainDictionary(.inbound, samples: []) }
      #expect(try log.size().count == 3)
    }
  }

  @Test(arguments: [0, 1, 4, 9] as [UInt8])
  func `a store of an unknown format is left alone`(_ format: UInt8) throws {
    try withTemporaryFolder { folder throws in
      let path = folder + "/store"
      var log: EventLog? = try EventLog(at: path, options: deterministicOptions())
      if let log {
        try log.environment.write { transaction in
          try transaction.put(log.tables.meta, Array("format".utf8), [format, 12])
        }
      }
      log = nil
      for access in [EventLog.Access.readOnly, .readWrite] {
        #expect(throws: EventLogError.unknownFormat(found: Int(format), known: 3)) {
          try EventLog(at: path, access, options: deterministicOptions())
        }
      }
    }
  }

  @Test(arguments: ["secret", "log"])
  func `a changed secret or id is noticed`(_ key: String) throws {
    try withTemporaryFolder { folder throws in
      let path = folder + "/store"
      var log: EventLog? = try EventLog(at: path, options: deterministicOptions())
      if let log {
        try log.environment.write { transaction in
          try VerificationTests.change(log.tables.meta, Array(key.utf8), transaction) {
            $0[5] ^= 4
          }
        }
        #expect(throws: EventLogError.self) {
          _ = try log.logID()
          if key == "secret" { throw EventLogError.closed }
        }
      }
      log = nil
      guard key == "secret" else { return }
      #expect(throws: EventLogError.self) {
        try EventLog(at: path, options: deterministicOptions())
      }
    }
  }

  @Test func `a full map fails the append whole, and the log goes on with a larger one`() throws {
    try withTemporaryFolder { folder throws in
      let path = folder + "/store"
      var appended = 0
      var log: EventLog? = try EventLog(
        at: path,
        options: deterministicOptions(mapSize: 1 << 20, segmentSpan: 64)
      )
      var failure: LMDBError?
      while failure == nil, appended < 20_000 {
        do {
          try log?.appendNumbered(appended..<appended + 50)
          appended += 50
        } catch let error as LMDBError { failure = error }
      }
      #expect(failure?.description.contains("may map no more") == true)
      #expect(try log?.size().count == UInt64(appended))
      #expect(try log?.verify(.deep).problems == [])
      log = nil
      log = try EventLog(at: path, options: deterministicOptions(segmentSpan: 64))
      try log?.appendNumbered(appended..<appended + 200)
      #expect(try log?.verify(.deep).problems == [])
    }
  }

  @Test func `dictionaries are learnt by whoever reads what was written with them`() throws {
    try withTemporaryFolder { folder throws in
      let path = folder + "/store"
      let samples = (0..<2_000).map { draft("\($0)", "{\"eventType\":\"kind.\($0 % 60)\"}") }
      do {
        let log = try EventLog(at: path, options: deterministicOptions())
        try log.appendNumbered(0..<20)
        #expect(try log.trainDictionary(.inbound, samples: samples, capacity: 4_096))
        #expect(try !log.trainDictionary(.recorded, samples: []))
        #expect(log.hasDictionary(.inbound))
        #expect(!log.hasDictionary(.recorded))
        try log.appendNumbered(20..<40)
      }
      let log = try EventLog(at: path, .readOnly, options: deterministicOptions())
      #expect(log.hasDictionary(.inbound))
      for number in 0..<40 {
        let event = try log.event(at: Position(UInt64(number)))
        #expect(event?.data == NumberedEvent.data(number))
      }
      #expect(try log.verify(.deep).problems == [])
    }
  }

  @Test func `a compacted copy is intact, answers the same and can be appended to`() throws {
    try withTemporaryFolder { folder throws in
      let path = folder + "/store"
      let copy = folder + "/copy"
      try FileManager.default.createDirectory(atPath: copy, withIntermediateDirectories: true)
      let options = deterministicOptions(projections: [CountingProjection()], segmentSpan: 64)
      let log = try EventLog(at: path, options: options)
      try log.appendNumbered(0..<300)
      try log.environment.compactCopy(to: copy)
      let copied = try EventLog(at: copy, options: options)
      #expect(try copied.size() == log.size())
      #expect(try copied.verify(.deep).problems == [])
      try copied.appendNumbered(300..<310)
      #expect(try copied.verify(.deep).problems == [])
      #expect(try copied.size().count == 310)
    }
  }
}
