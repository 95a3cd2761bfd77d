internal import ArgumentParser
internal import Audit
internal import EventStore
internal import Values

struct ExportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: "Write events, with what the log knows of them, as JSON Lines.",
    discussion: """
      Each line is a CloudEvents object with the log's own attributes beside it; the data stands in \
      it byte for byte. Without a filter the log's own events are written too. With --json the \
      last line is not an event but tells what the log covers.

      EXAMPLES
        auditcli export --format jsonl > log.jsonl
        auditcli export --format jsonl 'severity eq "WARN"'
      """
  )

  /// What events are written as.
  enum Format: String, ExpressibleByArgument, CaseIterable {
    case jsonl
  }

  @OptionGroup var global: GlobalOptions
  @OptionGroup var options: FilterOptions

  @Option(help: "How events are written.")
  var format = Format.jsonl

  func run() throws {
    let query = try options.query()
    let log = try global.openForReading()
    let size = try log.size().count
    if query.filter == nil, query.keywords == nil, query.since == nil, query.until == nil {
      try log.read(Position(0)..<Position(size), between: Output.flush) { event in
        Output.bytes(ExportLine.bytes(event))
        return true
      }
    } else {
      try LogSearch(query, in: log, between: Output.flush).run { event in
        Output.bytes(ExportLine.bytes(try event.copy()))
        return true
      }
    }
    Coverage(size: size).write(json: global.json)
  }
}
