/// Cuts a filter into words, literals and marks.
struct FilterLexer {
  /// A piece of a filter.
  struct Token: Hashable {
    enum Kind: Hashable {
      /// A path, an operator, a connective or a bare value.
      case word(String)
      /// A text in quotes, unescaped.
      case text([UInt8])
      /// What begins like a number.
      case number(String)
      /// One of `( ) [ ] ,`.
      case mark(Character)
      /// A byte that belongs to nothing.
      case other(String)
      case end
    }

    let kind: Kind
    /// The character it begins at, from 1.
    let column: Int
  }

  private let filter: String
  private let bytes: [UInt8]
  private var position = 0
  private var column = 1

  init(_ filter: String) {
    self.filter = filter
    bytes = Array(filter.utf8)
  }

  /// Cuts the next piece off.
  mutating func next() throws(FilterError) -> Token {
    while position < bytes.count, bytes[position] == 0x20 || bytes[position] &- 9 < 5 { advance() }
    let start = column
    guard position < bytes.count else { return Token(kind: .end, column: start) }
    let byte = bytes[position]
    switch byte {
    case UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: "["), UInt8(ascii: "]"),
      UInt8(ascii: ","):
      advance()
      return Token(kind: .mark(Character(Unicode.Scalar(byte))), column: start)
    case UInt8(ascii: "\""):
      return Token(kind: .text(try text()), column: start)
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "+"):
      return Token(kind: .number(run(FilterLexer.isNumberByte)), column: start)
    default:
      let word = run(FilterLexer.isWordByte)
      if !word.isEmpty { return Token(kind: .word(word), column: start) }
      advance()
      while position < bytes.count, bytes[position] & 0xC0 == 0x80 { advance() }
      return Token(kind: .other(String(Character(Unicode.Scalar(byte)))), column: start)
    }
  }

  private mutating func text() throws(FilterError) -> [UInt8] {
    let malformed = FilterError(reason: .malformedText, column: column, filter: filter)
    advance()
    let start = position
    while position < bytes.count, bytes[position] != UInt8(ascii: "\"") {
      if bytes[position] == UInt8(ascii: "\\") { advance() }
      if position < bytes.count { advance() }
    }
    guard position < bytes.count, let text = JSONString.unescape(bytes[start..<position]) else {
      throw malformed
    }
    advance()
    return text
  }

  private mutating func run(_ belongs: (UInt8) -> Bool) -> String {
    let start = position
    while position < bytes.count, belongs(bytes[position]) { advance() }
    return String(decoding: bytes[start..<position], as: UTF8.self)
  }

  private static func isNumberByte(_ byte: UInt8) -> Bool {
    byte.isDigit || "+-.eE".utf8.contains(byte)
  }

  private static func isWordByte(_ byte: UInt8) -> Bool {
    let lowered = byte.asciiLowered
    return lowered >= 0x61 && lowered <= 0x7A || byte.isDigit || byte >= 0x80
      || "_-$:.@/".utf8.contains(byte)
  }

  private mutating func advance() {
    if bytes[position] & 0xC0 != 0x80 { column += 1 }
    position += 1
  }
}

extension FilterLexer.Token {
  /// The piece as an error names it.
  var name: String {
    switch kind {
    case .word(let word): "'\(word)'"
    case .text: "a text"
    case .number(let spelling): "'\(spelling)'"
    case .mark(let mark): "'\(mark)'"
    case .other(let character): "'\(character)'"
    case .end: "the end"
    }
  }

  /// Whether the piece is a connective or operator, which no case matters to.
  func isWord(_ word: String) -> Bool {
    guard case .word(let own) = kind else { return false }
    return own.utf8.count == word.utf8.count
      && zip(own.utf8, word.utf8).allSatisfy { $0.asciiLowered == $1 }
  }
}
