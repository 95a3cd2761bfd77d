internal import ArgumentParser
internal import Audit
internal import EventStore
internal import Flows
internal import Replay
internal import Values

struct ReplayCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "replay",
    abstract: "Run recorded executions again, without the world, and compare every step.",
    discussion: """
      Answers come from the recording; nothing is sent. Each execution is identical, or diverges at \
      the first step that differs. With --with, another version of the flow runs in place of the \
      recorded one, and effects and results are compared as `diff` does. What has not ended, keeps \
      digests only or was run by Okta is skipped, with the reason. What each verdict and divergence \
      means is in docs/verdicts.md, with examples.

      --set and --override say what is supposed to have been otherwise: what started the executions, \
      and what was answered. Then the version that was recorded, or that of --with, runs under this \
      supposition, and what comes of it is compared with what happened, as `diff` does.

      --simulate takes executions that Okta ran and told of by its log instead. Their flows, as they are \
      in this log, run on the event that likely started them: what they likely did, and if that ends as \
      they did. All of it is assumed.

      --save-suite puts the executions into a folder for version control, with their flows and all \
      else that running them needs; --suite runs those of such a folder on a machine that has no \
      store. With --gate, a file says which differences may be. docs/suites.md tells how a team tests \
      its flows so.

      EXIT STATUS
        1  none of the executions could be run again: all were skipped; a suite cannot be read
        2  an execution diverges; with --with, --set or --override, a verdict other than identical \
      or equivalent; with --simulate, an execution that ends otherwise, or nobody can say how; with \
      --gate, a rule that was broken, and nothing else

      EXAMPLES
        auditcli replay --all
        auditcli replay 8d2f1c3e-… --json
        auditcli replay --failed --flow notify --with notify@2
        auditcli replay --since 2026-09-01 --with exports/notify.flopack
        auditcli replay 8d2f1c3e-… --set 'trigger.user.email=other@example.com'
        auditcli replay --cluster fc-3f0c --override answers.json
        auditcli replay --simulate --since 2026-09-01 --answers answers.json
        auditcli replay --flow notify --save-suite suite
        auditcli replay --suite suite
        auditcli replay --suite suite --with exports/notify.flopack --gate gate.yaml --report change.md
      """
  )

  @OptionGroup var global: GlobalOptions
  @OptionGroup var selection: SelectionOptions

  @Option(
    parsing: .singleValue,
    help: ArgumentHelp(
      "A version, or a file, to compare with; with --suite files, and as many as there are.",
      valueName: "f"
    )
  )
  var with: [String] = []

  @Option(
    help: ArgumentHelp(
      "With a comparison: a file that answers what no recording does.",
      valueName: "file"
    )
  )
  var answers: String?

  @Flag(help: "Executions that Okta ran: what did they likely do?")
  var simulate = false

  @OptionGroup var whatIf: WhatIfOptions
  @OptionGroup var suites: SuiteOptions
  @OptionGroup var gating: GateOptions
  @OptionGroup var shown: ReportOptions
  @OptionGroup var work: JobOptions

  func validate() throws {
    guard answers == nil || compares || simulate else {
      throw ValidationError(
        "--answers belongs to --with, --set, --override or --simulate: else the recording answers."
      )
    }
    guard gating.gate == nil || !with.isEmpty else {
      throw ValidationError("--gate belongs to --with: without it, nothing may differ.")
    }
    try validateSuite()
  }

  private func validateSuite() throws {
    if suites.suite != nil {
      guard suites.saveSuite == nil, selection.isEmpty else {
        throw ValidationError("--suite runs all recordings of the suite; choose when you save it.")
      }
      guard !with.isEmpty || shown.isEmpty else {
        throw ValidationError("--report, --only and --group-by belong to --with.")
      }
      guard whatIf.isEmpty, !simulate else {
        throw ValidationError("--set, --override and --simulate ask a store, and not a suite.")
      }
      return
    }
    try selection.requireSome()
    guard suites.saveSuite == nil || !compares && !simulate else {
      throw ValidationError("--save-suite saves recordings; compare them with --suite and --with.")
    }
    guard with.count <= 1 else {
      throw ValidationError("--with is given once, but with --suite.")
    }
    guard shown.isEmpty else {
      throw ValidationError(
        "--report, --only and --group-by belong to --suite; `diff` has them too."
      )
    }
  }

  /// Whether effects and results are compared, and not every step.
  private var compares: Bool { !with.isEmpty || !whatIf.isEmpty }

  func run() throws {
    if let folder = suites.suite { return try run(SuiteFolder(path: folder)) }
    let gate = try gating.file()
    let log = try global.openForReading()
    let roots = try selection.roots(in: log, observed: simulate)
    if let folder = suites.saveSuite {
      try SuiteSaving(folder: SuiteFolder(path: folder), json: global.json)
        .save(roots.map(\.execution), of: log)
      return Coverage(size: try log.size().count).write(json: global.json)
    }
    let status =
      if simulate {
        try runSimulations(roots, log)
      } else if compares {
        try compare(roots, gate, log)
      } else {
        try replay(roots, log)
      }
    if status == .couldNot, !roots.isEmpty {
      Output.message("Nothing could be replayed: all were skipped.")
    }
    Coverage(size: try log.size().count).write(json: global.json)
    if status != .done { throw status.exit }
  }
}

extension ReplayCommand {
  /// Runs each with the version that was recorded; returns what that tells.
  private func replay(_ roots: [HistoryEntry], _ log: EventLog) throws -> ExitStatus {
    let programs = RecordedPrograms(log)
    return try replay(roots.map(\.execution)) { execution in
      try Replayer.replay(execution, in: log) { try programs.program(hash: $0) }
        ?? .skipped(execution, .observed)
    }
  }

  /// Runs each and writes what became of it; returns what that tells.
  func replay(
    _ executions: [Text],
    _ run: @escaping @Sendable (Text) throws -> ReplayResult
  ) throws -> ExitStatus {
    var summary = ReplaySummary()
    var table = TextTable("EXECUTION", "VERDICT", "STEP", "WHY")
    var progress = ProgressLine("replaying")
    var done: UInt64 = 0
    try OrderedWork.forEach(executions, threads: work.threads, run) { result in
      summary.add(result)
      done += 1
      progress.show(done, of: UInt64(executions.count), unit: "executions")
      if global.json {
        if case .object(let line) = result.value { Output.json(line) }
        return
      }
      table.add(
        result.execution.description,
        result.verdict.description,
        result.divergence?.step.description ?? "",
        result.divergence?.kind.rawValue ?? result.skipReason?.sentence ?? ""
      )
    }
    progress.clear()
    write(table, summary: summary.value) {
      "\(summary.identical) identical, \(summary.diverged) diverged, \(summary.skipped) skipped"
    }
    return status(found: summary.hasFindings, onlySkipped: summary.isOnlySkipped)
  }

  private func status(found: Bool, onlySkipped: Bool) -> ExitStatus {
    if found { return .found }
    return onlySkipped ? .couldNot : .done
  }

  /// Runs the other version, or the same on what is supposed, in place of each; returns what that tells.
  private func compare(
    _ roots: [HistoryEntry],
    _ gate: GateFile?,
    _ log: EventLog
  ) throws -> ExitStatus {
    let flows = Set(roots.compactMap(\.flow))
    let version = try with.first.map {
      try NamedFlows(log).version($0, of: flows.count == 1 ? flows.first : nil)
    }
    let supposition = try whatIf.supposition()
    let comparisons = Comparisons(
      log,
      with: version,
      script: try AnswerOptions.script(answers),
      supposing: supposition
    )
    // Of all that was asked for, the executions of other flows are not meant.
    let meant = roots.filter { root in
      !selection.selectsByQuery || version.map { root.flow == $0.id } ?? true
    }
    let threads = comparisons.dependOnOrder ? 1 : work.threads
    var summary = VerdictSummary()
    var judge = gate?.judge
    var table = TextTable("EXECUTION", "VERDICT", "PROOF", "CHANGES")
    var progress = ProgressLine("comparing")
    try OrderedWork.forEach(meant.map(\.execution), threads: threads) { execution in
      try RecordingReader(log).recording(of: execution).map(comparisons.diff)
        ?? .skipped(execution, .observed)
    } _: { result in
      summary.add(result)
      if let version {
        judge?.take(result, ofFlow: version.id, named: version.closure.flow.name)
      }
      progress.show(UInt64(summary.total), of: UInt64(meant.count), unit: "executions")
      if global.json {
        Output.json(supposition.line(of: result))
        return
      }
      table.add(
        result.execution.description,
        result.verdict.rawValue,
        result.proof?.rawValue ?? "",
        result.reason ?? result.changes.map(Self.place).joined(separator: ", ")
      )
    }
    progress.clear()
    write(table, summary: ["summary": summary.value]) { summary.sentence }
    let outcome = judge.flatMap { judge in gate?.outcome(judge) }
    outcome?.write(json: global.json)
    return ExitStatus(of: summary, found: summary.hasFindings, gate: outcome)
  }

  /// What differs and where: the place in the request, else the step; an execution's own has none.
  private static func place(_ change: Change) -> String {
    let place = change.path.isEmpty ? change.step : change.path
    return place.isEmpty ? change.kind.rawValue : "\(change.kind.rawValue) \(place)"
  }

  private func write(_ table: TextTable, summary: Value, _ sentence: () -> String) {
    if global.json, case .object(let line) = summary {
      Output.json(line)
    } else if table.isEmpty {
      Output.message("No execution.")
    } else {
      table.write()
      Output.line("")
      Output.line(sentence())
    }
  }
}
