internal import EventStore
internal import Foundation
internal import Values

/// Runs the reading part of `verify` in a process of its own and turns its end into a report.
///
/// A signal, or a minute without a line of progress, means that the file is damaged below what can
/// be read.
struct VerificationChild {
  let store: String
  let isDeep: Bool
  let kept: KeptRootOptions

  private static let silenceLimit: CInt = 60_000

  func run() throws -> VerificationReport {
    let child = Process()
    child.executableURL = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
    child.arguments = ["verify-worker", "--store", store] + (isDeep ? ["--deep"] : [])
    child.arguments?.append(contentsOf: kept.arguments)
    var environment = ProcessInfo.processInfo.environment
    // A crash must not print what was in memory: people's data.
    environment["SWIFT_BACKTRACE"] = "enable=no"
    child.environment = environment
    let output = Pipe()
    let errors = Pipe()
    child.standardOutput = output
    child.standardError = errors
    try child.run()
    var line = ProgressLine("Verifying")
    let outcome = read(output.fileHandleForReading) { line.show($0, of: $1) }
    line.clear()
    if outcome == nil { child.terminate() }
    child.waitUntilExit()
    return try report(outcome ?? .silent, child, errors)
  }

  private enum Outcome {
    case reported(VerificationReport)
    case ended
    case silent
  }

  private func report(
    _ outcome: Outcome,
    _ child: Process,
    _ errors: Pipe
  ) throws -> VerificationReport {
    if case .reported(let report) = outcome { return report }
    if case .ended = outcome, child.terminationReason == .exit {
      let text = try errors.fileHandleForReading.readToEnd() ?? Data()
      let message = String(decoding: text, as: UTF8.self).trimmingCharacters(in: .newlines)
      throw Failure(message.hasPrefix("auditcli: ") ? String(message.dropFirst(10)) : message)
    }
    try EventLog.clearStaleReaders(at: store)
    let how =
      if case .silent = outcome { "reading it came to no end" } else {
        "reading it ended with signal \(child.terminationStatus)"
      }
    return VerificationReport(damage: how)
  }

  /// Reads lines until the report, the end, or a minute of silence (nil).
  private func read(
    _ handle: FileHandle,
    progress: (UInt64, UInt64) -> Void
  ) -> Outcome? {
    var pending: [UInt8] = []
    while true {
      var descriptor = pollfd(fd: handle.fileDescriptor, events: Int16(POLLIN), revents: 0)
      let ready = poll(&descriptor, 1, Self.silenceLimit)
      if ready == 0 { return nil }
      let data = handle.availableData
      guard !data.isEmpty else { return .ended }
      pending += data
      while let end = pending.firstIndex(of: 0x0A) {
        let line = Array(pending[..<end])
        pending.removeFirst(end + 1)
        guard case .object(let object)? = try? JSON.parse(line) else { continue }
        if let report = VerificationReport(object) { return .reported(report) }
        guard case .number(let done)? = object["done"], case .number(let total)? = object["total"]
        else { continue }
        progress(UInt64(done), UInt64(total))
      }
    }
  }
}
