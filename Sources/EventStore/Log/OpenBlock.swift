/// A block whose events are being appended: those that are new, and what is said of them.
struct OpenBlock {
  /// The position of its first event.
  let first: UInt64
  let block: PreparedBlock
  /// Which of the block's events are new.
  private(set) var accepted: [Int] = []
  private(set) var headers: [EventHeader] = []

  init(first: UInt64, _ block: PreparedBlock) {
    self.first = first
    self.block = block
    accepted.reserveCapacity(block.events.count)
    headers.reserveCapacity(block.events.count)
  }
}

extension OpenBlock {
  /// Takes in the block's event at `index`.
  mutating func accept(_ index: Int, _ header: EventHeader) {
    accepted.append(index)
    headers.append(header)
  }

  /// The event that stands at `position`, where that is one of this block.
  func event(at position: UInt64) -> PreparedEvent? {
    guard position >= first, position < first + UInt64(accepted.count) else { return nil }
    return block.events[accepted[Int(position - first)]]
  }

  /// The bytes of the events that are new.
  var acceptedBytes: [UInt8] {
    accepted.reduce(into: []) {
      let event = block.events[$1]
      $0 += block.plain[event.start..<event.end]
    }
  }

  /// The leaf of the block's event at `index`, which would be the next to be accepted.
  func leaf(
    _ index: Int,
    _ event: PreparedEvent,
    _ header: EventHeader,
    _ type: [UInt8]
  ) throws -> [UInt8] {
    let seals = EventSeals(seed: block.seed, index: UInt32(accepted.count))
    let (attributes, data) = try block.plain.withUnsafeBytes { plain in
      let attributes = try LeafCommitment.attributes(
        salt: seals.attributes,
        encoded: UnsafeRawBufferPointer(rebasing: plain[event.start..<event.dataStart]),
        version: header.version
      )
      // Behind an event that was there before, the salts are others than those prepared.
      guard accepted.count == index else {
        let data = UnsafeRawBufferPointer(rebasing: plain[event.dataStart..<event.end])
        return (attributes, Hash.commitment(salt: seals.data, data))
      }
      let start = index * Hash.byteCount
      return (attributes, Array(block.commitments[start..<start + Hash.byteCount]))
    }
    return LeafCommitment(
      type: type,
      recordedTime: header.recordedTime,
      attributes: attributes,
      data: data,
      cause: header.cause,
      conflict: header.conflict
    ).leafHash()
  }
}
