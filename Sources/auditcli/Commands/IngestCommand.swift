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

  @Argument(help: ArgumentHelp("Files; - reads standard input.", valueName: "file"))
  var files: [String]

  func run() throws {
    let inputs = try files.map(InputFile.init)
    let log = try global.openForWriting()
    var options = IngestOptions()
    options.format = format
    options.origin = origin
    let ingest = Ingest(into: log, options)
    for input in inputs {
      var line = ProgressLine(input.name)
      var listener = Ingest.Listener()
      listener.rejected = { rejection in
        Output.message("\(rejection.file):\(rejection.line): \(rejection.reason)")
      }
      listener.progress = { line.show(UInt64($0), of: UInt64(input.count), unit: "bytes") }
      try input.withBytes { try ingest.append($0, name: input.name, listener) }
      line.clear()
    }
    write(ingest.report)
    Coverage(size: try log.size().count).write(json: global.json)
    if ingest.report.rejected > 0 { throw ExitStatus.found.exit }
  }

  private func write(_ report: IngestReport) {
    guard global.json else {
      var parts = ["\(report.appended) appended", "\(report.duplicates) duplicates"]
      parts.append("\(report.conflicting) conflicting")
      parts.append("\(report.rejected) rejected")
      if let positions = report.positions {
        parts.append("positions \(positions.lowerBound) to \(positions.upperBound)")
      }
      Output.line(parts.joined(separator: ", "))
      return
    }
    Output.json([
      "appended": .number(Double(report.appended)),
      "duplicates": .number(Double(report.duplicates)),
      "conflicting": .number(Double(report.conflicting)),
      "rejected": .number(Double(report.rejected)),
      "first": report.positions.map { .number(Double($0.lowerBound.rawValue)) } ?? nil,
      "last": report.positions.map { .number(Double($0.upperBound.rawValue)) } ?? nil,
    ])
  }
}

// The command line reads formats by their names.
extension InboundFormat: ExpressibleByArgument {}
