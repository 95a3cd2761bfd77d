/// What the format and one commit allow; checked before anything is hashed or compressed.
enum BatchLimits {
  /// The longest type, owner of a value, in bytes.
  static let shortText = 255
  /// The most bytes of an event's attributes together.
  static let attributes = 1 << 20
  /// The most terms of one event.
  static let termCount = EventLog.maximumTermCount

  /// Throws what would keep the batches, as one, from being stored or from being read again.
  static func check(_ batches: [AppendBatch]) throws(EventLogError) {
    var count = 0
    var bytes = 0
    for batch in batches {
      for event in batch.events {
        try check(event, count)
        count += 1
        bytes += event.data.count
      }
      for (index, value) in batch.values.enumerated() {
        try check(value, index)
        bytes += value.bytes.count
      }
    }
    guard count <= EventLog.maximumBatchCount, bytes <= EventLog.maximumBatchSize
    else { throw .batchTooLarge(events: count, bytes: bytes) }
  }

  private static func check(_ value: StoredValue, _ index: Int) throws(EventLogError) {
    try require(value.bytes.count <= EventLog.maximumDataSize, index, "value")
    try require(value.owner.count <= shortText, index, "value's owner")
    try require(value.hash.count == Hash.byteCount, index, "value's hash")
  }

  static func check(_ event: EventDraft, _ index: Int) throws(EventLogError) {
    guard event.data.count <= EventLog.maximumDataSize else {
      throw .batchTooLarge(events: 1, bytes: event.data.count)
    }
    let attributes =
      event.id.count + event.source.count + event.subject.count + event.actor.count
      + event.time.count + event.stream.bytes.count + event.correlation.count
      + event.dataContentType.count
    try require(attributes <= Self.attributes, index, "set of attributes")
    try require((1...shortText).contains(event.type.count), index, "type")
    try require(event.terms.count <= termCount, index, "list of terms")
    for term in event.terms { try requireField(term.field, index) }
  }

  static func check(_ event: borrowing LentDraft, _ index: Int) throws(EventLogError) {
    guard event.data.count <= EventLog.maximumDataSize else {
      throw .batchTooLarge(events: 1, bytes: event.data.count)
    }
    let attributes =
      event.id.count + event.source.count + event.subject.count + event.actor.count
      + event.time.count + event.stream.bytes.count
    try require(attributes <= Self.attributes, index, "set of attributes")
    try require((1...shortText).contains(event.type.count), index, "type")
    try require(event.terms.count <= termCount, index, "list of terms")
    for term in event.terms { try requireField(term.field, index) }
  }

  private static func requireField(_ field: UInt8, _ index: Int) throws(EventLogError) {
    try require(field != Term.typeField, index, "term of the type's field")
    try require(field < TermList.fieldLimit, index, "term of a field above 63")
  }

  private static func require(
    _ holds: Bool,
    _ index: Int,
    _ part: String
  ) throws(EventLogError) {
    guard holds else { throw .invalid(index: index, part: part) }
  }
}
