import TestSupport
import Values

/// Makes cases in which each rule has something to find.
struct CaseGenerator {
  private var generator: ValueGenerator

  init(_ random: SplitMix64) {
    generator = ValueGenerator(random)
  }

  /// A case for the rule of that name.
  mutating func makeCase(for name: String) -> Agreement.Case {
    switch name {
    case "String(number)": return Agreement.Case(number: generator.number())
    case "Number(text)", "parseFloat": return Agreement.Case(a: numberText())
    case "JSON.parse", "sorted JSON": return Agreement.Case(a: source())
    case "toISOString", "UTC fields": return Agreement.Case(number: time())
    case "Date.parse": return Agreement.Case(a: dateText())
    default: return textCase()
    }
  }

  /// Texts of which the second often occurs in the first.
  private mutating func textCase() -> Agreement.Case {
    let units = generator.units(upTo: pick([3, 12, 12, 90]))
    var needle = generator.units(upTo: 2)
    if generator.random.once(in: 2), !units.isEmpty {
      let start = below(units.count)
      needle = Array(units[start..<min(units.count, start + below(pick([2, 4, 50])))])
    }
    let start = below(units.count + 4) - 2
    return Agreement.Case(
      a: units,
      b: needle,
      c: generator.units(upTo: 3),
      i: start,
      j: start + below(units.count + 3)
    )
  }
}

// MARK: - Numbers

extension CaseGenerator {
  private mutating func numberText() -> [UInt16] {
    var text: String
    switch below(8) {
    case 0: text = pick(["0x", "0X", "0b", "0o", "0O", "-0x", "0"]) + digits("01237aF", below(30))
    case 1: text = digits("0123456789", below(40)) + "." + digits("0123456789", below(40))
    case 2:
      text = digits("123456789", 1 + below(20)) + "e" + pick(["", "-", "+"]) + digits("0123", 3)
    case 3: text = Text(generator.number()).description + digits("05", below(4))
    case 4: text = halfway()
    case 5: text = digits("0.eE+-x1 _I", below(7))
    case 6: text = pick(["Infinity", "-Infinity", "+Infinity", "infinity", "Infinityx", "NaN", ""])
    default: text = String(Int(truncatingIfNeeded: generator.random.next()) >> below(64))
    }
    if generator.random.once(in: 8) { text = pick(["+", "-", "--", " ", "\u{feff}"]) + text }
    if generator.random.once(in: 8) {
      text += pick([" ", "px", "\n", "\u{2028}", ".", "e", "e-", "_1"])
    }
    return Array(text.utf16)
  }

  /// A decimal at or just beside the middle of two doubles.
  private mutating func halfway() -> String {
    let odd = (UInt64(1) << 53 | generator.random.next() >> 11) &* 2 + 1
    let tail = pick(["", ".0", ".\(digits("0", 30))1", "e0", "000"])
    return String(pick([odd, odd - 1, odd + 1])) + tail
  }

  private mutating func time() -> Double {
    let bits = Int64(truncatingIfNeeded: generator.random.next()) >> below(60)
    return Double(bits % 8_640_000_000_000_000)
  }

  /// A date in one of the forms that both read alike.
  private mutating func dateText() -> [UInt16] {
    let full = Instant(milliseconds: Int64(time()) / 1000).iso8601
    if full.hasPrefix("+") || full.hasPrefix("-") { return full.utf16 }
    var units = full.utf16
    units = Array(units.prefix(pick([4, 7, 10, 24, 24])))
    if units.count == 24, generator.random.once(in: 2) {
      let fraction = pick(["", ".5", ".123", ".123456", ".99"])
      units = Array(units.prefix(19)) + Array((fraction + pick(["Z", "+02:00", "-05:30"])).utf16)
    }
    if generator.random.once(in: 4) {
      units[pick([5, 8, 11, 14].filter { $0 < units.count } + [0])] = pick([0x30, 0x31, 0x32, 0x39])
    }
    return units
  }
}

// MARK: - JSON

extension CaseGenerator {
  /// JSON with white space and needless escapes, now and then with a mistake.
  private mutating func source() -> [UInt16] {
    var units = json(depth: 4)
    guard generator.random.once(in: 3), !units.isEmpty else { return units }
    let place = below(units.count)
    switch below(3) {
    case 0: units.remove(at: place)
    case 1: units.insert(pick(Array("{}[],:\"\\ 0-.eu\u{1}\u{feff}".utf16)), at: place)
    default: units = Array(units.prefix(place))
    }
    return units
  }

  private mutating func json(depth: Int) -> [UInt16] {
    let space = Array(pick(["", "", "", " ", "\n\t", "\r"]).utf16)
    let value: [UInt16]
    switch below(depth > 0 ? 9 : 5) {
    case 0: value = Array(pick(["null", "true", "false"]).utf16)
    case 1, 2: value = Array(jsonNumber().utf16)
    case 3, 4: value = quoted(generator.units())
    case 5, 6: value = [0x5B] + separated { $0.json(depth: depth - 1) } + [0x5D]
    default:
      value =
        [0x7B] + separated { $0.key() + [0x3A] + $0.json(depth: depth - 1) } + [0x7D]
    }
    return space + value + space
  }

  /// A key that does not look like an index, which JavaScript would move to the front, even when a
  /// mistake takes a letter away.
  private mutating func key() -> [UInt16] {
    quoted(Array("kk".utf16) + generator.units(upTo: 3))
  }

  private mutating func separated(_ item: (inout CaseGenerator) -> [UInt16]) -> [UInt16] {
    var units: [UInt16] = []
    for place in 0..<below(pick([3, 5, 20])) {
      if place > 0 { units.append(0x2C) }
      units += item(&self)
    }
    return units
  }

  private mutating func jsonNumber() -> String {
    pick(["", "-"]) + pick(["0", digits("123456789", 1 + below(20))])
      + pick(["", ".\(digits("0123456789", 1 + below(20)))"])
      + pick(["", "", "e\(digits("0123", 2))", "E-\(digits("0123", 2))", "e+\(digits("34", 3))"])
  }

  private mutating func quoted(_ units: [UInt16]) -> [UInt16] {
    var text: [UInt16] = [0x22]
    for unit in units {
      if unit < 0x20 || unit == 0x22 || unit == 0x5C || generator.random.once(in: 5) {
        let hex = String(unit, radix: 16)
        text += Array("\\u\(String(repeating: "0", count: 4 - hex.count))\(hex)".utf16)
      } else {
        text.append(unit)
      }
    }
    return text + [0x22]
  }
}

// MARK: - Choices

extension CaseGenerator {
  private mutating func below(_ bound: Int) -> Int { generator.random.below(bound) }

  private mutating func pick<Item>(_ items: [Item]) -> Item { generator.random.pick(items) }

  private mutating func digits(_ alphabet: String, _ count: Int) -> String {
    let letters = Array(alphabet)
    return String((0..<count).map { _ in pick(letters) })
  }
}
