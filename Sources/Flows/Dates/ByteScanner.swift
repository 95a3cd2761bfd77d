internal import Values

/// Reads a text of mostly ASCII from left to right; each reading either succeeds or moves nothing.
struct ByteScanner {
  let bytes: [UInt8]
  var position: Int

  init(_ bytes: [UInt8], at position: Int = 0) {
    self.bytes = bytes
    self.position = position
  }

  var isAtEnd: Bool { position >= bytes.count }

  /// The byte that comes next.
  var next: UInt8? { position < bytes.count ? bytes[position] : nil }

  /// Reads one byte.
  mutating func skip(_ byte: UInt8) -> Bool {
    guard next == byte else { return false }
    position += 1
    return true
  }

  /// Reads one byte of several.
  mutating func skip(anyOf choices: String) -> UInt8? {
    guard let next, choices.utf8.contains(next) else { return nil }
    position += 1
    return next
  }

  /// Reads white space, which may be none.
  mutating func skipSpaces() {
    while let next, next == 0x20 || (0x09...0x0D).contains(next) { position += 1 }
  }

  /// Reads a number of as many digits as there are within a range, which it must have.
  mutating func digits(_ count: ClosedRange<Int>) -> Int? {
    var end = position
    var number = 0
    while end < bytes.count, end - position < count.upperBound, let digit = bytes[end].digit {
      number = number * 10 + digit
      end += 1
    }
    guard end - position >= count.lowerBound else { return nil }
    position = end
    return number
  }

  /// Reads a number of exactly `count` digits.
  mutating func digits(_ count: Int) -> Int? { digits(count...count) }

  /// Reads the digits of a fraction, of which the first three count, as milliseconds.
  mutating func milliseconds() -> Int? {
    var end = position
    var number = 0
    while end < bytes.count, let digit = bytes[end].digit {
      if end - position < 3 { number = number * 10 + digit }
      end += 1
    }
    guard end > position else { return nil }
    for _ in (end - position)..<max(3, end - position) { number *= 10 }
    position = end
    return number
  }

  /// Reads a word of ASCII letters.
  mutating func word() -> [UInt8]? {
    var end = position
    while end < bytes.count, bytes[end].isLetter { end += 1 }
    guard end > position else { return nil }
    defer { position = end }
    return Array(bytes[position..<end])
  }

  /// Reads `Z`, `±HH`, `±HHmm` or `±HH:mm` as seconds east of UTC.
  mutating func offset() -> Int? {
    let start = position
    if skip(anyOf: "Zz") != nil { return 0 }
    guard let sign = skip(anyOf: "+-"), let hours = digits(2) else {
      position = start
      return nil
    }
    let beforeMinutes = position
    _ = skip(UInt8(ascii: ":"))
    let minutes = digits(2)
    if minutes == nil { position = beforeMinutes }
    let seconds = hours * 3_600 + (minutes ?? 0) * 60
    return sign == UInt8(ascii: "-") ? -seconds : seconds
  }

  /// Runs a reading of several parts, and takes it back where it fails.
  mutating func attempt<Result>(_ read: (inout ByteScanner) -> Result?) -> Result? {
    var copy = self
    guard let result = read(&copy) else { return nil }
    position = copy.position
    return result
  }
}

extension UInt8 {
  /// The value of an ASCII digit.
  var digit: Int? {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self) ? Int(self - UInt8(ascii: "0")) : nil
  }

  /// Whether the byte is an ASCII letter.
  var isLetter: Bool {
    let lowered = self | 0x20
    return (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(lowered)
  }
}
