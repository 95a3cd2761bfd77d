/// Building compact JSON out of fixed text, numbers and random ids.
extension [UInt8] {
  /// Appends fixed text.
  mutating func append(_ text: StaticString) {
    text.withUTF8Buffer { append(contentsOf: $0) }
  }

  /// Appends a number that is not negative, with leading zeros up to `width`.
  mutating func append(digits number: Int, width: Int) {
    var divisor = 1
    for _ in 1..<width { divisor *= 10 }
    while divisor > 0 {
      append(UInt8(ascii: "0") + UInt8(number / divisor % 10))
      divisor /= 10
    }
  }

  /// Appends a whole number.
  mutating func append(number: Int) {
    append(contentsOf: String(number).utf8)
  }

  /// Appends a JSON text made of `count` random letters, digits, `-` and `_` behind `prefix`.
  mutating func append(
    id prefix: StaticString,
    count: Int,
    drawing random: inout SplitMix64
  ) {
    append(prefix)
    var bits: UInt64 = 0
    for index in 0..<count {
      if index % 10 == 0 { bits = random.next() }
      append(idLetters[Int(bits & 63)])
      bits >>= 6
    }
  }

  /// Appends `count` random hexadecimal digits.
  mutating func append(hex count: Int, drawing random: inout SplitMix64) {
    var bits: UInt64 = 0
    for index in 0..<count {
      if index % 16 == 0 { bits = random.next() }
      append(hexDigits[Int(bits & 15)])
      bits >>= 4
    }
  }

  /// Appends a random UUID.
  mutating func append(uuidDrawing random: inout SplitMix64) {
    append(hex: 8, drawing: &random)
    append("-")
    append(hex: 4, drawing: &random)
    append("-4")
    append(hex: 3, drawing: &random)
    append("-a")
    append(hex: 3, drawing: &random)
    append("-")
    append(hex: 12, drawing: &random)
  }
}

private let idLetters = Array(
  "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8
)
private let hexDigits = Array("0123456789abcdef".utf8)

extension SplitMix64 {
  /// A place below `count`, low ones far more often: half of the draws fall into the first eighth.
  mutating func popular(below count: Int) -> Int {
    let third = Double(next() >> 11) * 0x1p-53
    return Int(third * third * third * Double(count))
  }
}
