internal import Values

/// Base64 as *Base64 Decode* reads it, which refuses nothing.
enum LenientBase64 {
  /// The bytes of a text in either alphabet, padded or not; other characters are passed over, and
  /// the first `=` ends the text.
  static func decode(_ text: Text) -> [UInt8] {
    var decoded: [UInt8] = []
    var bits = 0
    var count = 0
    for byte in text.bytes {
      if byte == UInt8(ascii: "=") { break }
      guard let value = value(of: byte) else { continue }
      bits = (bits << 6 | value) & 0xFFFF
      count += 6
      if count >= 8 {
        count -= 8
        decoded.append(UInt8(truncatingIfNeeded: bits >> count))
      }
    }
    return decoded
  }

  private static func value(of byte: UInt8) -> Int? {
    switch byte {
    case UInt8(ascii: "A")...UInt8(ascii: "Z"): Int(byte) - 65
    case UInt8(ascii: "a")...UInt8(ascii: "z"): Int(byte) - 71
    case UInt8(ascii: "0")...UInt8(ascii: "9"): Int(byte) + 4
    case UInt8(ascii: "+"), UInt8(ascii: "-"): 62
    case UInt8(ascii: "/"), UInt8(ascii: "_"): 63
    default: nil
    }
  }
}
