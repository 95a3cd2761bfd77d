/// Writes a pattern so that PCRE2 takes it as JavaScript does.
///
/// Everything that the two read in different ways is written out: classes, line ends, word boundaries,
/// the ends of the text, and letters where case does not count.
struct PatternWriter {
  private let ignoresCase: Bool
  private(set) var text = ""
  /// The groups around what is being written.
  private var open: Set<Int> = []

  init(ignoresCase: Bool) { self.ignoresCase = ignoresCase }

  mutating func write(_ node: PatternNode) throws(RegularExpressionError) {
    switch node {
    case .unit(let set, let isNegative): write(set, isNegative: isNegative)
    case .sequence(let parts): for part in parts { try write(part) }
    case .alternatives(let parts):
      for (index, part) in parts.enumerated() {
        if index > 0 { text += "|" }
        try write(part)
      }
    case .capture(let number, let part):
      open.insert(number)
      try write(part, after: "(")
      open.remove(number)
    case .group(let part): try write(part, after: "(?:")
    case .look(let isAhead, let isNegative, let part):
      // In a group of its own, it can be repeated.
      text += "(?:"
      try write(part, after: "(?" + (isAhead ? "" : "<") + (isNegative ? "!" : "="))
      text += ")"
    case .reference(let number): write(referenceTo: number)
    case .start: text += #"\A"#
    case .end: text += #"\z"#
    case .boundary(let isNegative):
      let word = Self.written(UnitSet.wordUnits)
      text +=
        isNegative
        ? "(?:(?<=\(word))(?=\(word))|(?<!\(word))(?!\(word)))"
        : "(?:(?<=\(word))(?!\(word))|(?<!\(word))(?=\(word)))"
    case .repeated(let part, _, most: 0, _):
      // Its groups count, though nothing of it ever matches. PCRE2 10.42 takes what is repeated no times for a
      // beginning of the text where one of its alternatives is.
      text += "(?:(?!)"
      try write(part)
      text += ")?"
    case .repeated(let part, let least, let most, let isLazy):
      try write(part)
      text += "{\(least),\(most.map(String.init) ?? "")}" + (isLazy ? "?" : "")
    }
  }

  private mutating func write(
    _ part: PatternNode,
    after opening: String
  ) throws(RegularExpressionError) {
    text += opening
    try write(part)
    text += ")"
  }

  private mutating func write(_ set: UnitSet, isNegative: Bool) {
    let set = ignoresCase ? UnitCase.closed(set) : set
    text += Self.written(isNegative ? set.inverted : set)
  }

  private mutating func write(referenceTo number: Int) {
    // What a group matched is not known inside it: nothing is repeated.
    if open.contains(number) {
      text += "(?:)"
    } else {
      text += ignoresCase ? "(?i:\\g{\(number)})" : "\\g{\(number)}"
    }
  }

  /// A set as a class of PCRE2; one without a unit never matches.
  private static func written(_ set: UnitSet) -> String {
    if let unit = set.single { return written(unit) }
    if set.ranges.isEmpty { return "(?:(?!))" }
    let ranges = set.ranges.map { "\(written($0.lowerBound))-\(written($0.upperBound))" }
    return "[" + ranges.joined() + "]"
  }

  private static func written(_ unit: UInt16) -> String {
    "\\x{" + String(unit, radix: 16) + "}"
  }
}
