public import EventStore
internal import Glibc

/// Appends what files hold, in the order it stands there.
///
/// Documents are read, hashed and compressed on all cores, a few chunks ahead of the one thread that
/// commits; between commits it leaves other writers a moment.
public final class Ingest {
  private let log: EventLog
  private let options: IngestOptions
  /// What it did so far.
  public private(set) var report = IngestReport()

  private static let chunkCount = 500
  private static let chunkBytes = 2 << 20

  /// Makes an ingest into `log`.
  public init(into log: EventLog, _ options: IngestOptions = IngestOptions()) {
    self.log = log
    self.options = options
  }
}

extension Ingest {
  /// Who is told what happens during an ingest.
  public struct Listener {
    /// Told of the outcomes of each commit, in order.
    public var appended: ([AppendOutcome]) throws -> Void = { _ in }
    /// Told of each part that is not JSON; the rest is kept.
    public var rejected: (IngestReport.Rejection) -> Void = { _ in }
    /// Told how many bytes of the file are done.
    public var progress: (Int) -> Void = { _ in }

    /// Makes a listener that listens to nothing.
    public init() {}
  }

  /// Appends every document of a file.
  ///
  /// - Parameters:
  ///   - bytes: The file; it must not change meanwhile.
  ///   - name: What rejections call it.
  ///   - listener: Told what happens.
  /// - Throws: What appending and the listener throw; what was appended before stays.
  /// - Complexity: O(bytes); memory for a few chunks of 2 MiB.
  @available(*, noasync)
  public func append(
    _ bytes: UnsafeRawBufferPointer,
    name: String,
    _ listener: Listener = Listener()
  ) throws {
    try trainDictionary(bytes)
    var splitter = DocumentSplitter(bytes)
    let pipeline = IngestPipeline(log: log, options: options, file: bytes)
    var isAtEnd = false
    repeat {
      while !isAtEnd, pipeline.hasRoom {
        let parts = Self.chunk(&splitter)
        isAtEnd = parts.isEmpty
        if !isAtEnd { pipeline.begin(parts) }
      }
      guard let ready = try pipeline.finishFirst() else { break }
      try commit(ready, name, listener)
    } while true
  }

  private func commit(
    _ ready: IngestPipeline.Ready,
    _ name: String,
    _ listener: Listener
  ) throws {
    for rejection in ready.rejections {
      report.rejected += 1
      listener.rejected(
        .init(file: name, line: rejection.line, reason: rejection.error.description)
      )
    }
    report.filtered += ready.filtered
    for batch in ready.batches {
      let outcomes = try log.append(batch)
      outcomes.forEach { report.count($0) }
      try listener.appended(outcomes)
      // LMDB's writer lock is unfair: leave others a moment to take it.
      usleep(1000)
    }
    listener.progress(ready.end)
  }

  private static func chunk(_ splitter: inout DocumentSplitter) -> [DocumentSplitter.Part] {
    var parts: [DocumentSplitter.Part] = []
    var bytes = 0
    while parts.count < chunkCount, bytes < chunkBytes, let part = splitter.next() {
      parts.append(part)
      bytes += part.range.count
    }
    return parts
  }

  /// Trains the dictionary of inbound events where there is none and the file has enough of them.
  private func trainDictionary(_ bytes: UnsafeRawBufferPointer) throws {
    guard !log.hasDictionary(.inbound) else { return }
    var splitter = DocumentSplitter(bytes)
    var parts: [DocumentSplitter.Part] = []
    while parts.count < SampleMask.sampleCount * 4, let part = splitter.next() {
      if part.error == nil { parts.append(part) }
    }
    guard parts.count >= SampleMask.sampleCount else { return }
    let intake = Intake(options)
    var samples: [EventStore.EventDraft] = []
    for index in stride(from: 0, to: parts.count, by: parts.count / SampleMask.sampleCount) {
      samples += (try? intake.drafts(of: parts[index], in: bytes)) ?? []
    }
    try log.trainDictionary(.inbound, samples: SampleMask.masked(samples))
  }
}
