public import Values

/// Makes texts, numbers and values that are likely to find mistakes, from a seed.
public struct ValueGenerator {
  /// Where the choices come from.
  public var random: SplitMix64

  /// Makes a generator that draws from `random`.
  public init(_ random: SplitMix64) {
    self.random = random
  }
}

// MARK: - Texts

extension ValueGenerator {
  /// Kinds of UTF-16 units of which texts are made.
  private static let alphabets: [[UInt16]] = [
    Array("aAbB01 ,-".utf16),
    Array("aab".utf16),
    Array("\u{0}\u{8}\t\n\r\"\\/\u{1f}\u{7f}\u{80}\u{2028}".utf16),
    Array("éÉßİıΣσςǅŉΐﬁ\u{301}\u{307}\u{345}\u{2b0}·'a ".utf16),
    Array(" \u{a0}\u{feff}\u{1680}\u{2003}\u{200b}\u{2028}\u{202f}\u{205f}\u{3000}\u{b}x".utf16),
    [0xD83D, 0xDE00, 0xDC00, 0xD800, 0xDBFF, 0xDFFF, 0x61],
    [0xD801, 0xDC00, 0xD801, 0xDC28, 0xD83A, 0xDD00, 0x3A3],
    [0xD7FF, 0xE000, 0xFFFD, 0xFFFF, 0xD800, 0xDC00, 0xDBFF, 0x7FF, 0x800],
  ]

  /// UTF-16 units, lone surrogates among them.
  public mutating func units(upTo count: Int = 12) -> [UInt16] {
    let alphabet = random.pick(Self.alphabets)
    let other = random.pick(Self.alphabets)
    return (0..<random.below(count + 1)).map { _ in
      random.once(in: 6) ? random.pick(other) : random.pick(alphabet)
    }
  }

  /// A text, lone surrogates among its units.
  public mutating func text(upTo count: Int = 12) -> Text {
    Text(utf16: units(upTo: count))
  }
}

// MARK: - Numbers

extension ValueGenerator {
  private static let edges: [Double] = [
    0, -0.0, 1, -1, 0.1, 0.5, 1e21, 1e-6, 1e-7, 123_456_789_012_345_683_968,
    999_999_999_999_999_868_928,
    9_007_199_254_740_991, 9_007_199_254_740_992, 9_007_199_254_740_994, 1e22, 1e23,
    .leastNonzeroMagnitude,
    .leastNormalMagnitude, .leastNormalMagnitude.nextDown, .greatestFiniteMagnitude, .pi, 4.35, 100,
  ]

  /// A finite double.
  public mutating func finiteNumber() -> Double {
    let number = anyNumber()
    return number.isFinite ? number : 1.5
  }

  private mutating func anyNumber() -> Double {
    switch random.below(7) {
    case 0: return random.pick(Self.edges)
    case 1: return Double(Int(truncatingIfNeeded: random.next()) >> random.below(64))
    case 2: return Double(random.below(100_000_000)) / [10, 100, 1000, 1e6, 1e15][random.below(5)]
    case 3: return Double(sign: .plus, exponent: random.below(2098) - 1074, significand: 1)
    case 4:
      return Double(random.below(1000)) * [1e18, 1e20, 1e21, 1e-5, 1e-8, 1e300][random.below(6)]
    case 5:
      let edge = random.pick(Self.edges)
      return random.once(in: 2) ? edge.nextUp : -edge.nextDown
    default:
      return Double(bitPattern: random.next())
    }
  }

  /// A double of any kind.
  public mutating func number() -> Double {
    random.once(in: 12) ? random.pick([.nan, .infinity, -.infinity, -0.0]) : finiteNumber()
  }
}

// MARK: - Values

extension ValueGenerator {
  /// A value of any kind, nested up to `depth` levels.
  public mutating func value(depth: Int = 4) -> Value {
    switch random.below(depth > 0 ? 14 : 8) {
    case 0: .null
    case 1: .boolean(random.once(in: 2))
    case 2: .number(number())
    case 3, 4: .text(text())
    case 5:
      .date(Instant(milliseconds: Int64(truncatingIfNeeded: random.next()) >> random.below(60)))
    case 6: .file(file())
    case 7: .unknown(Unknown(requests: (0..<random.below(4)).map { _ in random.below(1000) }))
    case 8...10: .list((0..<random.below(5)).map { _ in value(depth: depth - 1) })
    default: .object(object(depth: depth - 1))
    }
  }

  private mutating func file() -> File {
    let content = (0..<random.below(9)).map { _ in UInt8(truncatingIfNeeded: random.next()) }
    return File(name: text(), mediaType: "text/csv", content: content)
  }

  /// Objects small and large, with keys that look like the tags of recordings among them.
  private mutating func object(depth: Int) -> Object {
    var object = Object()
    for _ in 0..<random.below(random.once(in: 10) ? 30 : 4) {
      let key =
        random.once(in: 4) ? random.pick(["$date", "$object", "$", "$number"]) : text(upTo: 4)
      object[key] = value(depth: depth)
    }
    return object
  }
}
