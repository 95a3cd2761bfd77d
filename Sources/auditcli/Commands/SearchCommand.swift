internal import ArgumentParser
internal import Audit
internal import EventStore
internal import Values

struct SearchCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "search",
    abstract: "Find events with Okta's System Log filter language.",
    discussion: """
      Operators: eq ne co sw ew gt ge lt le pr in, and, or, not, parentheses. Texts compare without \
      regard to case. With --json each event is printed as it was received, on one line.

      EXAMPLES
        auditcli search 'eventType eq "user.session.start" and outcome.result eq "FAILURE"'
        auditcli search --actor ada@example.com --since 2026-09-01
        auditcli search 'target.type eq "UserGroup"' --explain
        auditcli search --q "breached password" --descending --limit 5
        auditcli search --as-of 1200 'severity eq "WARN"'
      """
  )

  @OptionGroup var global: GlobalOptions
  @OptionGroup var options: FilterOptions

  @Option(
    help: ArgumentHelp("Search the log as it was with that many events.", valueName: "size")
  )
  var asOf: UInt64?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("At most that many events.", valueName: "n")
  )
  var limit: Int?

  @Flag(help: "What was recorded last first.")
  var descending = false

  @Flag(help: "Tell how the search was carried out instead of what it found.")
  var explain = false

  func validate() throws {
    if let limit, limit < 1 { throw ValidationError("--limit takes a number from 1.") }
  }

  func run() throws {
    var query = try options.query()
    query.asOf = asOf
    query.limit = limit ?? .max
    query.order = descending ? .descending : .ascending
    let log = try global.openForReading()
    if let asOf, asOf > (try log.size().count) {
      throw Failure("the log has \(try log.size().count) events, fewer than --as-of \(asOf)")
    }
    var table = TextTable("POSITION", "TIME", "TYPE", "ACTOR", "TARGET", "OUTCOME")
    let reader = JSONReader()
    let plan = try LogSearch(query, in: log, between: Output.flush).run { event in
      guard !explain else { return true }
      let data = try event.data()
      if global.json {
        Output.bytes(ExportLine.onOneLine(data))
      } else {
        Self.add(event, data, reader, to: &table)
      }
      return true
    }
    if explain {
      write(plan)
    } else if !global.json {
      table.isEmpty ? Output.message("No event matches.") : table.write()
    }
    Coverage(size: plan.size).write(json: global.json)
  }

  private static func add(
    _ event: LentEvent,
    _ data: UnsafeRawBufferPointer,
    _ reader: JSONReader,
    to table: inout TextTable
  ) {
    let summary = try? reader.withDocument(data) { EventSummary($0) }
    table.add(
      String(event.position.rawValue),
      time(of: event),
      summary?.type ?? "",
      summary?.actor ?? "",
      summary?.target ?? "",
      summary?.outcome ?? ""
    )
  }

  /// When the event happened; of one that came from outside and does not say, nothing.
  private static func time(of event: LentEvent) -> String {
    if let time = event.timestamp { return TimeText.of(time) }
    return InboundEventType.isInbound(event.type) ? "-" : TimeText.of(event.recordedTime)
  }

  private func write(_ plan: LogSearch.Plan) {
    guard global.json else {
      let index = plan.indexed.isEmpty ? "none: every event was read" : ""
      Output.line("index       \(index)\(plan.indexed.joined(separator: ", "))")
      Output.line("segments    \(plan.segments)")
      Output.line("rows        \(plan.rows)")
      Output.line("candidates  \(plan.candidates)")
      Output.line("found       \(plan.found)")
      return
    }
    Output.json([
      "index": .list(plan.indexed.map { .text(Text($0)) }),
      "segments": .number(Double(plan.segments)), "rows": .number(Double(plan.rows)),
      "candidates": .number(Double(plan.candidates)), "found": .number(Double(plan.found)),
    ])
  }
}
