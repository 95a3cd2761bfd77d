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
  /// Attributes and data of all the block's events, once they are needed.
  private var plain: [UInt8] = []

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

  /// Takes attributes and data out of the block's payload: an event has come up that may not be new.
  mutating func load(_ decompressor: Decompressor, _ dictionaries: DictionaryShelf) throws {
    guard plain.isEmpty else { return }
    plain = try block.plain(decompressor, dictionaries)
  }

  /// The data of one of the block's events, which was loaded.
  func data(of event: PreparedEvent) -> ArraySlice<UInt8> { plain[event.dataStart..<event.end] }

  /// The bytes of the events that are new, out of those that were loaded.
  var acceptedBytes: [UInt8] {
    accepted.reduce(into: []) {
      let event = block.events[$1]
      $0 += plain[event.start..<event.end]
    }
  }

  /// Whether the event at `index`, the next to be accepted, keeps the salts it was prepared with.
  func keepsSalts(_ index: Int) -> Bool { accepted.count == index }

  /// The leaf of the block's event at `index`, which would be the next to be accepted.
  ///
  /// An event that does not keep its salts must have been loaded.
  func leaf(
    _ index: Int,
    _ event: PreparedEvent,
    _ header: EventHeader,
    _ type: [UInt8],
    _ writer: inout LeafWriter
  ) -> Digest {
    let leaf = LeafCommitment(
      type: type,
      recordedTime: header.recordedTime,
      cause: header.cause,
      conflict: header.conflict
    )
    return block.attributes.withUnsafeBytes { attributes in
      withSalts(index, event) { salt, data in
        writer.attributes(
          salt: salt,
          encoded: UnsafeRawBufferPointer(rebasing: attributes[event.attributes]),
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
    _ body: (UnsafeRawBufferPointer, UnsafeRawBufferPointer) -> Result
  ) -> Result {
    // Behind an event that was there before, the salts are others than those prepared.
    guard keepsSalts(index) else {
      let seals = EventSeals(seed: block.seed, index: UInt32(accepted.count))
      return plain.withUnsafeBytes { plain in
        let data = UnsafeRawBufferPointer(rebasing: plain[event.dataStart..<event.end])
        return seals.attributes.withUnsafeBytes { salt in
          Hash.commitment(salt: seals.data, data).withUnsafeBytes { body(salt, $0) }
        }
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
