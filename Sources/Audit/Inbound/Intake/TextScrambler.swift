/// Puts other letters and digits in the place of a text's own.
///
/// They are drawn as often as they stand in the documents, by a fixed sequence. The same text is
/// scrambled the same way within one document, and another way in the next.
struct TextScrambler {
  /// Letters and digits by kind: digits, those of hexadecimal numbers, the rest, each by case.
  private var pools: [[UInt8]] = Array(repeating: [], count: 5)
  /// How texts of the document were scrambled, and where that stands in `scrambled`.
  private var known = TextTable<Range<Int>?>(initial: nil)
  private var scrambled: [UInt8] = []
  private var state: UInt64 = 0x2545_F491_4F6C_DD1D

  /// How many characters of a kind are enough to draw from.
  private static let poolSize = 1 << 14

  init(_ documents: [[UInt8]]) {
    for document in documents {
      document.withUnsafeBytes { document in
        SampleToken.forEach(of: document) { token in
          if case .text(let text, .some) = token { take(text) }
        }
      }
    }
  }

  private mutating func take(_ text: UnsafeRawBufferPointer) {
    for byte in text {
      guard let kind = Self.kind(of: byte), pools[kind].count < Self.poolSize else { continue }
      pools[kind].append(byte)
    }
  }

  /// Forgets how texts were scrambled.
  mutating func startNext() {
    known.removeAll()
    scrambled.removeAll(keepingCapacity: true)
  }

  /// Appends the text with other letters and digits.
  mutating func scramble(_ text: UnsafeRawBufferPointer, into target: inout [UInt8]) {
    if let range = known[text] { return target.append(contentsOf: scrambled[range]) }
    let start = scrambled.count
    for byte in text { scrambled.append(draw(like: byte)) }
    known[text] = start..<scrambled.count
    target.append(contentsOf: scrambled[start...])
  }

  /// The text with other letters and digits.
  mutating func scrambled(_ text: [UInt8]) -> [UInt8] {
    var target: [UInt8] = []
    text.withUnsafeBytes { scramble($0, into: &target) }
    return target
  }

  /// A letter or digit of the same kind; other bytes stay, but those beyond ASCII.
  mutating func draw(like byte: UInt8) -> UInt8 {
    guard let kind = Self.kind(of: byte) else { return byte < 0x80 ? byte : UInt8(ascii: "x") }
    guard !pools[kind].isEmpty else { return byte.isDigit ? UInt8(ascii: "0") : UInt8(ascii: "x") }
    state ^= state << 13
    state ^= state >> 7
    state ^= state << 17
    return pools[kind][Int(truncatingIfNeeded: (state >> 16) % UInt64(pools[kind].count))]
  }

  private static func kind(of byte: UInt8) -> Int? {
    switch byte {
    case 0x30...0x39: 0
    case 0x61...0x66: 1
    case 0x67...0x7A: 2
    case 0x41...0x46: 3
    case 0x47...0x5A: 4
    default: nil
    }
  }
}

extension UInt8 {
  /// Whether it is a letter of ASCII.
  var isLetter: Bool { (0x61...0x7A).contains(self | 0x20) }
}
