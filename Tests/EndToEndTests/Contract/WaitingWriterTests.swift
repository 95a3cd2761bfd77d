import Foundation
import TestSupport
import Testing

/// Commands that wait for another process to end its write.
@Suite(.waiting) struct WaitingWriterTests {
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
      let held = try HeldWriter(store)
      let run = try store.run(
        "ingest",
        Fixtures.path("events/slack-message.json"),
        launcher: ["/usr/bin/timeout", "--signal=KILL", "8"]
      )
      held.open()
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
