internal import Flows
internal import Replay
internal import Values

extension ReplayCommand {
  /// Runs the recordings of a suite: with the versions that were recorded, or with exports in their places.
  func run(_ folder: SuiteFolder) throws {
    let gate = try gating.file()
    let files = try ReportFiles(shown.report)
    let suite = try folder.suite()
    let status =
      if with.isEmpty {
        try folder.named { try replay(suite) }
      } else {
        try folder.named { try compare(suite, gate, files, in: folder) }
      }
    if status == .couldNot { Output.message("Nothing could be replayed: all were skipped.") }
    SuiteCoverage(folder: folder.path, suite).write(json: global.json)
    if status != .done { throw status.exit }
  }

  private func replay(_ suite: Suite) throws -> ExitStatus {
    let programs = suite.closures.mapValues { Program($0) }
    let executions = Dictionary(
      suite.executions.map { ($0.id, $0) },
      uniquingKeysWith: { first, _ in first }
    )
    return try replay(suite.executions.map(\.id)) { id in
      guard let execution = executions[id], let program = programs[execution.hash] else {
        return .skipped(id, .observed)
      }
      return Replayer.replay(try suite.recording(of: execution), program)
    }
  }

  private func compare(
    _ suite: Suite,
    _ gate: GateFile?,
    _ files: ReportFiles,
    in folder: SuiteFolder
  ) throws -> ExitStatus {
    let versions = try SuiteVersions(suite, with: with)
    let comparison = SuiteComparison(
      suite,
      versions,
      script: try AnswerOptions.script(answers)
    )
    var found = SuiteFindings(versions, groupedBy: shown.groupBy, only: shown.selection)
    var judge = gate?.judge
    try comparison.run(threads: work.threads) { place, result in
      let flow = versions.pairs[place].old.closure.flow
      judge?.take(result, ofFlow: flow.id, named: flow.name)
      let isShown = found.add(result, toPair: place)
      if isShown, global.json, case .object(let line) = result.value { Output.json(line) }
    }
    found.write(json: global.json)
    let outcome = judge.flatMap { judge in gate?.outcome(judge) }
    outcome?.write(json: global.json)
    let report = SuiteReport(
      found: found,
      gate: outcome,
      answers: answers,
      coverage: SuiteCoverage(folder: folder.path, suite).sentence
    )
    try files.write(report.report)
    return ExitStatus(
      of: found.summary,
      found: found.summary.hasFindings,
      gate: outcome
    )
  }
}
