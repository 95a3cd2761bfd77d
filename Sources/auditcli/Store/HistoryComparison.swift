internal import Audit
internal import EventStore
internal import Flows
internal import Replay
internal import Values

/// Compares executions of the history with a version, and runs only those that have to be.
struct HistoryComparison {
  let log: EventLog
  let differ: Differ
  let answers: ComparisonAnswers
  let runsEverything: Bool
  let lost: LostStarts

  /// Hands each result to `body`, in the order of the executions.
  ///
  /// - Throws: What reading the log throws.
  func run(over executions: [HistoryEntry], _ body: (DiffResult) -> Void) throws {
    let outlines = RecordingOutlineReader(log)
    let recordings = RecordingReader(log)
    var progress = ProgressLine("comparing")
    for (number, entry) in executions.enumerated() {
      progress.show(UInt64(number), of: UInt64(executions.count), unit: "executions")
      if let result = try lost.result(of: entry.execution, startedBy: entry.trigger) {
        body(result)
      } else if !runsEverything, let outline = try outlines.outline(of: entry.execution),
        let result = differ.unaffected(outline)
      {
        body(result)
      } else if let recording = try recordings.recording(of: entry.execution) {
        body(try answers.diff(recording, differ))
      }
    }
    progress.clear()
  }
}
