internal import ArgumentParser
internal import Audit
internal import EventStore
internal import Replay
internal import Values

struct FailuresCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "failures",
    abstract: "Failed executions, by what they likely failed of.",
    discussion: """
      Executions of a flow that failed at one card with one kind of error and one message stand together, \
      the largest cluster first; ids, addresses, times and numbers in a message do not count. What a \
      later run has repaired is left out. A cluster keeps its name as long as it fails in the same \
      way, so it can be named: replay --cluster runs it again with a corrected flow, and sends nothing.

      EXIT STATUS
        2  there are failed executions

      EXAMPLES
        auditcli failures
        auditcli failures --flow "Breached credential" --since 2026-09-01
        auditcli failures --json
        auditcli replay --cluster fc-3f0c --with fixed.flopack
      """
  )

  @OptionGroup var global: GlobalOptions
  @OptionGroup var time: TimeRangeOptions

  @Option(help: ArgumentHelp("Only of this flow: name, name@version, id or hash.", valueName: "f"))
  var flow: String?

  @Option(help: ArgumentHelp("Only those that ran so.", valueName: "mode"))
  var mode: ExecutionMode?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("At most that many clusters.", valueName: "n")
  )
  var limit: Int?

  func validate() throws {
    guard limit ?? 0 >= 0 else { throw ValidationError("--limit takes a number from 0 on.") }
  }

  func run() throws {
    let log = try global.openForReading()
    var query = HistoryQuery()
    query.since = time.since?.milliseconds
    query.until = time.until?.milliseconds
    query.mode = mode
    if let flow { try NamedFlows(log).limit(&query, to: flow) }
    let clusters = try Failures(log).clusters(query)
    let shown = clusters.prefix(limit ?? .max)
    for cluster in shown {
      if global.json { Output.json(cluster.json) } else { cluster.writeText() }
    }
    if !global.json { writeEnd(clusters, shown: shown.count) }
    Coverage(size: try log.size().count).write(json: global.json)
    if !clusters.isEmpty { throw ExitStatus.found.exit }
  }

  private func writeEnd(_ clusters: [FailureCluster], shown: Int) {
    guard !clusters.isEmpty else { return Output.message("No failed execution.") }
    if clusters.count > shown { Output.line("… and \(clusters.count - shown) more clusters\n") }
    let count = clusters.reduce(0) { $0 + $1.count }
    let executions = count == 1 ? "1 failed execution" : "\(count) failed executions"
    Output.line(
      "\(executions) in \(clusters.count == 1 ? "1 cluster" : "\(clusters.count) clusters")"
    )
  }
}

extension FailureCluster {
  /// Count and card, then what was said, then when, and where to look.
  fileprivate func writeText() {
    let versions = versions.isEmpty ? "" : "@" + versions.map(String.init).joined(separator: ",")
    let place = (card.map { "\($0.description.visible) in " } ?? "") + flow.description.visible
    Output.line(Style.bad("\(count) ×") + " " + Style.strong(place + versions) + "  \(id)")
    let said = [kind, message].compactMap { $0?.description.visible }.joined(separator: ": ")
    if !said.isEmpty { Output.line("    \(said)") }
    let span = first == last ? TimeText.of(last) : "\(TimeText.of(first)) to \(TimeText.of(last))"
    Output.line("    \(span)")
    Output.line("    the last: \(exemplar)\n")
  }
}
