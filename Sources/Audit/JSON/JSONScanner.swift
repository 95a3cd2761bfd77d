/// A strict reader of JSON's grammar that builds nothing: it finds where values begin and end.
///
/// It serves where the parser has no answer: what is wrong with a document and where, where one
/// document of several ends, and which bytes of a document a value was read from. It does not
/// recurse, so nesting is bounded by the input alone.
struct JSONScanner {
  /// JSON that is well formed and that the parser still has no value for.
  struct Oddity: Hashable {
    let offset: Int
    let reason: String
  }

  private let bytes: UnsafeRawBufferPointer
  /// The offset of the next byte.
  private(set) var position: Int
  /// The first odd thing that was passed.
  private(set) var firstOddity: Oddity?
  /// Where the deepest nesting so far began.
  private(set) var deepestOffset = 0
  private var deepest = 0

  init(_ bytes: UnsafeRawBufferPointer, at position: Int = 0) {
    self.bytes = bytes
    self.position = position
  }
}

// MARK: - Values

extension JSONScanner {
  /// Passes one value with the white space around it, which must be all there is.
  mutating func scanDocument() throws(JSONReadError) {
    skipWhitespace()
    try scanValue()
    skipWhitespace()
    guard position == bytes.count else { throw error("something follows the value") }
  }

  /// Passes one value that begins here.
  ///
  /// - Complexity: O(bytes of the value).
  mutating func scanValue() throws(JSONReadError) {
    // The closing bytes of the containers that are open.
    var open: [UInt8] = []
    while true {
      if try openOrScanScalar(&open) { continue }
      if try closeAll(&open) { return }
    }
  }

  /// Passes a scalar or an empty container, or enters a container; true when it entered one and a
  /// value is due.
  private mutating func openOrScanScalar(_ open: inout [UInt8]) throws(JSONReadError) -> Bool {
    guard let byte = peek() else { throw error("the text ends where a value is due") }
    switch byte {
    case UInt8(ascii: "{"):
      enter(UInt8(ascii: "}"), &open)
      if peek() == UInt8(ascii: "}") { return false }
      try scanNameAndColon()
      return true
    case UInt8(ascii: "["):
      enter(UInt8(ascii: "]"), &open)
      return peek() != UInt8(ascii: "]")
    case UInt8(ascii: "\""): try scanString()
    case UInt8(ascii: "t"): try scanWord("true")
    case UInt8(ascii: "f"): try scanWord("false")
    case UInt8(ascii: "n"): try scanWord("null")
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): try scanNumber()
    default: throw error("no value begins with this byte")
    }
    return false
  }

  private mutating func enter(_ closing: UInt8, _ open: inout [UInt8]) {
    open.append(closing)
    if open.count > deepest {
      deepest = open.count
      deepestOffset = position
    }
    position += 1
    skipWhitespace()
  }

  /// Passes what follows a value; true when the outermost value is complete, false when another
  /// value is due.
  private mutating func closeAll(_ open: inout [UInt8]) throws(JSONReadError) -> Bool {
    while let closing = open.last {
      skipWhitespace()
      let byte = peek()
      if byte == closing {
        position += 1
        open.removeLast()
        continue
      }
      guard byte == UInt8(ascii: ",") else {
        let wanted = closing == UInt8(ascii: "}") ? "`,` or `}`" : "`,` or `]`"
        throw error(byte == nil ? "the text ends where \(wanted) is due" : "\(wanted) is due")
      }
      position += 1
      skipWhitespace()
      if closing == UInt8(ascii: "}") { try scanNameAndColon() }
      return false
    }
    return true
  }

  private mutating func scanNameAndColon() throws(JSONReadError) {
    guard peek() == UInt8(ascii: "\"") else { throw error("a name in quotes is due") }
    try scanString()
    skipWhitespace()
    guard peek() == UInt8(ascii: ":") else { throw error("`:` is due") }
    position += 1
    skipWhitespace()
  }
}

// MARK: - Scalars

extension JSONScanner {
  private mutating func scanWord(_ word: StaticString) throws(JSONReadError) {
    for index in 0..<word.utf8CodeUnitCount {
      guard peek() == word.utf8Start[index] else { throw error("`\(word)` is misspelt") }
      position += 1
    }
  }

  private mutating func scanNumber() throws(JSONReadError) {
    let start = position
    if peek() == UInt8(ascii: "-") { position += 1 }
    if peek() == UInt8(ascii: "0") {
      position += 1
    } else {
      try scanDigits()
    }
    if peek() == UInt8(ascii: ".") {
      position += 1
      try scanDigits()
    }
    if let byte = peek(), byte | 0x20 == UInt8(ascii: "e") {
      position += 1
      if let sign = peek(), sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-") { position += 1 }
      try scanDigits()
    }
    noteOddNumber(from: start)
  }

  private mutating func scanDigits() throws(JSONReadError) {
    guard peek()?.isDigit == true else { throw error("a digit is due") }
    while peek()?.isDigit == true { position += 1 }
  }

  private mutating func noteOddNumber(from start: Int) {
    guard firstOddity == nil, position - start > 18 || hasExponent(start..<position) else { return }
    let spelling = String(decoding: bytes[start..<position], as: UTF8.self)
    let isWhole = !spelling.utf8.contains { $0 == UInt8(ascii: ".") || $0 | 0x20 == 0x65 }
    let isOdd =
      isWhole
      ? Int64(spelling) == nil && UInt64(spelling) == nil
      : Double(spelling)?.isFinite != true
    if isOdd {
      firstOddity = Oddity(offset: start, reason: "a number is beyond the range that is kept")
    }
  }

  private func hasExponent(_ range: Range<Int>) -> Bool {
    bytes[range].contains { $0 | 0x20 == UInt8(ascii: "e") }
  }

  /// Passes a string with its quotes.
  mutating func scanString() throws(JSONReadError) {
    position += 1
    while let byte = peek() {
      switch byte {
      case UInt8(ascii: "\""):
        position += 1
        return
      case UInt8(ascii: "\\"): try scanEscape()
      case 0..<0x20: throw error("a control character stands in a string without an escape")
      case 0..<0x80: position += 1
      default: try scanMultibyte()
      }
    }
    throw error("the text ends in a string")
  }

  private mutating func scanEscape() throws(JSONReadError) {
    let start = position
    position += 1
    guard let byte = peek() else { throw error("the text ends in an escape") }
    switch byte {
    case UInt8(ascii: "u"):
      let unit = try scanHexUnit()
      if unit & 0xFC00 == 0xDC00 { noteSurrogate(start) }
      guard unit & 0xFC00 == 0xD800 else { return }
      guard peek() == UInt8(ascii: "\\"), peek(1) == UInt8(ascii: "u") else {
        return noteSurrogate(start)
      }
      let afterHigh = position
      position += 1
      if try scanHexUnit() & 0xFC00 != 0xDC00 {
        noteSurrogate(start)
        position = afterHigh
      }
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"),
      UInt8(ascii: "f"), UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
      position += 1
    default: throw error("no escape has this letter")
    }
  }

  private mutating func noteSurrogate(_ offset: Int) {
    if firstOddity == nil {
      firstOddity = Oddity(offset: offset, reason: "an escape is half a surrogate pair")
    }
  }

  /// Passes `uXXXX`.
  private mutating func scanHexUnit() throws(JSONReadError) -> UInt16 {
    position += 1
    var unit: UInt16 = 0
    for _ in 0..<4 {
      guard let byte = peek(), let digit = byte.hexDigit else {
        throw error("four hexadecimal digits are due")
      }
      unit = unit << 4 | UInt16(digit)
      position += 1
    }
    return unit
  }

  /// Passes one character of more than one byte.
  private mutating func scanMultibyte() throws(JSONReadError) {
    guard let length = UTF8Form.length(of: bytes, at: position) else {
      throw error("the bytes are not UTF-8")
    }
    position += length
  }
}

// MARK: - Bytes

extension JSONScanner {
  /// Passes spaces, tabs and line ends.
  mutating func skipWhitespace() {
    while let byte = peek(), byte.isJSONWhitespace { position += 1 }
  }

  /// Passes one byte.
  mutating func advance() { position += 1 }

  /// The byte ahead, or nil at the end.
  func peek(_ distance: Int = 0) -> UInt8? {
    position + distance < bytes.count ? bytes[position + distance] : nil
  }

  private func error(_ reason: String) -> JSONReadError {
    JSONReadError(kind: .notJSON, offset: position, reason: reason)
  }
}

extension UInt8 {
  /// Whether the byte is a space, a tab or a part of a line end.
  var isJSONWhitespace: Bool { self == 0x20 || self == 0x0A || self == 0x0D || self == 0x09 }

  /// The value of a hexadecimal digit, or nil.
  var hexDigit: UInt8? {
    switch self {
    case 0x30...0x39: self - 0x30
    case 0x41...0x46: self - 0x37
    case 0x61...0x66: self - 0x57
    default: nil
    }
  }
}
