internal import ArgumentParser
internal import Audit
internal import EventStore
internal import Flows
internal import Replay
internal import Values

struct DiffCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "diff",
    abstract: "What a new version of a flow would have done over all of history.",
    usage: "auditcli diff [<options>] <f> <g>",
    discussion: """
      Every recorded execution of the first version is compared with what the second does in its \
      place: effects, result and error. Answers come from the recordings, else from older ones, else \
      from a file; where nobody has one, values stay unknown and the verdict says so. Executions \
      that came to no card at which the versions can differ are proven without being run.

      --over takes a System Log filter: of the executions, those whose trigger it matches, or whose \
      delivery brought an event that it matches. Where executions are chosen by more than events and \
      times, it is not told which events would start the second version.

      Executions stand in groups, the largest first, with three of each: by the card that was edited, \
      or by what --group-by says. --only shows some verdicts alone; the summary and the exit status go \
      by all of them. --report writes the same with every difference of the examples, and with what \
      was compared. With --gate, a file says which differences may be (docs/suites.md).

      What each verdict, proof and change means is in docs/verdicts.md, with examples.

      EXIT STATUS
        1  none of the executions could be compared: all were skipped; a report cannot be written
        2  a verdict other than identical or equivalent, or an event that would start the second \
      only; with --gate, a rule that was broken, and nothing else

      EXAMPLES
        auditcli diff "Breached credential@1" "Breached credential@2"
        auditcli diff notify@1 notify@2 --over 'severity eq "WARN"'
        auditcli diff notify@1 notify@2 --failed --since 2026-09-01
        auditcli diff notify@1 notify@2 --full --answers answers.json
        auditcli diff notify exports/notify.flopack --json --map oldCard=newCard
        auditcli diff notify@1 notify@2 --only broken,changed:missing --group-by connector
        auditcli diff notify@1 notify@2 --report change.md --report change.html
        auditcli diff notify@1 notify@2 --gate gate.yaml
      """
  )

  @OptionGroup var global: GlobalOptions

  @Argument(help: ArgumentHelp("The version that ran.", valueName: "f"))
  var old: String

  @Argument(help: ArgumentHelp("The version, or file, to compare with.", valueName: "g"))
  var new: String

  @OptionGroup var filters: HistoryFilterOptions

  @Flag(help: "Run every execution, also those that need not be.")
  var full = false

  @Option(help: ArgumentHelp("Cards that are the same under two ids.", valueName: "old=new"))
  var map: [String] = []

  @Option(help: ArgumentHelp("A file that answers what no recording does.", valueName: "file"))
  var answers: String?

  @OptionGroup var shown: ReportOptions
  @OptionGroup var gating: GateOptions
  @OptionGroup var work: JobOptions

  func run() throws {
    let files = try ReportFiles(shown.report)
    let gate = try gating.file()
    let log = try global.openForReading()
    let flows = NamedFlows(log)
    let before = try flows.version(old)
    let after = try flows.version(new, of: before.id)
    let differ = Differ(
      old: Program(before.closure),
      new: Program(after.closure),
      map: try Self.mappings(map)
    )
    try Self.check(differ.alignment.unusedMappings)
    before.tellWhereUnrelated(to: after)
    var judge = gate?.judge
    let report = try compare(before, after, differ, log, &judge)
    write(report)
    let outcome = judge.flatMap { judge in gate?.outcome(judge) }
    outcome?.write(json: global.json)
    let isOnlySkipped = report.summary.isOnlySkipped
    if isOnlySkipped { Output.message("Nothing could be compared: all were skipped.") }
    let coverage = Coverage(size: try log.size().count)
    let versions = ComparedVersions(
      before: ComparedVersions.Version(before),
      after: ComparedVersions.Version(after),
      chosenBy: filters.isEmpty ? nil : filters.words,
      runsEverything: full,
      map: map,
      answers: answers
    )
    try files.write(
      ComparisonReport(
        versions: versions,
        found: report,
        coverage: coverage.sentence,
        gate: outcome
      ).report
    )
    coverage.write(json: global.json)
    let status = ExitStatus(of: report.summary, found: report.hasFindings, gate: outcome)
    if status != .done { throw status.exit }
  }

  /// What comparing all of history finds; writes the lines of JSON meanwhile.
  private func compare(
    _ before: NamedFlow,
    _ after: NamedFlow,
    _ differ: Differ,
    _ log: EventLog,
    _ judge: inout GateJudge?
  ) throws -> DiffReport {
    var report = DiffReport(differ, groupedBy: shown.groupBy, only: shown.selection)
    let comparison = HistoryComparison(
      log: log,
      differ: differ,
      answers: ComparisonAnswers(log, script: try AnswerOptions.script(answers)),
      runsEverything: full,
      lost: LostStarts(log, old: before.closure.flow, new: after.closure.flow)
    )
    let triggers = try filters.triggers(in: log)
    let executions = try executions(of: before, startedBy: triggers, log)
    try comparison.run(over: executions, threads: work.threads) { result in
      judge?.take(result, ofFlow: before.id, named: before.closure.flow.name)
      let isShown = report.add(result)
      if isShown, global.json, case .object(let line) = result.value { Output.json(line) }
    }
    if filters.concernsEvents {
      report.wouldStart = try NewStarts(log, old: before.closure.flow, new: after.closure.flow)
        .find(among: triggers, at: filters.times)
    }
    judge?.take(
      wouldStart: report.wouldStart.count,
      ofFlow: before.id,
      named: before.closure.flow.name
    )
    return report
  }

  private func write(_ report: DiffReport) {
    if global.json {
      if case .object(let line) = report.value { Output.json(line) }
      return
    }
    guard report.summary.total > 0 || report.wouldStart.count > 0 else {
      let filtered = filters.isEmpty ? "is recorded" : "is chosen by \(filters.words)"
      Output.message("No execution of \(old) \(filtered).")
      return
    }
    for line in DiffText(report).lines { Output.line(line) }
  }

  /// The executions of a version in the order in which they started.
  private func executions(
    of version: NamedFlow,
    startedBy triggers: TriggerSelection?,
    _ log: EventLog
  ) throws -> [HistoryComparison.Execution] {
    var query = HistoryQuery()
    query.flow = version.id
    let visited = VisitedCards(log)
    let entries = try filters.entries(query, startedBy: triggers, in: log)
    return try entries.reversed().compactMap { entry in
      guard entry.hash == version.hash, entry.mode != .observed else { return nil }
      return HistoryComparison.Execution(
        id: entry.execution,
        trigger: entry.trigger,
        outline: try full ? nil : visited.outline(of: entry)
      )
    }
  }

  /// Checks that every mapping that was given could be used.
  ///
  /// - Throws: `Failure` with the mappings that could not.
  static func check(_ unused: [CardMapping]) throws {
    guard !unused.isEmpty else { return }
    let lines = unused.map {
      "--map \($0.text): there are no such cards, or one of them is taken already."
    }
    throw Failure(lines.joined(separator: "\n"))
  }

  static func mappings(_ map: [String]) throws -> [CardMapping] {
    try map.map { text in
      guard let mapping = CardMapping(parsing: Text(text)) else {
        throw Failure("--map \(text) is not of the form old=new.")
      }
      return mapping
    }
  }
}
