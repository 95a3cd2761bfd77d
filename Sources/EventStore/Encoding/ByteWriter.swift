/// Bytes under construction: fixed numbers little-endian, key parts big-endian, lengths before texts.
struct ByteWriter {
  var bytes: [UInt8] = []

  init(capacity: Int = 0) {
    bytes.reserveCapacity(capacity)
  }

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
  }

  private static let longestVarint = 10

  mutating func byte(_ value: UInt8) { bytes.append(value) }

  /// A number of fixed width, least significant byte first.
  mutating func fixed(_ value: some FixedWidthInteger) { store(value.littleEndian) }

  /// A number of fixed width, most significant byte first, so that byte order is number order.
  mutating func ordered(_ value: some FixedWidthInteger & UnsignedInteger) {
    store(value.bigEndian)
  }

  /// The lower bytes of a number, that many, most significant byte first.
  mutating func wide(_ value: UInt64, _ count: Int) {
    bytes.append(addingCapacity: count) { span in
      for shift in (0..<count).reversed() {
        span.append(UInt8(truncatingIfNeeded: value >> (8 * UInt64(shift))))
      }
    }
  }

  /// The bytes of a number as they are in memory.
  private mutating func store<Number: FixedWidthInteger>(_ value: Number) {
    bytes.append(addingCapacity: MemoryLayout<Number>.size) { span in
      span.withUnsafeMutableBufferPointer { place, count in
        UnsafeMutableRawBufferPointer(place).storeBytes(of: value, as: Number.self)
        count = MemoryLayout<Number>.size
      }
    }
  }

  /// A number in groups of seven bits, the least significant first.
  mutating func varint(_ value: UInt64) {
    guard value >= 0x80 else { return bytes.append(UInt8(value)) }
    bytes.append(addingCapacity: Self.longestVarint) { span in
      var rest = value
      while rest >= 0x80 {
        span.append(UInt8(truncatingIfNeeded: rest) | 0x80)
        rest >>= 7
      }
      span.append(UInt8(rest))
    }
  }

  /// A signed number, small ones of either sign short.
  mutating func zigzag(_ value: Int64) {
    varint(UInt64(bitPattern: (value &<< 1) ^ (value &>> 63)))
  }

  /// A u32 length and the bytes themselves.
  mutating func prefixed(_ content: UnsafeRawBufferPointer) {
    fixed(UInt32(content.count))
    bytes.append(lent: content)
  }

  /// A u32 length and the bytes themselves.
  mutating func prefixed(_ content: [UInt8]) {
    fixed(UInt32(content.count))
    bytes.append(contentsOf: content)
  }
}

extension [UInt8] {
  /// Appends bytes that are lent; for short ones in half the time that `append(contentsOf:)` takes.
  package mutating func append(lent content: UnsafeRawBufferPointer) {
    append(addingCapacity: content.count) { span in
      span.withUnsafeMutableBufferPointer { place, count in
        UnsafeMutableRawBufferPointer(place).copyMemory(from: content)
        count = content.count
      }
    }
  }
}
