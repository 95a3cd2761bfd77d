internal import Values

/// Percent-encoding of UTF-8, as JavaScript's `encodeURIComponent` and `decodeURIComponent` do it.
enum PercentCoding {
  /// The text with every byte encoded that has a meaning in URLs, and all beyond ASCII.
  ///
  /// - Throws: `CardError` for half a character.
  static func encode(_ text: Text) throws(CardError) -> Text {
    guard Text(utf8: text.bytes) != nil else {
      throw CardError.invalidInput("The text holds half a character, which no URL can hold.")
    }
    var bytes: [UInt8] = []
    for byte in text.bytes {
      if unreserved.contains(byte) {
        bytes.append(byte)
      } else {
        bytes += [UInt8(ascii: "%"), hexadecimal[Int(byte >> 4)], hexadecimal[Int(byte & 15)]]
      }
    }
    return Text(wtf8: bytes)
  }

  /// The text with every encoded byte as it is.
  ///
  /// - Throws: `CardError` for a sign of percent without two digits, and bytes that are no UTF-8.
  static func decode(_ text: Text) throws(CardError) -> Text {
    guard text.bytes.contains(percent) else { return text }
    let bytes = unescape(text.bytes) { nil }
    guard let bytes, let decoded = Text(utf8: bytes) else {
      throw CardError.invalidInput("The text is not percent-encoded.")
    }
    return decoded
  }

  /// The text decoded as far as that goes: what is not encoded stays, bytes that are no UTF-8
  /// become U+FFFD.
  static func decodeLeniently(_ text: Text) -> Text {
    let bytes = unescape(text.bytes) { percent } ?? text.bytes
    return Text(String(decoding: bytes, as: UTF8.self))
  }

  /// The bytes with escapes undone; a sign of percent alone is what `stray` says, nil ends it all.
  private static func unescape(_ bytes: [UInt8], stray: () -> UInt8?) -> [UInt8]? {
    var decoded: [UInt8] = []
    decoded.reserveCapacity(bytes.count)
    var position = 0
    while position < bytes.count {
      if bytes[position] != percent {
        decoded.append(bytes[position])
        position += 1
      } else if position + 2 < bytes.count, let high = value(of: bytes[position + 1]),
        let low = value(of: bytes[position + 2])
      {
        decoded.append(high << 4 | low)
        position += 3
      } else {
        guard let byte = stray() else { return nil }
        decoded.append(byte)
        position += 1
      }
    }
    return decoded
  }

  private static let percent = UInt8(ascii: "%")
  private static let unreserved = Set(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.!~*'()".utf8
  )
  private static let hexadecimal = Array("0123456789ABCDEF".utf8)

  private static func value(of digit: UInt8) -> UInt8? {
    switch digit {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): digit - 48
    case UInt8(ascii: "A")...UInt8(ascii: "F"): digit - 55
    case UInt8(ascii: "a")...UInt8(ascii: "f"): digit - 87
    default: nil
    }
  }
}
