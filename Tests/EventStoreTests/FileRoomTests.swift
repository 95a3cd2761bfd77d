import Foundation
import TestSupport
import Testing

@testable import EventStore

/// Room in the data file that is there before it is needed.
@Suite struct FileRoomTests {
  /// The bytes of the data file behind those in use.
  private func room(_ log: EventLog, _ path: String) throws -> Int {
    let attributes = try FileManager.default.attributesOfItem(atPath: path + "/data.mdb")
    let size = try #require(attributes[.size] as? Int)
    return size - (try log.statistics().fileBytes)
  }

  @Test func `who commits a few times lengthens the file by nothing that is not used`() throws {
    try withTemporaryFolder { folder throws in
      let log = try EventLog(at: folder + "/store", options: workerOptions())
      try log.appendNumbered(0..<10, batch: 1)
      #expect(try room(log, folder + "/store") == 0)
    }
  }

  @Test func `who commits little by little has some room, and never much`() throws {
    try withTemporaryFolder { folder throws in
      let path = folder + "/store"
      let log = try EventLog(at: path, options: workerOptions())
      var sizes: Set<Int> = []
      for number in 0..<600 {
        try log.appendNumbered(number..<number + 1)
        guard number > 50 else { continue }
        let room = try room(log, path)
        #expect((0..<320 << 10).contains(room), "\(room) bytes after \(number) commits")
        sizes.insert(room + (try log.statistics().fileBytes))
      }
      // The file was lengthened a few times, not with each commit.
      #expect((2..<60).contains(sizes.count), "\(sizes.count)")
      #expect(try log.verify(.deep).problems == [])
    }
  }

  @Test func `commits of many events bring their own room`() throws {
    try withTemporaryFolder { folder throws in
      let path = folder + "/store"
      let log = try EventLog(at: path, options: deterministicOptions(projections: []))
      for round in 0..<20 {
        try log.appendNumbered(round * 500..<(round + 1) * 500, batch: 500)
      }
      #expect(try room(log, path) < 320 << 10)
      #expect(try log.verify(.deep).problems == [])
    }
  }

  @Test func `two processes that take turns write nothing over of each other`() throws {
    try withTemporaryFolder { folder throws in
      let path = folder + "/store"
      let log = try EventLog(at: path, options: workerOptions())
      for _ in 0..<4 {
        let size = Int(try log.size().count)
        for number in size..<size + 60 { try log.appendNumbered(number..<number + 1) }
        #expect(try Worker(["append", path, "60", "1"]).finish() == 0)
      }
      for number in 0..<Int(try log.size().count) {
        #expect(try log.event(at: Position(UInt64(number)))?.data == NumberedEvent.data(number))
      }
      #expect(try log.size().count == 480)
      #expect(try log.verify(.deep).problems == [])
    }
  }

  @Test func `a full map is full as it was, and what is there stays`() throws {
    try withTemporaryFolder { folder throws in
      let path = folder + "/store"
      let options = deterministicOptions(projections: [], mapSize: 1 << 20)
      let log = try EventLog(at: path, options: options)
      var taken = 0
      while (try? log.appendNumbered(taken..<taken + 1)) != nil, taken < 20_000 { taken += 1 }
      #expect((100..<20_000).contains(taken))
      #expect(try log.size().count == UInt64(taken))
      let attributes = try FileManager.default.attributesOfItem(atPath: path + "/data.mdb")
      #expect((attributes[.size] as? Int ?? .max) <= 1 << 20)
      #expect(try log.verify(.deep).problems == [])
    }
  }
}
