/// A check that finds accidents, not attackers: FNV-1a with 64 bits, its halves combined.
///
/// It covers what no leaf of the tree commits to: index numbers in headers, long values, the secret.
struct Checksum {
  private var state: UInt64 = 0xcbf2_9ce4_8422_2325

  /// Takes in bytes.
  mutating func add(_ bytes: UnsafeRawBufferPointer) {
    var state = state
    for byte in bytes { state = (state ^ UInt64(byte)) &* 0x0000_0100_0000_01b3 }
    self.state = state
  }

  /// The check over what was taken in.
  var value: UInt32 { UInt32(truncatingIfNeeded: state ^ state >> 32) }

  /// The check over `parts`, one behind the other.
  static func of(_ parts: [UInt8]...) -> UInt32 {
    var checksum = Checksum()
    for part in parts { part.withUnsafeBytes { checksum.add($0) } }
    return checksum.value
  }
}
