internal import Audit
internal import EventStore
internal import Flows
internal import Replay
internal import Values

/// Compares executions of the history with a version, and runs only those that have to be.
struct HistoryComparison: Sendable {
  /// An execution, what started it, and which cards it came to where the history tells.
  struct Execution: Sendable {
    let id: Text
    let trigger: RecordedCause?
    let outline: RecordingOutline?
  }

  let log: EventLog
  let differ: Differ
  let answers: ComparisonAnswers
  let runsEverything: Bool
  let lost: LostStarts

  /// Hands each result to `body`, in the order of the executions, which are compared by so many threads.
  ///
  /// - Throws: What reading the log throws; what `body` throws.
  func run(
    over executions: [Execution],
    threads: Int,
    _ body: (DiffResult) throws -> Void
  ) throws {
    var progress = ProgressLine("comparing")
    var done: UInt64 = 0
    let threads = answers.dependOnOrder ? 1 : threads
    try OrderedWork.forEach(executions, threads: threads, result) { result in
      done += 1
      progress.show(done, of: UInt64(executions.count), unit: "executions")
      if let result { try body(result) }
    }
    progress.clear()
  }

  /// What the other version would have done; nil where nothing is recorded of the execution.
  private func result(of execution: Execution) throws -> DiffResult? {
    if let result = try lost.result(of: execution.id, startedBy: execution.trigger) {
      return result
    }
    if !runsEverything, let result = try unaffected(execution) { return result }
    guard let recording = try RecordingReader(log).recording(of: execution.id) else { return nil }
    return try answers.diff(recording, differ)
  }

  /// The result of an execution that its cards alone prove; nil where it has to be run.
  private func unaffected(_ execution: Execution) throws -> DiffResult? {
    let outline = try execution.outline ?? RecordingOutlineReader(log).outline(of: execution.id)
    return outline.flatMap(differ.unaffected)
  }
}
