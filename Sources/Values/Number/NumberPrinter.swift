/// Prints doubles as ECMAScript's `Number::toString` does: the fewest digits that read back.
enum NumberPrinter {
  /// Appends the number in ASCII.
  static func append(_ number: Double, to bytes: inout [UInt8]) {
    if number.isNaN {
      bytes.append(contentsOf: "NaN".utf8)
      return
    }
    if number < 0 { bytes.append(UInt8(ascii: "-")) }
    let magnitude = number.magnitude
    if magnitude < 9_007_199_254_740_992, magnitude == magnitude.rounded(.towardZero) {
      append(UInt64(magnitude), to: &bytes)
    } else if magnitude.isInfinite {
      bytes.append(contentsOf: "Infinity".utf8)
    } else {
      append(Digits(shortest: magnitude), to: &bytes)
    }
  }

  /// Appends a whole number in decimal.
  static func append(_ integer: UInt64, to bytes: inout [UInt8]) {
    let start = bytes.count
    var rest = integer
    repeat {
      bytes.append(0x30)
      rest /= 10
    } while rest > 0
    rest = integer
    var place = bytes.count
    while place > start {
      place -= 1
      bytes[place] = 0x30 + UInt8(truncatingIfNeeded: rest % 10)
      rest /= 10
    }
  }

  /// Lays the digits out as the standard says, with *n* the place of the point.
  private static func append(_ digits: Digits, to bytes: inout [UInt8]) {
    let point = digits.point
    let zero = UInt8(ascii: "0")
    switch point {
    case digits.count...21 where digits.count <= 21:
      append(digits.significand, to: &bytes)
      bytes.append(contentsOf: repeatElement(zero, count: point - digits.count))
    case 1...21:
      let start = bytes.count
      append(digits.significand, to: &bytes)
      bytes.insert(UInt8(ascii: "."), at: start + point)
    case -5...0:
      bytes.append(contentsOf: "0.".utf8)
      bytes.append(contentsOf: repeatElement(zero, count: -point))
      append(digits.significand, to: &bytes)
    default:
      let start = bytes.count
      append(digits.significand, to: &bytes)
      if digits.count > 1 { bytes.insert(UInt8(ascii: "."), at: start + 1) }
      bytes.append(UInt8(ascii: "e"))
      bytes.append(UInt8(ascii: point > 0 ? "+" : "-"))
      append(UInt64(abs(point - 1)), to: &bytes)
    }
  }
}

extension NumberPrinter {
  /// The fewest decimal digits that read back as a positive finite double.
  private struct Digits {
    /// The digits as a whole number, without zeros at its end.
    private(set) var significand: UInt64 = 0
    /// How many digits the significand has.
    private(set) var count = 0
    /// The value is 0.*digits* times ten to this power.
    private(set) var point = 0

    /// Takes the digits from Swift's own shortest form and forgets its layout.
    init(shortest number: Double) {
      var exponent = 0
      var fractionDigits = 0
      var isAfterPoint = false
      var text = number.description.utf8.makeIterator()
      while let byte = text.next() {
        if byte &- 0x30 < 10 {
          significand = significand * 10 + UInt64(byte &- 0x30)
          if isAfterPoint { fractionDigits += 1 }
        } else if byte == UInt8(ascii: ".") {
          isAfterPoint = true
        } else {
          exponent = Self.exponent(&text)
        }
      }
      while significand % 10 == 0, significand > 0 {
        significand /= 10
        fractionDigits -= 1
      }
      var rest = significand
      while rest > 0 {
        rest /= 10
        count += 1
      }
      point = count - fractionDigits + exponent
    }

    private static func exponent(_ text: inout String.UTF8View.Iterator) -> Int {
      var exponent = 0
      var isNegative = false
      while let byte = text.next() {
        if byte == UInt8(ascii: "-") { isNegative = true }
        if byte &- 0x30 < 10 { exponent = exponent * 10 + Int(byte &- 0x30) }
      }
      return isNegative ? -exponent : exponent
    }
  }
}

extension Text {
  /// Makes the text of a number as JavaScript prints it: ECMAScript's `Number::toString`.
  ///
  /// -0 prints as `0`; the others are `NaN`, `Infinity` and the shortest decimal that reads back.
  public init(_ number: Double) {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(24)
    NumberPrinter.append(number, to: &bytes)
    self.init(wtf8: bytes)
  }
}
