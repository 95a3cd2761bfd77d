/// A UTF-16 unit of a pattern, written as a character where it is one of ASCII.
struct PatternUnit: Hashable, Comparable, ExpressibleByUnicodeScalarLiteral {
  let code: UInt16

  init(_ code: UInt16) { self.code = code }

  init(unicodeScalarLiteral scalar: Unicode.Scalar) {
    code = UInt16(truncatingIfNeeded: scalar.value)
  }

  static func < (left: PatternUnit, right: PatternUnit) -> Bool { left.code < right.code }

  /// The value of a decimal digit, nil for another unit.
  var digit: UInt16? { ("0"..."9").contains(self) ? code - 0x30 : nil }

  /// The value of an octal digit, nil for another unit.
  var octalDigit: UInt16? { digit.flatMap { $0 < 8 ? $0 : nil } }

  /// The value of a hexadecimal digit, nil for another unit.
  var hexadecimalDigit: UInt16? {
    if let digit { return digit }
    if ("a"..."f").contains(self) { return code - 0x61 + 10 }
    return ("A"..."F").contains(self) ? code - 0x41 + 10 : nil
  }

  /// Whether it is an ASCII letter.
  var isLetter: Bool { ("a"..."z").contains(self) || ("A"..."Z").contains(self) }
}
