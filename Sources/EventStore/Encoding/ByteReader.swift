/// Reads what `ByteWriter` wrote; bytes that end early or do not fit throw.
struct ByteReader {
  private let bytes: UnsafeRawBufferPointer
  private(set) var offset = 0

  /// Bytes that are not what a writer makes.
  struct Malformed: Error, CustomStringConvertible {
    var description: String { "the bytes are not what was written" }
  }

  init(_ bytes: UnsafeRawBufferPointer) {
    self.bytes = bytes
  }

  var remaining: Int { bytes.count - offset }
  var isAtEnd: Bool { remaining == 0 }

  mutating func byte() throws(Malformed) -> UInt8 {
    guard remaining >= 1 else { throw Malformed() }
    defer { offset += 1 }
    return bytes[offset]
  }

  mutating func fixed<Number: FixedWidthInteger>(_: Number.Type) throws(Malformed) -> Number {
    let width = Number.bitWidth / 8
    guard remaining >= width else { throw Malformed() }
    defer { offset += width }
    return Number(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: Number.self))
  }

  mutating func ordered<Number: FixedWidthInteger>(_: Number.Type) throws(Malformed) -> Number {
    let width = Number.bitWidth / 8
    guard remaining >= width else { throw Malformed() }
    defer { offset += width }
    return Number(bigEndian: bytes.loadUnaligned(fromByteOffset: offset, as: Number.self))
  }

  mutating func varint() throws(Malformed) -> UInt64 {
    var value: UInt64 = 0
    var shift: UInt64 = 0
    while shift < 64 {
      let next = try byte()
      value |= UInt64(next & 0x7f) << shift
      guard next & 0x80 != 0 else { return value }
      shift += 7
    }
    throw Malformed()
  }

  /// A number of that many bytes, most significant byte first.
  mutating func wide(_ count: Int) throws(Malformed) -> UInt64 {
    guard (1...8).contains(count), remaining >= 8 else {
      return try slice(count).reduce(0) { $0 << 8 | UInt64($1) }
    }
    defer { offset += count }
    let word = bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
    return UInt64(bigEndian: word) >> UInt64(64 - 8 * count)
  }

  /// A number of at most 32 bits.
  mutating func number() throws(Malformed) -> UInt32 {
    guard let number = UInt32(exactly: try varint()) else { throw Malformed() }
    return number
  }

  /// A signed number, as `ByteWriter.zigzag` wrote it.
  mutating func zigzag() throws(Malformed) -> Int64 {
    let value = try varint()
    return Int64(bitPattern: value >> 1) ^ -Int64(bitPattern: value & 1)
  }

  mutating func slice(_ count: Int) throws(Malformed) -> UnsafeRawBufferPointer {
    guard count >= 0, remaining >= count else { throw Malformed() }
    defer { offset += count }
    return UnsafeRawBufferPointer(rebasing: bytes[offset..<offset + count])
  }

  mutating func prefixed() throws(Malformed) -> UnsafeRawBufferPointer {
    try slice(Int(fixed(UInt32.self)))
  }

  /// The bytes from `start` up to where the reader is.
  func read(since start: Int) -> UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(rebasing: bytes[start..<offset])
  }

  mutating func rest() -> UnsafeRawBufferPointer {
    defer { offset = bytes.count }
    return UnsafeRawBufferPointer(rebasing: bytes[offset...])
  }
}
