public import ArgumentParser
public import Audit
internal import EventStore
internal import Flows
internal import Replay
internal import Values

struct IngestCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "ingest",
    abstract: "Append what files hold: System Log entries, hook deliveries, webhooks.",
    usage: "auditcli ingest [<options>] <file> ...",
    discussion: """
      Takes JSON Lines, arrays and single documents, and guesses for each what it is. Every byte is \
      kept as it came, but for tokens and passwords that webhooks bring: digests stand in their \
      place. What is in the log already is not appended again; the same id with other \
      bytes is kept as a conflict. Parts that are not JSON are named and left out, the rest is kept.

      EXIT STATUS
        2  something was left out

      EXAMPLES
        auditcli ingest system-log.ndjson
        auditcli ingest --format okta-event-hook delivery.json
        auditcli ingest --explain --hook breached-credentials.json deliveries.ndjson
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
      discussion: """
        Default: what the payload says, else what was given first for this store. The same event of \
        two origins is two events.
        """,
      valueName: "origin"
    )
  )
  var origin: String?

  @Option(
    name: .customLong("hook"),
    help: ArgumentHelp(
      "A hook's file: its filter decides what is let through.",
      valueName: "file"
    )
  )
  var hookFile: String?

  @Flag(help: "Run the active flows that the events start and have not started before.")
  var start = false

  @Flag(help: "Tell of each new event why it does not start each of the other active flows.")
  var explain = false

  @OptionGroup var secrets: SecretOptions
  @OptionGroup var actor: ActorOptions
  @OptionGroup var answers: AnswerOptions
  @OptionGroup var saving: SavingOptions

  @Argument(help: ArgumentHelp("Files; - reads standard input.", valueName: "file"))
  var files: [String]

  func validate() throws {
    guard let origin else { return }
    guard !origin.isEmpty, !origin.contains(where: \.isWhitespace) else {
      throw ValidationError(
        "'\(origin)' is no origin. Give a URL or a host, such as https://acme.okta.com."
      )
    }
  }

  func run() throws {
    let log = try global.openForWriting()
    let hook = try hook()
    // What cannot be started is told before anything is appended.
    var starts = try starts(hook, log)
    var line = ProgressLine("Ingesting")
    let ingest = Ingest(
      into: log,
      IngestOptions(
        format: format,
        origin: origin,
        hook: hook,
        keepsSecrets: secrets.areKept
      )
    )
    let report: IngestReport
    var rejections = Rejections()
    let defaultOrigin = try StoreSettings(log).defaultOrigin()
    var interruption: InterruptedIngest?
    do {
      report = try ingest.run(
        files,
        rejected: { rejections.tell($0) },
        progress: { progress in
          line.show(UInt64(progress.bytes), of: progress.totalBytes.map(UInt64.init), unit: "bytes")
        }
      )
    } catch let error as InterruptedIngest {
      // What was appended is not new to the next ingest: what it starts is started now.
      interruption = error
      report = error.report
    }
    line.clear()
    write(report)
    rejections.tellRest()
    for remark in try remarks(report, default: defaultOrigin, log) { Output.message(remark) }
    do {
      // What an earlier ingest appended and did not come to start is started now.
      if start { try starts.catchUp(with: report.knownPositions, before: report.first) }
      try starts.go(through: report.positions)
    } catch {
      guard interruption != nil else { throw error }
      Output.message("\(error)")
    }
    starts.tellEnd()
    Coverage(size: try log.size().count).write(json: global.json)
    if let interruption { throw interruption }
    if report.rejected > 0 || starts.started.unanswered + starts.started.unsupported > 0 {
      throw ExitStatus.found.exit
    }
  }

  private func starts(_ hook: Hook?, _ log: EventLog) throws -> IngestStarts {
    IngestStarts(
      planner: try StartPlanner(log, hook: hook),
      local: LocalRun(
        log: log,
        actor: actor.claimed,
        script: try answers.script(),
        typedSeed: answers.isTyped ? answers.seed : nil,
        saving: saving.saving,
        secrets: RunSecrets(ConnectionPlace(nil))
      ),
      runs: start,
      explains: explain,
      json: global.json
    )
  }

  /// What of the events somebody should know.
  private func remarks(
    _ report: IngestReport,
    default before: [UInt8]?,
    _ log: EventLog
  ) throws -> [String] {
    var remarks: [String] = []
    let now = try StoreSettings(log).defaultOrigin()
    let name = String(decoding: now ?? [], as: UTF8.self).visible
    if before == nil, now != nil {
      remarks.append("Events that name no origin speak for \(name) in this store from now on.")
    } else if report.withDefaultOrigin > 0, hookFile == nil {
      remarks.append(
        "\(report.withDefaultOrigin) events name no origin and are taken to speak for \(name)."
      )
    }
    if report.withoutOrigin > 0 {
      remarks.append(
        "\(report.withoutOrigin) events do not say whom they speak for; tell it with --origin."
      )
    }
    if report.unreadable > 0 {
      remarks.append(
        "\(report.unreadable) events hold what cannot be read; they are kept, and no filter finds them."
      )
    }
    if report.timeless > 0 {
      remarks.append(
        "\(report.timeless) events do not say when they happened; no --since or --until finds them."
      )
    }
    if report.withoutOffset > 0 {
      remarks.append(
        "\(report.withoutOffset) events give no offset with their time; it was taken as UTC."
      )
    }
    if report.covered > 0 {
      remarks.append(secrets.remark("\(report.covered) events", report.secretNames))
    }
    return remarks
  }

  private func hook() throws -> Hook? {
    guard let hookFile else { return nil }
    do {
      return try Hook(file: InputFile(hookFile).bytes)
    } catch let error as HookFileError {
      throw Failure("\(hookFile): \(error)")
    }
  }

  private func write(_ report: IngestReport) {
    guard global.json else {
      var parts = ["\(report.appended) appended", "\(report.duplicates) duplicates"]
      parts.append("\(report.conflicting) conflicting")
      parts.append("\(report.rejected) rejected")
      if report.filtered > 0 { parts.append("\(report.filtered) kept out by the hook's filter") }
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
      "filtered": .number(Double(report.filtered)),
      "unreadable": .number(Double(report.unreadable)),
      "timeless": .number(Double(report.timeless)),
      "withoutOffset": .number(Double(report.withoutOffset)),
      "secretsCovered": .number(Double(report.covered)),
      "first": report.first.map { .number(Double($0.rawValue)) } ?? .null,
      "last": report.last.map { .number(Double($0.rawValue)) } ?? .null,
    ])
  }
}

// The command line reads formats by their names.
extension InboundFormat: ExpressibleByArgument {}

/// The parts of files that were left out, as they are told of.
private struct Rejections {
  private var count = 0
  /// More would push what matters off the screen.
  private static let limit = 100

  mutating func tell(_ rejected: RejectedDocument) {
    count += 1
    guard count <= Self.limit else { return }
    Output.message("\(rejected.file):\(rejected.line): \(rejected.reason)")
  }

  /// Tells how many were not told of.
  func tellRest() {
    guard count > Self.limit else { return }
    Output.message("… and \(count - Self.limit) further parts were left out.")
  }
}
