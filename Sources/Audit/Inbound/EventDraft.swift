/// An inbound event while its fields are being gathered.
struct EventDraft {
  private let format: InboundFormat
  private var range: Range<Int>
  private let parent: Int?
  private let extractor: TermExtractor
  var fields = InboundEvent.Fields()
  private var buffer = TermBuffer()
  private var time = EventTime.absent
  private var irregularities: InboundEvent.Irregularities = []

  init(format: InboundFormat, range: Range<Int>, parent: Int? = nil, extractor: TermExtractor) {
    self.format = format
    self.range = range
    self.parent = parent
    self.extractor = extractor
    buffer.reserve(forEventOf: range.count)
  }

  /// The event, with what the payload left out filled in.
  consuming func finished() -> InboundEvent {
    if fields.id == nil { irregularities.insert(.noID) }
    if fields.type == nil { fields.type = buffer.append(format.rawValue.utf8) }
    if fields.source == nil { fields.source = buffer.append(format.rawValue.utf8) }
    if time.reading == .assumedUTC { irregularities.insert(.timeAssumedUTC) }
    if time.reading == .unreadable { irregularities.insert(.timeUnreadable) }
    return InboundEvent(
      format: format,
      range: range,
      parent: parent,
      time: time,
      irregularities: irregularities,
      fields: fields,
      buffer: buffer
    )
  }
}

// MARK: - What a format's reader notes

extension EventDraft {
  /// Notes something unusual.
  mutating func note(_ irregularity: InboundEvent.Irregularities) {
    irregularities.insert(irregularity)
  }

  /// Takes the bytes of a part of the document as the event's own.
  mutating func unwrap(_ range: Range<Int>) {
    self.range = range
    note(.unwrapped)
  }

  /// Takes source and origin from the delivery an event came in.
  mutating func inherit(from delivery: EventDraft) {
    if let source = delivery.fields.source {
      fields.source = buffer.append(delivery.buffer.bytes[source])
    }
    if let origin = delivery.fields.origin {
      fields.origin = buffer.append(delivery.buffer.bytes[origin])
    }
  }

  /// Gathers the index terms.
  mutating func index(_ event: JSONElement) {
    extractor.extract(from: event, into: &buffer)
  }

  /// Copies an element that has text or is a number, to stand as a field; nil for others.
  mutating func copy(_ element: JSONElement?) -> Range<Int>? {
    guard let element else { return nil }
    if let text = element.text { return text.count > 0 ? buffer.append(text) : nil }
    return element.number.map { buffer.append($0.text.utf8) }
  }

  /// Copies bytes, to stand as a field.
  mutating func copy(bytes: some Collection<UInt8>) -> Range<Int>? {
    buffer.append(bytes)
  }

  /// Sets source and, where it is a URL with a host, origin.
  mutating func setSource(_ source: JSONElement?) {
    guard let text = source?.text, text.count > 0 else { return }
    fields.source = copy(source)
    if let origin = Origin.ofURL(text) {
      fields.origin = copy(bytes: origin)
    } else {
      note(.sourceWithoutHost)
    }
  }

  /// Sets the time from the text of an element.
  mutating func setTime(_ element: JSONElement?) {
    guard let element, !element.isNull else { return }
    time = element.text.map { EventTime($0) } ?? .unreadable
    fields.time = copy(element)
  }

  /// Sets the time from a count of seconds, as a number or as text.
  mutating func setTime(seconds element: JSONElement?) {
    guard let element, !element.isNull else { return }
    let number = element.number ?? element.text.flatMap { JSONNumber(jsonText: $0) }
    time = number.map { EventTime(secondsSince1970: $0.doubleValue) } ?? .unreadable
    fields.time = copy(element)
  }
}
