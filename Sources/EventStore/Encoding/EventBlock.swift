/// A row of `events`: events that were appended together, their bytes compressed as one.
///
/// Events of one batch resemble each other, and share what a row costs.
final class EventBlock {
  /// The position of the first event.
  let first: UInt64
  /// What the block says of each event, in order.
  let headers: [EventHeader]
  /// Where each event's bytes begin among those of all, and where the last's end.
  let offsets: [Int]
  private let bytes: [UInt8]
  private let frame: Frame
  private let payload: Int
  private var loaded: (plain: UnsafeRawBufferPointer, use: Int)?

  /// The most events of one block.
  static let maximumCount = 128
  /// Events are added to a block while it has fewer bytes than this before compression.
  static let fullBytes = 256 << 10
  /// About how long a block's value is at most: 24 rows, which fill twelve pages.
  static let fullRows = 24 * ChunkedRows.limit(keyLength: 8)
  static let format: UInt8 = 1

  struct Flags: OptionSet {
    let rawValue: UInt8
    /// The payload is not compressed.
    static let stored = Flags(rawValue: 1)
    /// There is no seed: every event has its seals beside it.
    static let sealedApart = Flags(rawValue: 2)
  }

  /// What stands once for all events of a block.
  struct Frame {
    var flags: Flags = []
    var dictionary: UInt16 = 0
    var recordedTime: Int64 = 0
    /// What the salts are derived from; empty where they are sealed apart.
    var seed: [UInt8] = []
  }

  /// Reads the block that begins at `first`.
  ///
  /// - Throws: `EventLogError.corrupted` where the bytes are no block.
  init(first: UInt64, _ bytes: [UInt8]) throws {
    self.first = first
    self.bytes = bytes
    do {
      (frame, headers, payload) = try bytes.withUnsafeBytes { bytes throws(ByteReader.Malformed) in
        try Self.decode(bytes, first)
      }
    } catch {
      throw EventLogError.corrupted(at: Position(first), reason: "its block is malformed")
    }
    var offsets = [0]
    offsets.reserveCapacity(headers.count + 1)
    for header in headers { offsets.append(offsets[offsets.count - 1] + header.length) }
    self.offsets = offsets
  }

  /// How long the block's row is, and its events before compression.
  var byteCount: Int { bytes.count + offsets[headers.count] }

  /// The positions of the events.
  var range: Range<UInt64> { first..<first + UInt64(headers.count) }

  /// The number of the type of the event at a position of the block.
  func type(at position: UInt64) -> UInt32 { headers[Int(position - first)].type }
}

// MARK: - Bytes

extension EventBlock {
  /// The seals of the event at `index`.
  func seals(_ index: Int) -> EventSeals {
    frame.flags.contains(.sealedApart)
      ? headers[index].seals : EventSeals(seed: frame.seed, index: UInt32(index))
  }

  /// The bytes of all events, valid until the decompressor is used for something else.
  ///
  /// - Throws: `EventLogError.corrupted` where they do not decode.
  func plain(
    _ decompressor: Decompressor,
    _ dictionaries: DictionaryShelf
  ) throws -> UnsafeRawBufferPointer {
    if let loaded, loaded.use == decompressor.uses { return loaded.plain }
    let size = offsets[headers.count]
    let plain = try bytes.withUnsafeBytes { bytes in
      let payload = UnsafeRawBufferPointer(rebasing: bytes[payload...])
      return try load(payload, size, decompressor, dictionaries)
    }
    loaded = (plain, decompressor.uses)
    return plain
  }

  private func load(
    _ payload: UnsafeRawBufferPointer,
    _ size: Int,
    _ decompressor: Decompressor,
    _ dictionaries: DictionaryShelf
  ) throws -> UnsafeRawBufferPointer {
    guard size <= Self.maximumCount * (EventLog.maximumDataSize + BatchLimits.attributes + 64)
    else { throw corrupted("its sizes") }
    if frame.flags.contains(.stored) {
      guard payload.count == size else { throw corrupted("its size") }
      return decompressor.copy(payload)
    }
    let dictionary = dictionaries.dictionary(frame.dictionary)
    guard frame.dictionary == 0 || dictionary != nil else { throw corrupted("its dictionary") }
    do {
      return try decompressor.decompress(payload, size: size, with: dictionary)
    } catch { throw corrupted("its compressed bytes") }
  }

  private func corrupted(_ what: String) -> EventLogError {
    .corrupted(at: Position(first), reason: "\(what) do not decode")
  }
}

// MARK: - Encoding

extension EventBlock {
  /// Appends a block's row: what stands once, the entries, their check, the payload.
  static func encode(
    _ frame: Frame,
    _ headers: [EventHeader],
    first: UInt64,
    _ payload: [UInt8],
    into writer: inout ByteWriter
  ) {
    var entries = ByteWriter()
    var previous = EventHeader.Previous(timestamp: frame.recordedTime)
    for (index, header) in headers.enumerated() {
      header.encode(
        at: first + UInt64(index),
        previous: &previous,
        sealedApart: frame.flags.contains(.sealedApart),
        into: &entries
      )
    }
    encode(frame, count: headers.count, entries, payload, into: &writer)
  }

  /// Appends a block's row, its entries encoded before.
  static func encode(
    _ frame: Frame,
    count: Int,
    _ entries: ByteWriter,
    _ payload: [UInt8],
    into writer: inout ByteWriter
  ) {
    let start = writer.bytes.count
    writer.byte(format)
    writer.byte(frame.flags.rawValue)
    writer.fixed(frame.dictionary)
    writer.varint(UInt64(count))
    writer.fixed(frame.recordedTime)
    writer.bytes.append(contentsOf: frame.seed)
    writer.bytes.append(contentsOf: entries.bytes)
    var checksum = Checksum()
    writer.bytes.withUnsafeBytes { checksum.add(UnsafeRawBufferPointer(rebasing: $0[start...])) }
    writer.fixed(checksum.value)
    writer.bytes.append(contentsOf: payload)
  }

  private static func decode(
    _ bytes: UnsafeRawBufferPointer,
    _ first: UInt64
  ) throws(ByteReader.Malformed) -> (Frame, [EventHeader], payload: Int) {
    var reader = ByteReader(bytes)
    guard try reader.byte() == format else { throw ByteReader.Malformed() }
    var frame = Frame()
    frame.flags = Flags(rawValue: try reader.byte())
    frame.dictionary = try reader.fixed(UInt16.self)
    let count = try reader.varint()
    guard (1...UInt64(maximumCount)).contains(count), first < 1 << 60 else {
      throw ByteReader.Malformed()
    }
    frame.recordedTime = try reader.fixed(Int64.self)
    let isSealedApart = frame.flags.contains(.sealedApart)
    if !isSealedApart { frame.seed = Array(try reader.slice(EventSeals.saltLength)) }
    var headers: [EventHeader] = []
    headers.reserveCapacity(Int(count))
    var previous = EventHeader.Previous(timestamp: frame.recordedTime)
    for index in 0..<count {
      headers.append(
        try EventHeader(
          &reader,
          at: first + index,
          recordedTime: frame.recordedTime,
          previous: &previous,
          sealedApart: isSealedApart
        )
      )
    }
    var checksum = Checksum()
    checksum.add(reader.read(since: 0))
    guard try reader.fixed(UInt32.self) == checksum.value else { throw ByteReader.Malformed() }
    return (frame, headers, reader.offset)
  }
}
