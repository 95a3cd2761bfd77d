import Audit
import EventStore
import Foundation
import Synchronization
import TestSupport
import Testing
import Values

/// Commands that wait for another process to end its write.
@Suite(.waiting) struct WaitingWriterTests {
  /// Keeps the writer of a store from when it is armed until it is let go.
  private final class Holder: WriterWaiting {
    let isArmed = Atomic(false)
    let holds = DispatchSemaphore(value: 0)
    let mayEnd = DispatchSemaphore(value: 0)

    func waitBegins() {}

    func waitEnds() {
      guard isArmed.exchange(false, ordering: .relaxed) else { return }
      holds.signal()
      mayEnd.wait()
    }
  }

  @Test func `who waits long is told who has the store open, and how to let go on who is stopped`()
    throws
  {
    try withProgramStore { store in
      try store.must("ingest", Fixtures.path("events/system-log.ndjson"))
      let stopped = try Self.stoppedProcess(with: store.path + "/lock.mdb")
      defer {
        kill(stopped.processIdentifier, SIGKILL)
        stopped.waitUntilExit()
      }
      let holder = Holder()
      var options = deterministicOptions(projections: AuditViews.all)
      options.waiting = holder
      let log = try EventLog(at: store.path, options: options)
      holder.isArmed.store(true, ordering: .relaxed)
      let writer = Thread {
        let own = EventDraft(
          type: "test.held",
          source: Array("test".utf8),
          stream: StreamID("test"),
          data: Array("{}".utf8)
        )
        do {
          try log.append(AppendBatch([own]))
        } catch { Issue.record(error) }
      }
      writer.start()
      holder.holds.wait()
      let run = try store.run(
        "ingest",
        Fixtures.path("events/slack-message.json"),
        launcher: ["/usr/bin/timeout", "--signal=KILL", "8"]
      )
      holder.mayEnd.signal()
      let number = stopped.processIdentifier
      #expect(run.messages.contains("s to write to \(store.path), which is open in:\n"), "\(run)")
      let others = """
          process \(number) (sleep), which is stopped: `kill -CONT \(number)` lets it go on
          process \(getpid()) (
        """
      #expect(run.messages.contains(others), "\(run)")
      let late = try store.must("ingest", Fixtures.path("events/slack-message.json"))
      #expect(!late.messages.contains("Waiting"), "\(late)")
    }
  }

  /// A process that has a file open and does nothing.
  private static func stoppedProcess(with file: String) throws -> Process {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/sleep")
    process.arguments = ["600"]
    let handle = try #require(FileHandle(forReadingAtPath: file))
    defer { try? handle.close() }
    process.standardInput = handle
    try process.run()
    kill(process.processIdentifier, SIGSTOP)
    return process
  }
}
