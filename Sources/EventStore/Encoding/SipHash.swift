/// SipHash-2-4: a short hash under a key, which nobody without the key can make collide.
struct SipHash {
  private var v0: UInt64
  private var v1: UInt64
  private var v2: UInt64
  private var v3: UInt64
  private var pending: UInt64 = 0
  private var count: UInt64 = 0

  /// Begins a hash under a key of 16 bytes; what is missing of it counts as 0.
  init(key: some Sequence<UInt8>) {
    var low: UInt64 = 0
    var high: UInt64 = 0
    for (index, byte) in key.prefix(16).enumerated() {
      let shifted = UInt64(byte) << UInt64(index % 8 * 8)
      if index < 8 { low |= shifted } else { high |= shifted }
    }
    v0 = low ^ 0x736f_6d65_7073_6575
    v1 = high ^ 0x646f_7261_6e64_6f6d
    v2 = low ^ 0x6c79_6765_6e65_7261
    v3 = high ^ 0x7465_6462_7974_6573
  }

  /// Takes in one byte.
  mutating func add(_ byte: UInt8) {
    pending |= UInt64(byte) << (count % 8 * 8)
    count += 1
    guard count % 8 == 0 else { return }
    compress(pending)
    pending = 0
  }

  /// Takes in bytes.
  mutating func add(_ bytes: UnsafeRawBufferPointer) {
    // How many bits wait for their word to be full.
    let waiting = count % 8 * 8
    count += UInt64(bytes.count)
    var start = 0
    while start + 8 <= bytes.count {
      take(Self.word(bytes, at: start), behind: waiting)
      start += 8
    }
    let tail = Self.tail(bytes, from: start)
    guard waiting + UInt64(bytes.count - start) * 8 < 64 else {
      return take(tail, behind: waiting)
    }
    pending |= tail << waiting
  }

  /// Takes in a word of which the bits that wait take the place of as many, which wait in their turn.
  private mutating func take(_ word: UInt64, behind waiting: UInt64) {
    compress(pending | word << waiting)
    // Shifted by a whole word, nothing is left.
    pending = word >> (64 - waiting)
  }

  private static func word(_ bytes: UnsafeRawBufferPointer, at offset: Int) -> UInt64 {
    UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
  }

  /// The fewer than eight bytes from `start`, the first of them lowest.
  private static func tail(_ bytes: UnsafeRawBufferPointer, from start: Int) -> UInt64 {
    guard start < bytes.count else { return 0 }
    guard start > 0 else { return bytes.reversed().reduce(0) { $0 << 8 | UInt64($1) } }
    // Read with bytes before them, which are shifted out.
    return word(bytes, at: bytes.count - 8) >> UInt64(8 * (start + 8 - bytes.count))
  }

  /// Takes in a length and the bytes themselves.
  mutating func add(prefixed bytes: UnsafeRawBufferPointer) {
    let length = UInt32(truncatingIfNeeded: bytes.count)
    withUnsafeBytes(of: length.littleEndian) { add($0) }
    add(bytes)
  }

  /// The hash over what was taken in.
  consuming func value() -> UInt64 {
    compress(pending | count << 56)
    v2 ^= 0xff
    for _ in 0..<4 { round() }
    return v0 ^ v1 ^ v2 ^ v3
  }

  private mutating func compress(_ word: UInt64) {
    v3 ^= word
    round()
    round()
    v0 ^= word
  }

  private mutating func round() {
    v0 &+= v1
    v2 &+= v3
    v1 = v1 << 13 | v1 >> 51
    v3 = v3 << 16 | v3 >> 48
    v1 ^= v0
    v3 ^= v2
    v0 = v0 << 32 | v0 >> 32
    v2 &+= v1
    v0 &+= v3
    v1 = v1 << 17 | v1 >> 47
    v3 = v3 << 21 | v3 >> 43
    v1 ^= v2
    v3 ^= v0
    v2 = v2 << 32 | v2 >> 32
  }
}
