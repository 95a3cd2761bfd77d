import EventStore
import TestSupport
import Testing

/// The root over the first events of a log that has grown since.
@Suite struct EarlierRootTests {
  @Test(arguments: [Verification.Depth.plain, .deep])
  func `it is the root that the log had at that size`(_ depth: Verification.Depth) throws {
    try withTemporaryLog { log in
      var roots: [UInt64: [UInt8]] = [:]
      for end in [1, 2, 3, 15, 16, 17, 40] {
        let start = Int(try log.size().count)
        try log.appendNumbered(start..<end)
        roots[UInt64(end)] = try log.verify().root
      }
      for (size, root) in roots {
        #expect(try log.verify(depth, rootOfFirst: size).earlierRoot == root)
      }
    }
  }

  @Test func `there is none where there are not so many events, or none is asked for`() throws {
    try withTemporaryLog { log in
      try log.appendNumbered(0..<3)
      #expect(try log.verify(rootOfFirst: 4).earlierRoot == nil)
      #expect(try log.verify().earlierRoot == nil)
    }
  }
}
