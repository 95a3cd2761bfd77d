public import ArgumentParser
public import Audit
internal import EventStore
internal import Values

struct IngestCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "ingest",
    abstract: "Append what files hold: System Log entries, hook deliveries, webhooks.",
    discussion: """
      Takes JSON Lines, arrays and single documents, and guesses for each what it is. Every byte is \
      kept as it came. What is in the log already is not appended again; the same id with other \
      bytes is kept as a conflict. Parts that are not JSON are named and left out, the rest is kept.

      EXIT STATUS
        2  something was left out

      EXAMPLES
        auditcli ingest system-log.ndjson
        auditcli ingest --format okta-event-hook delivery.json
        zcat logs/*.gz | auditcli ingest --origin https://acme.example.com -
      """
  )

  @OptionGroup var global: GlobalOptions

  @Option(
    help: ArgumentHelp(
      "What the documents are: \(InboundFormat.allCases.map(\.rawValue).joined(separator: ", ")).",
      discussion: "Guessed for each document when absent.",
      valueName: "format"
    )
  )
  var format: InboundFormat?

  @Option(
    help: ArgumentHelp(
      "Who the events speak for, such as https://acme.okta.com.",
      discussion: "Default: what the payload says.",
      valueName: "origin"
    )
  )
  var origin: String?

  @Option(
    help: ArgumentHelp(
      "A hook's file: what it would not have delivered is left out.",
      valueName: "file"
    )
  )
  var hook: String?

  @Argument(help: ArgumentHelp("Files; - reads standard input.", valueName: "file"))
  var files: [String]

  func run() throws {
    let hook = try hook.map { try Hook(file: InputFile($0).bytes) }
    let options = IngestOptions(format: format, origin: origin, hook: hook)
    let log = try global.openForWriting()
    var line = ProgressLine("ingest")
    let report = try Ingest(into: log, options).run(files) { rejection in
      Output.message("\(rejection.file):\(rejection.line): \(rejection.reason)")
    } progress: {
      line.show(UInt64($0.bytes), of: $0.totalBytes.map(UInt64.init), unit: "bytes")
    }
    line.clear()
    write(report)
    Coverage(size: try log.size().count).write(json: global.json)
    if report.rejected > 0 { throw ExitStatus.found.exit }
  }

  private func write(_ report: IngestReport) {
    guard global.json else {
      var parts = ["\(report.appended) appended", "\(report.duplicates) duplicates"]
      parts.append("\(report.conflicting) conflicting")
      parts.append("\(report.rejected) rejected")
      if hook != nil { parts.append("\(report.filtered) filtered") }
      if let first = report.first, let last = report.last {
        parts.append("positions \(first) to \(last)")
      }
      Output.line(parts.joined(separator: ", "))
      return
    }
    Output.json([
      "appended": .number(Double(report.appended)),
      "duplicates": .number(Double(report.duplicates)),
      "conflicting": .number(Double(report.conflicting)),
      "rejected": .number(Double(report.rejected)),
      "first": report.first.map { .number(Double($0.rawValue)) } ?? nil,
      "last": report.last.map { .number(Double($0.rawValue)) } ?? nil,
    ])
  }
}

// The command line reads formats by their names.
extension InboundFormat: ExpressibleByArgument {}
