/// Reads a pattern as JavaScript does without the flag `u`.
///
/// The grammar is that of ECMA-262, section 22.2.1, with what annex B.1.2 allows besides: braces and
/// brackets that stand for themselves, octal escapes, and escapes of any unit.
struct PatternParser {
  private let units: [PatternUnit]
  var place = 0
  /// The names of the groups by number, nil for a group without one.
  private var names: [String?] = []
  private var opened = 0
  private var depth = 0
  private static let deepest = 200

  init(_ units: [UInt16]) {
    self.units = units.map { PatternUnit($0) }
    names = Self.groups(in: self.units)
  }

  /// How many numbered groups the pattern has.
  var groupCount: Int { names.count }

  /// The pattern's parts.
  ///
  /// - Throws: `RegularExpressionError` where JavaScript refuses the pattern, or groups nest too deeply.
  mutating func parse() throws(RegularExpressionError) -> PatternNode {
    let names = names.compactMap(\.self)
    if Set(names).count < names.count { throw failure("a name that two groups have", at: 0) }
    let node = try alternatives()
    if place < units.count { throw failure("a `)` without a group") }
    return node
  }

  /// The names of all numbered groups, found before the rest is read: escapes mean other things in
  /// patterns that have them.
  private static func groups(in units: [PatternUnit]) -> [String?] {
    var found: [String?] = []
    var place = 0
    var isInClass = false
    while place < units.count {
      defer { place += 1 }
      switch units[place] {
      case "\\": place += 1
      case "[": isInClass = true
      case "]": isInClass = false
      case "(" where !isInClass:
        let rest = units[(place + 1)...]
        guard rest.first == "?" else {
          found.append(nil)
          continue
        }
        guard rest.starts(with: ["?", "<"] as [PatternUnit]), let next = rest.dropFirst(2).first,
          next != "=",
          next != "!"
        else { continue }
        let name = rest.dropFirst(2).prefix { $0 != ">" }
        found.append(String(decoding: name.map(\.code), as: UTF16.self))
      default: break
      }
    }
    return found
  }
}

// MARK: - Parts

extension PatternParser {
  private mutating func alternatives() throws(RegularExpressionError) -> PatternNode {
    depth += 1
    defer { depth -= 1 }
    guard depth <= Self.deepest else {
      throw .unsupported("more than \(Self.deepest) groups in groups")
    }
    var parts = [try sequence()]
    while take("|") { parts.append(try sequence()) }
    return parts.count == 1 ? parts[0] : .alternatives(parts)
  }

  private mutating func sequence() throws(RegularExpressionError) -> PatternNode {
    var parts: [PatternNode] = []
    while let next = peek(), next != "|", next != ")" { parts.append(try term()) }
    return parts.count == 1 ? parts[0] : .sequence(parts)
  }

  private mutating func term() throws(RegularExpressionError) -> PatternNode {
    let start = place
    let next = take()
    switch next {
    case "^": return try once(.start)
    case "$": return try once(.end)
    case "(": return try group()
    case ".": return try quantified(.unit(.lineEnds, isNegative: true))
    case "[": return try quantified(try characterClass())
    case "*", "+", "?": throw failure("nothing to repeat", at: start)
    case "{":
      place = start
      if try bounds() != nil {
        throw failure("nothing to repeat before a number of times", at: start)
      }
      place = start + 1
      return try quantified(.unit(UnitSet(next.code), isNegative: false))
    case "\\":
      if take("b") { return try once(.boundary(isNegative: false)) }
      if take("B") { return try once(.boundary(isNegative: true)) }
      return try quantified(try escape())
    default: return try quantified(.unit(UnitSet(next.code), isNegative: false))
    }
  }

  private mutating func group() throws(RegularExpressionError) -> PatternNode {
    let start = place - 1
    guard take("?") else { return try quantified(try capture(start)) }
    if take(":") { return try quantified(.group(try body(start))) }
    for (mark, isNegative) in [("=", false), ("!", true)] as [(PatternUnit, Bool)] where take(mark)
    {
      return try quantified(.look(isAhead: true, isNegative: isNegative, try body(start)))
    }
    guard take("<") else { throw failure("a group that begins with `(?` and is none", at: start) }
    for (mark, isNegative) in [("=", false), ("!", true)] as [(PatternUnit, Bool)] where take(mark)
    {
      return try once(.look(isAhead: false, isNegative: isNegative, try body(start)))
    }
    _ = try name()
    return try quantified(try capture(start))
  }

  private mutating func capture(_ start: Int) throws(RegularExpressionError) -> PatternNode {
    opened += 1
    let number = opened
    return .capture(number, try body(start))
  }

  private mutating func body(_ start: Int) throws(RegularExpressionError) -> PatternNode {
    let node = try alternatives()
    guard take(")") else { throw failure("a group without its `)`", at: start) }
    return node
  }
}

// MARK: - Repetition

extension PatternParser {
  /// A part that cannot be repeated.
  private mutating func once(_ node: PatternNode) throws(RegularExpressionError) -> PatternNode {
    let start = place
    let hasMark = take("*") || take("+") || take("?")
    let hasBounds = try bounds() != nil
    if hasMark || hasBounds { throw failure("nothing to repeat", at: start) }
    return node
  }

  /// A part with the quantifier behind it, if there is one.
  private mutating func quantified(_ node: PatternNode) throws(RegularExpressionError)
    -> PatternNode
  {
    let times: (least: Int, most: Int?)
    if take("*") {
      times = (0, nil)
    } else if take("+") {
      times = (1, nil)
    } else if take("?") {
      times = (0, 1)
    } else if let bounds = try bounds() {
      times = bounds
    } else {
      return node
    }
    return .repeated(node, least: times.least, most: times.most, isLazy: take("?"))
  }

  /// The bounds in braces; nil, and nothing read, where braces stand for themselves.
  private mutating func bounds() throws(RegularExpressionError) -> (least: Int, most: Int?)? {
    let start = place
    guard take("{"), let least = number() else {
      place = start
      return nil
    }
    var most: Int? = least
    if take(",") { most = number() }
    guard take("}") else {
      place = start
      return nil
    }
    if let most, most < least { throw failure("bounds in the wrong order", at: start) }
    guard max(least, most ?? 0) <= Self.mostTimes else {
      throw .unsupported("more than \(Self.mostTimes) times")
    }
    return (least, most)
  }

  /// What PCRE2 can repeat.
  private static let mostTimes = 65_535

  private mutating func number() -> Int? {
    var value: Int?
    while let digit = peek()?.digit {
      value = min((value ?? 0) * 10 + Int(digit), Int(Int32.max))
      place += 1
    }
    return value
  }
}

// MARK: - References

extension PatternParser {
  /// The reference that an escape is which begins with a digit from 1; nil, and nothing read, where it is
  /// none.
  mutating func numberedReference() -> PatternNode? {
    let start = place
    guard let digit = peek(), ("1"..."9").contains(digit), let number = number(),
      number <= groupCount
    else {
      place = start
      return nil
    }
    return .reference(number)
  }

  /// The reference behind `\k`; nil, and nothing read, in patterns whose groups have no names.
  mutating func namedReference() throws(RegularExpressionError) -> PatternNode? {
    guard names.contains(where: { $0 != nil }) else { return nil }
    let start = place
    guard take("<") else { throw failure("a `\\k` without a name", at: start) }
    let name = try name()
    guard let index = names.firstIndex(of: name) else {
      throw failure("a reference to `\(name)`, which no group is called", at: start)
    }
    return .reference(index + 1)
  }

  /// A name up to its `>`.
  private mutating func name() throws(RegularExpressionError) -> String {
    let start = place
    let name = units[place...].prefix { $0 != ">" }
    place += name.count
    let text = String(decoding: name.map(\.code), as: UTF16.self)
    let isName = text.unicodeScalars.enumerated().allSatisfy { index, scalar in
      scalar == "$" || scalar == "_"
        || (index == 0 ? scalar.properties.isIDStart : scalar.properties.isIDContinue)
    }
    guard take(">"), isName, !text.isEmpty else {
      throw failure("a group's name that is none", at: start)
    }
    return text
  }
}

// MARK: - Units

extension PatternParser {
  /// The units from the place on that there are, at most that many.
  func ahead(_ count: Int) -> ArraySlice<PatternUnit> { units[place...].prefix(count) }

  func peek() -> PatternUnit? { place < units.count ? units[place] : nil }

  mutating func take() -> PatternUnit {
    defer { place += 1 }
    return units[place]
  }

  mutating func take(_ unit: PatternUnit) -> Bool {
    guard peek() == unit else { return false }
    place += 1
    return true
  }

  func failure(_ reason: String, at place: Int? = nil) -> RegularExpressionError {
    .syntax(reason, at: place ?? self.place)
  }
}
