import TestSupport
import Values

/// Makes patterns, most of them good, and texts in which they have a chance.
struct PatternGenerator {
  private var random: SplitMix64

  init(_ random: SplitMix64) { self.random = random }

  private static let units = [
    "a", "b", "A", "B", "z", "0", "7", "_", "-", " ", ".", "é", "É", "ß", "ſ", "K", "İ", "ı",
    "\u{2028}",
    "\n", "😀", "Σ", "ς", "σ", "ǆ", "ǅ",
  ]

  private mutating func pick<Item>(_ items: [Item]) -> Item { items[random.below(items.count)] }

  mutating func text() -> String {
    (0..<random.below(12)).map { _ in pick(Self.units) }.joined()
  }

  mutating func pattern() -> String {
    var groups = 0
    let good = alternatives(depth: 0, &groups)
    // One in six is damaged: the two have to refuse the same.
    guard random.below(6) == 0 else { return good }
    var scalars = Array(good.unicodeScalars)
    let noise = Array("()[]{}*+?|\\^$.-,:<>=!k19dDwWbBcxu0".unicodeScalars)
    for _ in 0..<1 + random.below(2) {
      let place = random.below(scalars.count + 1)
      if random.below(3) == 0, place < scalars.count {
        scalars.remove(at: place)
      } else {
        scalars.insert(pick(noise), at: place)
      }
    }
    return String(String.UnicodeScalarView(scalars))
  }

  private mutating func alternatives(depth: Int, _ groups: inout Int) -> String {
    var parts = [sequence(depth, &groups)]
    while random.below(4) == 0 { parts.append(sequence(depth, &groups)) }
    return parts.joined(separator: "|")
  }

  private mutating func sequence(_ depth: Int, _ groups: inout Int) -> String {
    var result = ""
    for _ in 0..<random.below(4) {
      let atom = atom(depth, &groups)
      result += atom + (atom.isRepeatable ? quantifier() : "")
    }
    return result
  }

  private mutating func quantifier() -> String {
    guard random.below(3) == 0 else { return "" }
    let times = pick(["*", "+", "?", "{2}", "{1,}", "{0,2}", "{1,3}", "{0}"])
    return times + (random.below(4) == 0 ? "?" : "")
  }

  private mutating func atom(_ depth: Int, _ groups: inout Int) -> String {
    let kind = random.below(depth < 3 ? 14 : 9)
    switch kind {
    case 0...3: return literal()
    case 4: return pick([".", #"\d"#, #"\D"#, #"\w"#, #"\W"#, #"\s"#, #"\S"#])
    case 5: return characterClass()
    case 6: return pick(["^", "$", #"\b"#, #"\B"#])
    case 7:
      return pick([
        #"\x41"#, #"\u0061"#, #"\u00e9"#, #"\t"#, #"\n"#, #"\0"#, #"\cJ"#, #"\-"#, #"\."#, #"\x4"#,
        #"\u12"#,
        #"\c"#, #"\c1"#, #"\101"#, #"\8"#, #"\k"#, "{", "}", "]", "{a}", "{,3}", #"\/"#, #"\p"#,
      ])
    case 8: return groups > 0 ? "\\\(1 + random.below(groups))" : literal()
    case 9, 10:
      groups += 1
      return "(" + alternatives(depth: depth + 1, &groups) + ")"
    case 11: return "(?:" + alternatives(depth: depth + 1, &groups) + ")"
    case 12: return pick(["(?=", "(?!"]) + alternatives(depth: depth + 1, &groups) + ")"
    default:
      return pick(["(?<=", "(?<!"]) + pick(["a", "[ab]", ".", #"\b"#, "ab|ba", "(?:)", "é"]) + ")"
    }
  }

  private mutating func literal() -> String {
    let unit = pick(Self.units)
    return unit == "." ? #"\."# : unit
  }

  private mutating func characterClass() -> String {
    var members = ""
    for _ in 0..<random.below(4) {
      members += pick([
        "a", "b-z", "A-K", "0-9", "é", "à-ö", "ß", "ſ", #"\d"#, #"\W"#, #"\s"#, #"\b"#, #"\]"#, "-",
        #"\-"#,
        "a-\\d", #"\x41-\x43"#, "ı", #"\c_"#, #"\101"#, "[", "K", "Σ", "^", ".", #"\cA"#, #"\B"#,
      ])
    }
    return "[" + pick(["", "", "^"]) + members + "]"
  }
}

extension String {
  /// Whether a quantifier may stand behind it: not behind places and lookbehinds.
  fileprivate var isRepeatable: Bool {
    !["^", "$", #"\b"#, #"\B"#].contains(self) && !hasPrefix("(?<=") && !hasPrefix("(?<!")
  }
}
