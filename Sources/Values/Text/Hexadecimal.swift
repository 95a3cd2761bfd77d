/// Bytes as lower-case hexadecimal digits.
public enum Hexadecimal {
  /// The digits of bytes, two for each.
  public static func encode(_ bytes: some Sequence<UInt8>) -> Text {
    var digits: [UInt8] = []
    for byte in bytes {
      digits.append(ASCII.hexDigit(byte >> 4))
      digits.append(ASCII.hexDigit(byte))
    }
    return Text(wtf8: digits)
  }

  /// The bytes that digits stand for, or nil where the text is none of `encode(_:)`'s.
  public static func decode(_ text: Text) -> [UInt8]? {
    let digits = text.bytes
    guard digits.count.isMultiple(of: 2) else { return nil }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(digits.count / 2)
    for place in stride(from: 0, to: digits.count, by: 2) {
      guard let high = value(digits[place]), let low = value(digits[place + 1]) else {
        return nil
      }
      bytes.append(high << 4 | low)
    }
    return bytes
  }

  private static func value(_ digit: UInt8) -> UInt8? {
    // One text stands for bytes, so that what is compared as text is compared as bytes.
    (0x41...0x46).contains(digit) ? nil : ASCII.hexValue(digit)
  }
}
