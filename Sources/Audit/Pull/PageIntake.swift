internal import EventStore

/// Appends what pages of an org's System Log bring, a page a commit.
///
/// For one thread at a time.
final class PageIntake {
  /// What became of a page.
  struct Outcome {
    /// How many entries it has.
    var count = 0
    /// How many were left for later, being too young.
    var heldBack = 0
    /// How many were taken that claim a time behind the horizon.
    var ahead = 0
    /// How many of its parts are no entries.
    var rejected = 0
    /// The latest time up to the horizon that an entry of those taken claims.
    var published: Int64?
    /// What became of the entries that were taken, in order.
    var outcomes: [AppendOutcome] = []
  }

  /// The body of an answer is no page; another attempt may bring one.
  struct Damaged: Error, CustomStringConvertible {
    let description: String
  }

  private let log: EventLog
  private let intake: Intake
  private let reader = InboundReader()
  private let json = JSONReader()
  private var builder: BatchBuilder

  init(_ log: EventLog, origin: [UInt8], connection: String) throws {
    self.log = log
    intake = Intake(
      origin: origin,
      correlation: Array(PulledEvents.correlationPrefix.utf8) + Array(connection.utf8)
    )
    builder = try log.batchBuilder()
  }

  /// Appends a page; what is told to be in the log is durable.
  ///
  /// - Parameters:
  ///   - body: The answer's body.
  ///   - end: Entries that claim a time at or behind this one are left for later; nil to take all.
  ///   - horizon: Those that claim a time behind this one are taken all the same: no clock is ahead so far, and
  ///     nothing would come in until that time.
  /// - Returns: What became of its entries.
  /// - Throws: `EventLogError` where the log does not take it.
  @available(*, noasync)
  func append(_ body: [UInt8], before end: Int64?, horizon: Int64) throws -> Outcome {
    var outcome = Outcome()
    try body.withUnsafeBytes { page in
      if !log.hasDictionary(.inbound) { try trainDictionary(page) }
      for part in DocumentSplitter(page) {
        outcome.count += 1
        guard part.error == nil, page[part.range.lowerBound] == UInt8(ascii: "{") else {
          outcome.rejected += 1
          continue
        }
        try add(part, of: page, before: end, horizon, &outcome)
      }
    }
    if builder.count > 0 { outcome.outcomes = try log.append(builder.take()) }
    return outcome
  }

  private func add(
    _ part: DocumentSplitter.Part,
    of page: UnsafeRawBufferPointer,
    before end: Int64?,
    _ horizon: Int64,
    _ outcome: inout Outcome
  ) throws {
    guard let events = try? reader.read(part, of: page, as: .oktaSystemLog).get() else {
      outcome.rejected += 1
      return
    }
    let time = events.first?.time.milliseconds
    let isAhead = time.map { $0 > horizon } ?? false
    if let time, let end, time >= end, !isAhead {
      outcome.heldBack += 1
      return
    }
    let document = UnsafeRawBufferPointer(rebasing: page[part.range])
    do {
      _ = try intake.forEachDraft(of: events, in: document, json) { try EventLog.check($0) }
    } catch is EventLogError {
      outcome.rejected += 1
      return
    }
    _ = try intake.forEachDraft(of: events, in: document, from: builder.count, json) {
      try builder.add($0)
    }
    if isAhead { return outcome.ahead += 1 }
    outcome.published = [outcome.published, time].compactMap { $0 }.max()
  }

  /// Throws `Damaged` where a body is no list.
  func check(_ body: [UInt8]) throws(Damaged) {
    let isList: Bool
    do throws(JSONReadError) {
      isList = try json.withDocument(body) { $0.kind == .array }
    } catch {
      guard error.kind == .notExtractable else {
        throw Damaged(description: "the answer is \(error)")
      }
      isList = body.first { !$0.isJSONWhitespace } == UInt8(ascii: "[")
    }
    guard isList else { throw Damaged(description: "the answer is JSON, but no list") }
  }

  /// Trains the log's dictionary, where the page has enough entries for one.
  private func trainDictionary(_ page: UnsafeRawBufferPointer) throws {
    var samples = SampleMask()
    for part in DocumentSplitter(page) where samples.count < Ingest.trainingCount {
      guard let events = try? reader.read(part, of: page, as: .oktaSystemLog).get() else {
        continue
      }
      let document = UnsafeRawBufferPointer(rebasing: page[part.range])
      _ = intake.forEachDraft(of: events, in: document, json) {
        // What it is indexed by is no part of what is compressed.
        var sample = $0
        sample.terms = []
        samples.add(EventStore.EventDraft(copying: sample))
      }
    }
    guard samples.count >= Ingest.trainingCount else { return }
    try log.trainDictionary(.inbound, samples: samples.masked())
  }
}
