internal import Crypto

/// A block whose events are being appended: those that are new, and what is said of them.
struct OpenBlock {
  /// The position of its first event.
  let first: UInt64
  let block: PreparedBlock
  /// Which of the block's events are new.
  private(set) var accepted: [Int] = []
  /// What the block says of those.
  private(set) var entries = ByteWriter(capacity: 4 << 10)
  private var previous: EventHeader.Previous

  init(first: UInt64, recordedTime: Int64, _ block: PreparedBlock) {
    self.first = first
    self.block = block
    previous = EventHeader.Previous(timestamp: recordedTime)
    accepted.reserveCapacity(block.events.count)
  }
}

extension OpenBlock {
  /// Takes in the block's event at `index`.
  mutating func accept(_ index: Int, _ header: EventHeader) {
    header.encode(
      at: first + UInt64(accepted.count),
      previous: &previous,
      sealedApart: false,
      into: &entries
    )
    accepted.append(index)
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
    _ type: [UInt8],
    _ writer: inout LeafWriter
  ) -> SHA256.Digest {
    let leaf = LeafCommitment(
      type: type,
      recordedTime: header.recordedTime,
      cause: header.cause,
      conflict: header.conflict
    )
    return block.plain.withUnsafeBytes { plain in
      withSalts(index, event, plain) { salt, data in
        writer.attributes(
          salt: salt,
          encoded: UnsafeRawBufferPointer(rebasing: plain[event.start..<event.dataStart]),
          split: event.split,
          version: header.version
        ).withUnsafeBytes { writer.leaf(leaf, attributes: $0, data: data) }
      }
    }
  }

  /// Lends the salt of the event's attributes and the commitment to its data.
  private func withSalts<Result>(
    _ index: Int,
    _ event: PreparedEvent,
    _ plain: UnsafeRawBufferPointer,
    _ body: (UnsafeRawBufferPointer, UnsafeRawBufferPointer) -> Result
  ) -> Result {
    // Behind an event that was there before, the salts are others than those prepared.
    guard accepted.count == index else {
      let seals = EventSeals(seed: block.seed, index: UInt32(accepted.count))
      let data = UnsafeRawBufferPointer(rebasing: plain[event.dataStart..<event.end])
      return seals.attributes.withUnsafeBytes { salt in
        Hash.commitment(salt: seals.data, data).withUnsafeBytes { body(salt, $0) }
      }
    }
    let salt = index * EventSeals.saltLength
    let start = index * Hash.byteCount
    return block.salts.withUnsafeBytes { salts in
      block.commitments.withUnsafeBytes { commitments in
        body(
          UnsafeRawBufferPointer(rebasing: salts[salt..<salt + EventSeals.saltLength]),
          UnsafeRawBufferPointer(rebasing: commitments[start..<start + Hash.byteCount])
        )
      }
    }
  }
}
