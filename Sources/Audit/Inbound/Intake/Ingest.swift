public import EventStore

/// Reads files of events into a log: parsed, deduplicated, indexed and durable.
///
/// Threads parse, hash and compress while the caller's appends, a commit for about twelve thousand events.
/// What is appended stands in the order of the files, whatever the threads do. Files may be of any
/// length; little of them is in memory at a time.
///
/// ```swift
/// let report = try Ingest(into: log).run(["events.ndjson"]) { print($0.file, $0.line, $0.reason) }
/// ```
public struct Ingest {
  private let log: EventLog
  private let options: IngestOptions

  /// Makes an ingest; nothing is read yet.
  public init(into log: EventLog, _ options: IngestOptions = IngestOptions()) {
    self.log = log
    self.options = options
  }

  /// How many new events are worth a dictionary, and are looked at for one.
  static let trainingCount = 400

  /// Ingests the files; `-` is standard input.
  ///
  /// What was appended when an error is thrown stays, and is found again by the next ingest.
  ///
  /// - Parameters:
  ///   - files: The files' names, in the order in which their events are appended.
  ///   - rejected: Told of each document that is no event.
  ///   - progress: Told after each piece; counts what is committed.
  /// - Returns: What became of the events.
  /// - Throws: `InterruptedIngest` where a file cannot be read or events cannot be appended;
  ///   `IngestError` where that shows before the first append.
  /// - Complexity: O(bytes) time; memory for some thirty pieces of 1 MiB.
  @available(*, noasync)
  public func run(
    _ files: [String],
    rejected: (RejectedDocument) -> Void = { _ in },
    progress: (IngestProgress) -> Void = { _ in }
  ) throws -> IngestReport {
    var feed = InboundFeed(files)
    let intake = try makeIntake()
    let format = options.format ?? options.hook?.assumedFormat
    if !log.hasDictionary(.inbound) { try trainDictionary(&feed, intake, format) }
    let pipeline = IngestPipeline(
      feed,
      intake,
      format: options.format ?? options.hook?.format,
      log,
      keepsSecrets: options.keepsSecrets,
      threads: options.threads
    )
    let totalBytes = InboundFile.totalSize(of: files)
    var commits = IngestCommits(log)
    var bytes = 0
    let outcome = Result {
      try pipeline.run { result in
        for document in result.rejected { rejected(RejectedDocument(document, in: files)) }
        commits.report.count(result)
        let bytesLeft = totalBytes.map { $0 - bytes }
        for batch in result.batches { try commits.add(batch, bytesLeft: bytesLeft) }
        bytes += result.bytes
        progress(commits.report.progress(bytes: bytes, totalBytes: totalBytes))
      }
    }
    // What was prepared is appended also where reading on has failed.
    let rest = Result { try commits.commit() }
    progress(commits.report.progress(bytes: bytes, totalBytes: totalBytes))
    do {
      try outcome.get()
      try rest.get()
    } catch {
      throw InterruptedIngest(report: commits.report, cause: error)
    }
    return commits.report
  }

  private func makeIntake() throws -> Intake {
    let settings = StoreSettings(log)
    let given = options.origin.map(Origin.normalized)
    if let given { try settings.offerDefaultOrigin(given) }
    let standIn = options.hook?.origin.map(Origin.normalized)
    return Intake(
      origin: given,
      defaultOrigin: try standIn ?? settings.defaultOrigin(),
      hook: options.hook
    )
  }

  private func trainDictionary(
    _ feed: inout InboundFeed,
    _ intake: Intake,
    _ format: InboundFormat?
  ) throws {
    let pieces = try feed.peek(atLeast: Self.trainingCount)
    let reader = InboundReader()
    let json = JSONReader()
    let secrets = options.keepsSecrets ? nil : InboundSecrets(log)
    var samples = SampleMask()
    func add(_ events: [InboundEvent], in document: UnsafeRawBufferPointer) {
      _ = intake.forEachDraft(of: events, in: document, json) {
        // What it is indexed by is no part of what is compressed.
        var sample = $0
        sample.terms = []
        samples.add(EventStore.EventDraft(copying: sample))
      }
    }
    for piece in pieces {
      piece.forEach { part in
        guard samples.count < Self.trainingCount,
          let events = try? reader.read(part, of: piece.window.bytes, as: format).get()
        else { return }
        let document = UnsafeRawBufferPointer(rebasing: piece.window.bytes[part.range])
        guard let covered = secrets?.covered(document, events) else {
          return add(events, in: document)
        }
        // What many documents hold stands in the dictionary as it is.
        covered.bytes.withUnsafeBytes { document in
          if let events = try? reader.read(document, as: format) { add(events, in: document) }
        }
      }
    }
    guard samples.count >= Self.trainingCount else { return }
    try log.trainDictionary(.inbound, samples: samples.masked())
  }
}
