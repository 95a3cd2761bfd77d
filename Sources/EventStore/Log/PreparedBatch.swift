/// A batch whose hashing and compression are done, so that its commit is short.
public struct PreparedBatch: Sendable {
  var events: [PreparedEvent]
  var values: [(key: [UInt8], row: [UInt8])]

  /// About how many bytes the commit will write.
  var byteCount: Int {
    events.reduce(values.reduce(0) { $0 + $1.row.count }) { $0 + $1.payload.count + 256 }
  }
}

/// An event that lacks only what the log assigns.
struct PreparedEvent: Sendable {
  var draft: EventDraft
  var header: EventHeader
  var encodedAttributes: [UInt8]
  var dataCommitment: [UInt8]
  var payload: [UInt8]
  var identity: IdentityKey?
  var stream: StreamKey
  /// Keyed hashes of the values that are nearly unique, in the order of the draft's terms.
  var nearUnique: [UInt32]
}
