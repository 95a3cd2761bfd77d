/// Reads one JSON document from bytes.
struct JSONParser {
  private let bytes: [UInt8]
  private let surrogates: WTF8.Surrogates
  private let maximumDepth: Int
  private var position = 0

  /// Makes a parser at the start of `bytes`.
  init(_ bytes: [UInt8], surrogates: WTF8.Surrogates, maximumDepth: Int) {
    self.bytes = bytes
    self.surrogates = surrogates
    self.maximumDepth = maximumDepth
  }

  /// Reads the value, which must be all there is.
  mutating func parseDocument() throws(JSONError) -> Value {
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { throw error(.byteOrderMark) }
    skipWhiteSpace()
    let value = try parseValue(depth: 0)
    skipWhiteSpace()
    guard position == bytes.count else { throw error(.trailingContent) }
    return value
  }
}

// MARK: - Values

extension JSONParser {
  private mutating func parseValue(depth: Int) throws(JSONError) -> Value {
    switch current {
    case UInt8(ascii: "\""):
      position += 1
      return .text(try parseText())
    case UInt8(ascii: "{"):
      return .object(try parseObject(depth: depth + 1))
    case UInt8(ascii: "["):
      return .list(try parseList(depth: depth + 1))
    case UInt8(ascii: "-"), .some(0x30...0x39):
      return .number(try parseNumber())
    case UInt8(ascii: "t"):
      try expect(JSONWord.true)
      return .boolean(true)
    case UInt8(ascii: "f"):
      try expect(JSONWord.false)
      return .boolean(false)
    case UInt8(ascii: "n"):
      try expect(JSONWord.null)
      return .null
    default:
      throw atEndOr(.expectedValue)
    }
  }

  private mutating func parseList(depth: Int) throws(JSONError) -> [Value] {
    try enter(depth)
    var items: [Value] = []
    if current == UInt8(ascii: "]") {
      position += 1
      return items
    }
    while true {
      items.append(try parseValue(depth: depth))
      skipWhiteSpace()
      switch current {
      case UInt8(ascii: ","): position += 1
      case UInt8(ascii: "]"):
        position += 1
        return items
      default: throw atEndOr(.expectedCommaOrBracket)
      }
      skipWhiteSpace()
    }
  }

  private mutating func parseObject(depth: Int) throws(JSONError) -> Object {
    try enter(depth)
    var object = Object()
    if current == UInt8(ascii: "}") {
      position += 1
      return object
    }
    while true {
      guard current == UInt8(ascii: "\"") else { throw atEndOr(.expectedKey) }
      position += 1
      let key = try parseText()
      skipWhiteSpace()
      guard current == UInt8(ascii: ":") else { throw atEndOr(.expectedColon) }
      position += 1
      skipWhiteSpace()
      object[key] = try parseValue(depth: depth)
      skipWhiteSpace()
      switch current {
      case UInt8(ascii: ","): position += 1
      case UInt8(ascii: "}"):
        position += 1
        return object
      default: throw atEndOr(.expectedCommaOrBrace)
      }
      skipWhiteSpace()
    }
  }

  private mutating func enter(_ depth: Int) throws(JSONError) {
    guard depth <= maximumDepth else { throw error(.tooDeep(maximum: maximumDepth)) }
    position += 1
    skipWhiteSpace()
  }

  private mutating func expect(_ word: [UInt8]) throws(JSONError) {
    for letter in word {
      guard current == letter else { throw atEndOr(.expectedValue) }
      position += 1
    }
  }

  private mutating func parseNumber() throws(JSONError) -> Double {
    let start = position
    if current == UInt8(ascii: "-") { position += 1 }
    let whole = position
    try skipDigits()
    if bytes[whole] == UInt8(ascii: "0"), position > whole + 1 {
      position = whole + 1
      throw error(.invalidNumber)
    }
    if current == UInt8(ascii: ".") {
      position += 1
      try skipDigits()
    }
    if let byte = current, byte | 0x20 == UInt8(ascii: "e") {
      position += 1
      if let sign = current, Decimal.isSign(sign) { position += 1 }
      try skipDigits()
    }
    return Decimal.value(of: bytes, in: start..<position)
  }

  private mutating func skipDigits() throws(JSONError) {
    let start = position
    position = Decimal.digits(in: bytes, from: start)
    guard position > start else { throw atEndOr(.invalidNumber) }
  }
}

// MARK: - Texts

extension JSONParser {
  /// Reads what follows an opening quote, and the closing one.
  private mutating func parseText() throws(JSONError) -> Text {
    let start = position
    try skipPlainCharacters()
    if current == UInt8(ascii: "\"") {
      position += 1
      return Text(wtf8: Array(bytes[start..<(position - 1)]))
    }
    var text = Array(bytes[start..<position])
    while current != UInt8(ascii: "\"") {
      try parseEscape(into: &text)
      let start = position
      try skipPlainCharacters()
      if surrogates == .allowed {
        WTF8.append(Array(bytes[start..<position]), to: &text)
      } else {
        text.append(contentsOf: bytes[start..<position])
      }
    }
    position += 1
    return Text(wtf8: text)
  }

  /// Stops at a quote or a backslash.
  private mutating func skipPlainCharacters() throws(JSONError) {
    while position < bytes.count {
      let byte = bytes[position]
      if byte >= 0x80 {
        let length = WTF8.sequenceLength(in: bytes, at: position, surrogates: surrogates)
        guard length > 0 else { throw error(.invalidUTF8) }
        position += length
      } else if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") {
        return
      } else if byte < 0x20 {
        throw error(.controlCharacter)
      } else {
        position += 1
      }
    }
    throw error(.unexpectedEnd)
  }

  /// Reads a backslash and what it escapes.
  private mutating func parseEscape(into text: inout [UInt8]) throws(JSONError) {
    position += 1
    guard let letter = current else { throw error(.unexpectedEnd) }
    switch letter {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): text.append(letter)
    case UInt8(ascii: "b"): text.append(0x08)
    case UInt8(ascii: "f"): text.append(0x0C)
    case UInt8(ascii: "n"): text.append(0x0A)
    case UInt8(ascii: "r"): text.append(0x0D)
    case UInt8(ascii: "t"): text.append(0x09)
    case UInt8(ascii: "u"):
      position += 1
      WTF8.append(unit: try parseHexUnit(), to: &text)
      return
    default: throw error(.invalidEscape)
    }
    position += 1
  }

  private mutating func parseHexUnit() throws(JSONError) -> UInt16 {
    var unit: UInt16 = 0
    for _ in 0..<4 {
      guard let byte = current else { throw error(.unexpectedEnd) }
      guard let digit = ASCII.hexValue(byte) else { throw error(.invalidEscape) }
      unit = unit << 4 | UInt16(digit)
      position += 1
    }
    return unit
  }
}

// MARK: - Bytes

extension JSONParser {
  /// The next byte, or nil at the end.
  @inline(__always)
  private var current: UInt8? {
    position < bytes.count ? bytes[position] : nil
  }

  @inline(__always)
  private mutating func skipWhiteSpace() {
    while position < bytes.count {
      switch bytes[position] {
      case 0x20, 0x0A, 0x0D, 0x09: position += 1
      default: return
      }
    }
  }

  private func error(_ reason: JSONError.Reason) -> JSONError {
    JSONError(reason, at: position, in: bytes)
  }

  /// The error `reason`, or that the text ends here.
  private func atEndOr(_ reason: JSONError.Reason) -> JSONError {
    error(position < bytes.count ? reason : .unexpectedEnd)
  }
}
