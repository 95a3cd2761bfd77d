internal import EventStore

/// Takes inbound documents apart into events.
///
/// One reader a thread, used for one document after another: it keeps its parser and buffers.
public final class InboundReader {
  private let json: JSONReader
  private let extractor = TermExtractor()

  /// Creates a reader.
  public init() {
    json = JSONReader()
  }
}

extension InboundReader {
  /// The events of one document, in order.
  ///
  /// That is one event, except for an event-hook delivery: the delivery itself, then each of its
  /// log events with the delivery as its parent. JSON whose fields cannot be read is one event
  /// marked `notExtractable`, to be kept all the same.
  ///
  /// - Parameters:
  ///   - bytes: The document, without anything around it.
  ///   - capacity: How many bytes are readable from the document's start; with
  ///     `JSONReader.padding` bytes to spare the document is not copied.
  ///   - format: What it is written as, or nil to guess.
  /// - Returns: The events; never none.
  /// - Throws: `JSONReadError` when the bytes are not JSON, or bring more events than one batch takes.
  /// - Complexity: O(bytes).
  public func read(
    _ bytes: UnsafeRawBufferPointer,
    capacity: Int? = nil,
    as format: InboundFormat? = nil
  ) throws(JSONReadError) -> [InboundEvent] {
    let events: Result<[InboundEvent], JSONReadError>
    do throws(JSONReadError) {
      events = try json.withDocument(bytes, capacity: capacity) { root in
        self.events(of: root, bytes, format)
      }
    } catch {
      guard error.kind == .notExtractable else { throw error }
      return [unreadable(bytes, format)]
    }
    return try events.get()
  }

  /// The events of one document of an array.
  ///
  /// - Throws: `JSONReadError` as the form for buffers does.
  public func read(
    _ bytes: [UInt8],
    as format: InboundFormat? = nil
  ) throws(JSONReadError) -> [InboundEvent] {
    let result: Result<[InboundEvent], JSONReadError> = bytes.withUnsafeBytes { buffer in
      do throws(JSONReadError) {
        return .success(try read(buffer, as: format))
      } catch {
        return .failure(error)
      }
    }
    return try result.get()
  }

  /// Reads a whole file: every document it holds, and every part of it that is none.
  ///
  /// - Parameters:
  ///   - bytes: The file.
  ///   - format: What its documents are written as, or nil to guess for each.
  ///   - body: What is done with each part and its events; a rejected part has an error.
  /// - Throws: What the body throws.
  /// - Complexity: O(bytes).
  public func readFile<Failure: Error>(
    _ bytes: UnsafeRawBufferPointer,
    as format: InboundFormat? = nil,
    _ body: (DocumentSplitter.Part, Result<[InboundEvent], JSONReadError>) throws(Failure) -> Void
  ) throws(Failure) {
    for part in DocumentSplitter(bytes) {
      try body(part, read(part, of: bytes, as: format))
    }
  }

  /// The events of one part of a file.
  public func read(
    _ part: DocumentSplitter.Part,
    of file: UnsafeRawBufferPointer,
    as format: InboundFormat? = nil
  ) -> Result<[InboundEvent], JSONReadError> {
    if let error = part.error { return .failure(error) }
    let document = UnsafeRawBufferPointer(rebasing: file[part.range])
    let capacity = file.count - part.range.lowerBound
    do throws(JSONReadError) {
      return .success(try read(document, capacity: capacity, as: format))
    } catch {
      return .failure(error)
    }
  }
}

extension InboundReader {
  private func events(
    of root: JSONElement,
    _ bytes: UnsafeRawBufferPointer,
    _ given: InboundFormat?
  ) -> Result<[InboundEvent], JSONReadError> {
    let format = given ?? InboundFormat.guess(root)
    let whole = 0..<bytes.count
    var draft = EventDraft(format: format, range: whole, extractor: extractor)
    if given != nil, !format.isMet(by: root) { draft.note(.unlikeFormat) }
    switch format {
    case .oktaEventHook: return hookEvents(of: root, bytes, consume draft)
    case .oktaSystemLog: draft.readSystemLog(root)
    case .oktaExecutionLog: readExecutionLog(root, bytes, &draft)
    case .slack: draft.readSlack(root)
    case .typeform: draft.readTypeform(root)
    case .googleForms: draft.readGoogleForms(root)
    case .apiEndpoint: draft.readEndpointCall(root)
    case .cloudEvents: draft.readCloudEvent(root)
    case .json: draft.readGeneric(root)
    }
    return .success([(consume draft).finished()])
  }

  private func hookEvents(
    of root: JSONElement,
    _ bytes: UnsafeRawBufferPointer,
    _ draft: consuming EventDraft
  ) -> Result<[InboundEvent], JSONReadError> {
    let items = root["data"]?["events"].flatMap { $0.kind == .array ? $0 : nil }
    // Each of them takes far more memory than the three bytes that bring it.
    if let items, items.count >= EventLog.maximumBatchCount {
      return .failure(.tooManyEvents(1 + items.count))
    }
    // Moved, since a copy would have its buffer copied by the first field.
    var delivery = draft
    delivery.readDelivery(root)
    var all: [InboundEvent] = []
    if let items, let ranges = itemRanges(of: items, bytes) {
      all.reserveCapacity(1 + ranges.count)
      for (event, range) in zip(items.items, ranges) {
        var child = EventDraft(
          format: .oktaSystemLog,
          range: range,
          parent: 0,
          extractor: extractor
        )
        child.inherit(from: delivery)
        child.readSystemLog(event)
        all.append(child.finished())
      }
    } else {
      delivery.note(.unlikeFormat)
    }
    // Only what the delivery says itself is its events' too, so it is finished behind them.
    all.insert(delivery.finished(), at: 0)
    return .success(all)
  }

  /// Where the log events of a delivery stand.
  private func itemRanges(
    of events: JSONElement,
    _ bytes: UnsafeRawBufferPointer
  ) -> [Range<Int>]? {
    let count = events.count
    if let ranges = json.items(of: "data", "events", in: bytes, count: count) { return ranges }
    let cutter = JSONCutter(bytes)
    return cutter.value(at: ["data", "events"]).flatMap { cutter.items(of: $0) }
  }

  private func readExecutionLog(
    _ root: JSONElement,
    _ bytes: UnsafeRawBufferPointer,
    _ draft: inout EventDraft
  ) {
    guard ExecutionLogBody.find(in: root) == .member, let body = root["body"],
      let range = JSONCutter(bytes).value(at: ["body"])
    else { return draft.readExecutionLog(root) }
    draft.unwrap(range)
    draft.readExecutionLog(body)
  }

  private func unreadable(
    _ bytes: UnsafeRawBufferPointer,
    _ format: InboundFormat?
  ) -> InboundEvent {
    var draft = EventDraft(
      format: format ?? .json,
      range: 0..<bytes.count,
      extractor: extractor
    )
    draft.note(.notExtractable)
    return draft.finished()
  }
}
