/// Bytes under construction: fixed numbers little-endian, key parts big-endian, lengths before texts.
struct ByteWriter {
  var bytes: [UInt8] = []

  init(capacity: Int = 0) {
    bytes.reserveCapacity(capacity)
  }

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
  }

  mutating func byte(_ value: UInt8) { bytes.append(value) }

  /// A number of fixed width, least significant byte first.
  mutating func fixed(_ value: some FixedWidthInteger) {
    withUnsafeBytes(of: value.littleEndian) { bytes.append(contentsOf: $0) }
  }

  /// A number of fixed width, most significant byte first, so that byte order is number order.
  mutating func ordered(_ value: some FixedWidthInteger & UnsignedInteger) {
    withUnsafeBytes(of: value.bigEndian) { bytes.append(contentsOf: $0) }
  }

  /// The lower bytes of a number, that many, most significant byte first.
  mutating func wide(_ value: UInt64, _ count: Int) {
    for shift in (0..<count).reversed() {
      bytes.append(UInt8(truncatingIfNeeded: value >> (8 * UInt64(shift))))
    }
  }

  /// A number in groups of seven bits, the least significant first.
  mutating func varint(_ value: UInt64) {
    var rest = value
    while rest >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(rest))
  }

  /// A signed number, small ones of either sign short.
  mutating func zigzag(_ value: Int64) {
    varint(UInt64(bitPattern: (value &<< 1) ^ (value &>> 63)))
  }

  /// A u32 length and the bytes themselves.
  mutating func prefixed(_ content: UnsafeRawBufferPointer) {
    fixed(UInt32(content.count))
    bytes.append(contentsOf: content)
  }

  /// A u32 length and the bytes themselves.
  mutating func prefixed(_ content: [UInt8]) {
    fixed(UInt32(content.count))
    bytes.append(contentsOf: content)
  }
}
