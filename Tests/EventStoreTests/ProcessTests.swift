import Foundation
import TestSupport
import Testing

@testable import EventStore

/// Options like those of the worker's processes.
func workerOptions() -> EventLogOptions {
  deterministicOptions(
    projections: [CountingProjection()],
    segmentSpan: 64,
    recentIdentities: 100
  )
}

@Suite struct ProcessTests {
  @Test func `what another process wrote is noticed, also behind an empty commit`() throws {
    try withTemporaryFolder { folder throws in
      let path = folder + "/store"
      let log = try EventLog(at: path, options: workerOptions())
      try log.appendNumbered(0..<10)
      for round in 0..<6 {
        // Duplicates alone write nothing; our memory must not be taken for newer than it is.
        try log.appendNumbered(0..<10)
        #expect(try Worker(["append", path, "3", "25"]).finish() == 0)
        let size = Int(try log.size().count)
        #expect(size == 10 + round * 80 + 75)
        try log.appendNumbered(size..<size + 5)
      }
      for number in 0..<Int(try log.size().count) {
        let event = try log.event(at: Position(UInt64(number)))
        #expect(event?.data == NumberedEvent.data(number))
      }
      #expect(try log.verify(.deep).problems == [])
    }
  }

  @Test func `a dictionary of another process is learnt before the next duplicate`() throws {
    try withTemporaryFolder { folder throws in
      let path = folder + "/store"
      let log = try EventLog(at: path, options: workerOptions())
      try log.appendNumbered(0..<10)
      #expect(try Worker(["append", path, "2", "10"]).finish() == 0)
      #expect(
        try log.append(AppendBatch([NumberedEvent.draft(15)])) == [.duplicate(of: Position(15))]
      )
    }
  }

  @Test func `who replaces the file waits for nobody and is refused while a reader has it`() throws
  {
    try withTemporaryFolder { folder throws in
      let path = folder + "/store"
      try EventLog(at: path, options: workerOptions()).appendNumbered(0..<3)
      let reader = try Worker(["hold", path])
      #expect(reader.line() == "3")
      #expect(throws: EventLogError.leaseHeld(path: path, kind: "replaced")) {
        try Lease(folder: path, .exclusive)
      }
      _ = try Lease(folder: path, .shared)
      reader.finish()
      let lease = try Lease(folder: path, .exclusive)
      #expect(throws: EventLogError.leaseHeld(path: path, kind: "opened")) {
        try EventLog(at: path, options: workerOptions())
      }
      withExtendedLifetime(lease) {}
    }
  }

  @Test func `a reader that was killed holds nothing back`() throws {
    try withTemporaryFolder { folder throws in
      let path = folder + "/store"
      try EventLog(at: path, options: workerOptions()).appendNumbered(0..<3)
      let reader = try Worker(["hold", path])
      #expect(reader.line() == "3")
      reader.kill()
      let log = try EventLog(at: path, options: workerOptions())
      try log.appendNumbered(3..<200)
      #expect(try log.verify(.deep).problems == [])
    }
  }

  @Test func `an append beside a bulk writer waits ten commits at most`() throws {
    try withTemporaryFolder { folder throws in
      let path = folder + "/store"
      let log = try EventLog(at: path, options: workerOptions())
      try log.appendNumbered(0..<1)
      let bulk = try Worker(["bulk", path])
      #expect(bulk.line() != nil)
      var waits: [Int] = []
      for number in 0..<20 {
        let before = Int(try log.size().count)
        let event = ownDraft("\(number)", stream: "execution-1")
        let position = try #require(try log.append(AppendBatch([event])).first).position
        waits.append((Int(position.rawValue) - before) / 50)
      }
      bulk.kill()
      #expect(waits.sorted()[waits.count / 2] <= 10)
      print("an append beside a bulk writer waited for \(waits.max() ?? 0) commits at most")
    }
  }

  /// What a process does when it is killed.
  enum Work: String, CaseIterable {
    case append, rebuild
  }

  @Test(arguments: Work.allCases)
  func `whatever moment a process is killed at, what it was told is durable is there`(
    _ work: Work
  ) throws {
    var random = SplitMix64(forTest: "killed during \(work)")
    try withTemporaryFolder { folder throws in
      let path = folder + "/store"
      var told = 50
      try EventLog(at: path, options: workerOptions()).appendNumbered(0..<50)
      for _ in 0..<Torture.count(10, full: 100) {
        let worker = try Worker([work == .append ? "bulk" : "rebuild", path])
        let lines = work == .append ? random.below(12) : random.below(4)
        for _ in 0..<lines {
          if let line = worker.line(), work == .append { told = Int(line) ?? told }
        }
        usleep(UInt32(random.below(20_000)))
        worker.kill()
        // Acknowledgements that were still on their way count as well.
        for line in worker.lines() where work == .append { told = Int(line) ?? told }
        told = try check(path, told)
      }
    }
  }

  /// Everything told is there, in its place and once; returns how many events there are.
  private func check(_ path: String, _ told: Int) throws -> Int {
    let log = try EventLog(at: path, options: workerOptions())
    let size = Int(try log.size().count)
    #expect(size >= told)
    #expect(try log.verify(.deep).problems == [])
    var next = 0
    try log.read(everything) { event in
      #expect(event.attributes.id == NumberedEvent.draft(next).id)
      next += 1
      return true
    }
    #expect(next == size)
    let again = try log.append(
      AppendBatch((max(size - 100, 0)..<size).map { NumberedEvent.draft($0) })
    )
    #expect(again.allSatisfy { if case .duplicate = $0 { true } else { false } })
    #expect(try log.size().count == UInt64(size))
    return size
  }

  private static let hasTracer: Bool = {
    let isThere = FileManager.default.isExecutableFile(atPath: "/usr/bin/strace")
    if !isThere { print("skipped: the order of system calls, for which strace is not installed") }
    return isThere
  }()

  @Test(.enabled(if: hasTracer, "needs strace"))
  func `the disk has been told to write before each acknowledgement`() throws {
    try withTemporaryFolder { folder throws in
      let path = folder + "/store"
      let trace = folder + "/trace"
      try EventLog(at: path, options: workerOptions()).appendNumbered(0..<50)
      let tracer = [
        "/usr/bin/strace", "-f", "-o", trace, "-e",
        "trace=write,writev,pwrite64,pwritev,fdatasync,fsync,msync,openat",
      ]
      let worker = try Worker(["append", path, "12", "3"], tracer: tracer)
      let acknowledged = worker.lines()
      #expect(worker.finish() == 0)
      #expect(acknowledged.count == 12)
      let calls = try String(contentsOfFile: trace, encoding: .utf8).split(separator: "\n")
      var state = CommitTrace()
      for call in calls { state.take(call) }
      #expect(state.acknowledged == 12)
      #expect(state.violations == [])
    }
  }
}

/// Follows the system calls of commits: pages, fdatasync, meta page by O_DSYNC, acknowledgement.
struct CommitTrace {
  private(set) var acknowledged = 0
  private(set) var violations: [String] = []
  private var hasSynced = false
  private var hasWrittenMeta = false
  private var metaDescriptors: Set<Substring> = []

  mutating func take(_ call: Substring) {
    if call.contains("openat("), call.contains("data.mdb"), call.contains("O_DSYNC"),
      let descriptor = call.split(separator: " ").last
    {
      metaDescriptors.insert(descriptor)
    } else if call.contains("fdatasync("), call.contains("= 0") {
      hasSynced = true
    } else if call.contains("pwrite64("), let descriptor = Self.descriptor(call),
      metaDescriptors.contains(descriptor)
    {
      if !hasSynced { violations.append("a meta page was written before the pages were synced") }
      hasWrittenMeta = true
    } else if call.contains("write(1, ") {
      acknowledged += 1
      if !hasWrittenMeta { violations.append("acknowledgement \(acknowledged) came too early") }
      hasSynced = false
      hasWrittenMeta = false
    }
  }

  private static func descriptor(_ call: Substring) -> Substring? {
    call.split(separator: "(").dropFirst().first?.split(separator: ",").first
  }
}
