extension Double {
  /// Makes the number that JavaScript's `Number(text)` gives, or nil where that is `NaN`.
  ///
  /// White space around it is ignored, no text at all is 0, and `0x`, `0o` and `0b` begin numbers
  /// of base 16, 8 and 2.
  public init?(javaScript text: Text) {
    let bytes = text.trimmed().bytes
    guard let first = bytes.first else {
      self = 0
      return
    }
    if bytes.count > 2, first == UInt8(ascii: "0"), let bits = Self.radixBits(bytes[1]) {
      guard let value = Self.binary(bytes[2...], bitsPerDigit: bits) else { return nil }
      self = value
      return
    }
    guard let prefix = Self.prefix(of: bytes), prefix.end == bytes.count else { return nil }
    self = prefix.value
  }

  /// The number that JavaScript's `parseFloat(text)` gives, or nil where that is `NaN`.
  ///
  /// White space before it and anything after it are ignored; other bases are unknown to it.
  public static func parsingPrefix(of text: Text) -> Double? {
    prefix(of: text.trimmed().bytes)?.value
  }

  /// The longest decimal number, or `Infinity`, at the start, and where it ends.
  private static func prefix(of bytes: [UInt8]) -> (value: Double, end: Int)? {
    guard let first = bytes.first else { return nil }
    let start = Decimal.isSign(first) ? 1 : 0
    if bytes[start...].starts(with: "Infinity".utf8) {
      return (first == UInt8(ascii: "-") ? -.infinity : .infinity, start + 8)
    }
    guard let end = Decimal.end(in: bytes, from: start) else { return nil }
    return (Decimal.value(of: bytes, in: 0..<end), end)
  }

  private static func radixBits(_ letter: UInt8) -> Int? {
    switch letter | 0x20 {
    case UInt8(ascii: "x"): 4
    case UInt8(ascii: "o"): 3
    case UInt8(ascii: "b"): 1
    default: nil
    }
  }

  /// The double nearest to digits of base 2, 8 or 16; nil where one is not a digit of it.
  private static func binary(_ digits: ArraySlice<UInt8>, bitsPerDigit bits: Int) -> Double? {
    var significand: UInt64 = 0
    var exponent = 0
    for byte in digits {
      guard let digit = ASCII.hexValue(byte), digit >> bits == 0 else { return nil }
      if significand >> (64 - bits) == 0 {
        significand = significand << bits | UInt64(digit)
      } else {
        // More bits are there than a double holds; that something follows is all that matters.
        significand |= digit == 0 ? 0 : 1
        exponent += bits
      }
    }
    guard exponent < 2048 else { return .infinity }
    return Double(sign: .plus, exponent: exponent, significand: Double(significand))
  }
}
