/// Base64 with padding, by RFC 4648.
public enum Base64 {
  private static let alphabet = Array(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8
  )

  /// The bytes in base64, padded with `=`.
  ///
  /// - Complexity: O(*n*).
  public static func encode(_ bytes: [UInt8]) -> Text {
    var encoded: [UInt8] = []
    encoded.reserveCapacity((bytes.count / 3 + 1) * 4)
    for start in stride(from: 0, to: bytes.count, by: 3) {
      let count = min(3, bytes.count - start)
      var group: UInt32 = 0
      for offset in 0..<3 {
        group = group << 8 | (offset < count ? UInt32(bytes[start + offset]) : 0)
      }
      for place in 0..<4 {
        let digit = Int(group >> UInt32(18 - 6 * place) & 0x3F)
        encoded.append(place <= count ? alphabet[digit] : UInt8(ascii: "="))
      }
    }
    return Text(wtf8: encoded)
  }

  /// The bytes in base64 for URLs, without padding (RFC 4648, section 5).
  ///
  /// - Complexity: O(*n*).
  public static func encodeForURL(_ bytes: [UInt8]) -> Text {
    let encoded = encode(bytes).bytes.prefix { $0 != UInt8(ascii: "=") }
    return Text(
      wtf8: encoded.map { byte in
        switch byte {
        case UInt8(ascii: "+"): UInt8(ascii: "-")
        case UInt8(ascii: "/"): UInt8(ascii: "_")
        default: byte
        }
      }
    )
  }

  /// The bytes of a base64 text, or nil where it is not exactly what `encode(_:)` writes.
  ///
  /// - Complexity: O(*n*).
  public static func decode(_ text: Text) -> [UInt8]? {
    let encoded = text.bytes
    guard encoded.count % 4 == 0 else { return nil }
    let padding = encoded.suffix(2).count { $0 == UInt8(ascii: "=") }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(encoded.count / 4 * 3)
    var group: UInt32 = 0
    for (place, byte) in encoded.dropLast(padding).enumerated() {
      guard let digit = digit(byte) else { return nil }
      group = group << 6 | digit
      if place & 3 == 3 {
        for shift: UInt32 in [16, 8, 0] { bytes.append(UInt8(truncatingIfNeeded: group >> shift)) }
        group = 0
      }
    }
    switch padding {
    case 1:
      guard group & 0x3 == 0 else { return nil }
      bytes.append(UInt8(truncatingIfNeeded: group >> 10))
      bytes.append(UInt8(truncatingIfNeeded: group >> 2))
    case 2:
      guard group & 0xF == 0 else { return nil }
      bytes.append(UInt8(truncatingIfNeeded: group >> 4))
    default: break
    }
    return bytes
  }

  private static func digit(_ byte: UInt8) -> UInt32? {
    switch byte {
    case 0x41...0x5A: UInt32(byte - 0x41)
    case 0x61...0x7A: UInt32(byte - 0x61) + 26
    case 0x30...0x39: UInt32(byte - 0x30) + 52
    case UInt8(ascii: "+"): 62
    case UInt8(ascii: "/"): 63
    default: nil
    }
  }
}
