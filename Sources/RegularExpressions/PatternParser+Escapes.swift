extension PatternParser {
  /// What the escape stands for whose `\` was read, outside a class.
  mutating func escape() throws(RegularExpressionError) -> PatternNode {
    if let reference = numberedReference() { return reference }
    if peek() == "k" {
      place += 1
      if let reference = try namedReference() { return reference }
      return .unit(UnitSet(0x6B), isNegative: false)
    }
    if let set = classEscape() { return .unit(set, isNegative: false) }
    return .unit(UnitSet(try unitEscape(inClass: false)), isNegative: false)
  }

  /// The class of `\d`, `\s`, `\w` or the like; nil, and nothing read, for another escape.
  mutating func classEscape() -> UnitSet? {
    let set: UnitSet
    switch peek() {
    case "d": set = .digits
    case "D": set = UnitSet.digits.inverted
    case "s": set = .whiteSpace
    case "S": set = UnitSet.whiteSpace.inverted
    case "w": set = .wordUnits
    case "W": set = UnitSet.wordUnits.inverted
    default: return nil
    }
    place += 1
    return set
  }

  /// The one unit that an escape stands for.
  mutating func unitEscape(inClass: Bool) throws(RegularExpressionError) -> UInt16 {
    guard peek() != nil else { throw failure("a `\\` at the end") }
    let unit = take()
    switch unit {
    case "t": return 0x09
    case "n": return 0x0A
    case "v": return 0x0B
    case "f": return 0x0C
    case "r": return 0x0D
    case "b" where inClass: return 0x08
    case "c": return control(inClass: inClass)
    case "x": return hexadecimal(2) ?? unit.code
    case "u": return hexadecimal(4) ?? unit.code
    case "0"..."7":
      place -= 1
      return octal()
    default: return unit.code
    }
  }

  /// The control unit behind `\c`; where none follows, the `\` stands for itself and `c` is yet to come.
  private mutating func control(inClass: Bool) -> UInt16 {
    guard let next = peek(), next.isLetter || inClass && (next.digit != nil || next == "_") else {
      place -= 1
      return 0x5C
    }
    place += 1
    return next.code % 32
  }

  /// That many hexadecimal digits; nil, and nothing read, where there are fewer.
  private mutating func hexadecimal(_ count: Int) -> UInt16? {
    let digits = ahead(count).compactMap(\.hexadecimalDigit)
    guard digits.count == count else { return nil }
    place += count
    return digits.reduce(0) { $0 << 4 | $1 }
  }

  /// Up to three octal digits, up to 377.
  private mutating func octal() -> UInt16 {
    var value: UInt16 = 0
    var count = 0
    while count < 3, let digit = peek()?.octalDigit, value * 8 + digit <= 0o377 {
      value = value * 8 + digit
      place += 1
      count += 1
    }
    return value
  }
}

// MARK: - Classes

extension PatternParser {
  /// The class whose `[` was read.
  mutating func characterClass() throws(RegularExpressionError) -> PatternNode {
    let start = place - 1
    let isNegative = take("^")
    var ranges: [ClosedRange<UInt16>] = []
    while !take("]") {
      guard peek() != nil else { throw failure("a class without its `]`", at: start) }
      let first = try classMember()
      let hyphen = place
      guard ahead(2).first == "-", ahead(2).count == 2, ahead(2).last != "]" else {
        ranges += first.ranges
        continue
      }
      place += 1
      let last = try classMember()
      guard let lower = first.single, let upper = last.single else {
        // A class beside a hyphen is no end of a range.
        ranges += first.ranges + last.ranges + [0x2D...0x2D]
        continue
      }
      guard lower <= upper else { throw failure("a range in the wrong order", at: hyphen) }
      ranges.append(lower...upper)
    }
    return .unit(UnitSet(ranges), isNegative: isNegative)
  }

  private mutating func classMember() throws(RegularExpressionError) -> UnitSet {
    guard take("\\") else { return UnitSet(take().code) }
    if let set = classEscape() { return set }
    return UnitSet(try unitEscape(inClass: true))
  }
}
