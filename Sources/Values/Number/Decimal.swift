/// Decimal numbers in ASCII, as JavaScript's grammar has them.
enum Decimal {
  /// Where the longest unsigned decimal number at `start` ends, or nil where there is none.
  ///
  /// `5.`, `.5` and `1e5` are numbers; of `1e+` the number is `1`.
  static func end(in bytes: [UInt8], from start: Int) -> Int? {
    var position = digits(in: bytes, from: start)
    var digitCount = position - start
    if position < bytes.count, bytes[position] == UInt8(ascii: ".") {
      let fraction = digits(in: bytes, from: position + 1)
      digitCount += fraction - position - 1
      if digitCount > 0 { position = fraction }
    }
    guard digitCount > 0 else { return nil }
    guard position < bytes.count, bytes[position] | 0x20 == UInt8(ascii: "e") else {
      return position
    }
    var exponent = position + 1
    if exponent < bytes.count, isSign(bytes[exponent]) { exponent += 1 }
    let end = digits(in: bytes, from: exponent)
    return end > exponent ? end : position
  }

  /// Where the digits that start at `start` end.
  @inline(__always)
  static func digits(in bytes: [UInt8], from start: Int) -> Int {
    var position = start
    while position < bytes.count, bytes[position] &- 0x30 < 10 { position += 1 }
    return position
  }

  /// Whether the byte is `+` or `-`.
  static func isSign(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "+") || byte == UInt8(ascii: "-")
  }

  /// The double nearest to the number written in `range`, which must hold a sign or none and an
  /// unsigned decimal number.
  ///
  /// Beyond the largest double it is infinite, as in JavaScript.
  static func value(of bytes: [UInt8], in range: Range<Int>) -> Double {
    let isNegative = bytes[range.lowerBound] == UInt8(ascii: "-")
    var significand: UInt64 = 0
    var scale = 0
    var isAfterPoint = false
    var position = range.lowerBound + (isSign(bytes[range.lowerBound]) ? 1 : 0)
    while position < range.upperBound {
      let byte = bytes[position]
      if byte &- 0x30 < 10 {
        guard significand < 1_000_000_000_000_000 else { return exact(bytes, range) }
        significand = significand * 10 + UInt64(byte &- 0x30)
        if isAfterPoint { scale -= 1 }
      } else if byte == UInt8(ascii: ".") {
        isAfterPoint = true
      } else {
        break
      }
      position += 1
    }
    if position < range.upperBound {
      guard let exponent = smallExponent(bytes, (position + 1)..<range.upperBound) else {
        return exact(bytes, range)
      }
      scale += exponent
    }
    // Both the significand and the power of ten are exact, so one operation rounds once.
    guard significand <= 1 << 53, let power = power(abs(scale)) else { return exact(bytes, range) }
    let magnitude = scale < 0 ? Double(significand) / power : Double(significand) * power
    return isNegative ? -magnitude : magnitude
  }

  private static func exact(_ bytes: [UInt8], _ range: Range<Int>) -> Double {
    Double(String(decoding: bytes[range], as: UTF8.self)) ?? .nan
  }

  private static func smallExponent(_ bytes: [UInt8], _ range: Range<Int>) -> Int? {
    var exponent = 0
    for byte in bytes[range] where !isSign(byte) {
      exponent = exponent * 10 + Int(byte &- 0x30)
      guard exponent < 1000 else { return nil }
    }
    return bytes[range.lowerBound] == UInt8(ascii: "-") ? -exponent : exponent
  }

  private static func power(_ exponent: Int) -> Double? {
    exponent < powers.count ? powers[exponent] : nil
  }

  private static let powers: [Double] = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
    1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
  ]
}
