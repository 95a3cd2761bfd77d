internal import Audit
internal import Flows
internal import Replay
internal import Values

/// The recordings of a suite, compared with other versions of their flows.
struct SuiteComparison {
  let suite: Suite
  let versions: SuiteVersions
  private let answers: ComparisonAnswers

  /// Prepares the comparison; a script answers the requests that no recording does.
  init(_ suite: Suite, _ versions: SuiteVersions, script: ScriptedAnswers?) {
    self.suite = suite
    self.versions = versions
    answers = ComparisonAnswers(
      RecordedAnswers(suite),
      reads: { LogReads(of: suite) },
      script: script
    )
  }

  /// Compares each recording and hands over the results in order.
  ///
  /// - Throws: What reading the suite throws; what `body` throws.
  func run(
    threads: Int,
    _ body: (_ pair: Int, DiffResult) throws -> Void
  ) throws {
    var progress = ProgressLine("comparing")
    var done: UInt64 = 0
    let total = UInt64(suite.executions.count)
    let threads = answers.dependOnOrder ? 1 : threads
    try OrderedWork.forEach(suite.executions, threads: threads, result) { found in
      done += 1
      progress.show(done, of: total, unit: "executions")
      try body(found.pair, found.result)
    }
    progress.clear()
  }

  private func result(of execution: Suite.Execution) throws -> (pair: Int, result: DiffResult) {
    guard let place = versions.places[execution.hash] else {
      throw Failure("the suite has no flow \(execution.hash)")
    }
    let pair = versions.pairs[place]
    let recording = try suite.recording(of: execution)
    let lost = LostStarts(
      suite.excerpt,
      old: pair.old.closure.flow,
      new: pair.new.closure.flow
    )
    let result =
      try lost.result(of: execution.id, startedBy: recording.root.cause)
      ?? answers.diff(recording, pair.differ)
    return (place, result)
  }
}
