/// Cuts a hook expression into names, literals and marks.
struct HookLexer {
  /// A piece of an expression.
  struct Token: Hashable {
    enum Kind: Hashable {
      case name(String)
      case text([UInt8])
      case integer(String)
      /// One of `( ) ] . .?[ && || == != >= <= > < !`.
      case mark(String)
      case other(String)
      case end
    }

    let kind: Kind
    /// The character it begins at, from 1.
    let column: Int

    /// The piece as an error names it.
    var name: String {
      switch kind {
      case .name(let name): "'\(name)'"
      case .text: "a text"
      case .integer(let spelling): "'\(spelling)'"
      case .mark(let mark): "'\(mark)'"
      case .other(let character): "'\(character)'"
      case .end: "the end"
      }
    }
  }

  private static let marks = [
    ".?[", "&&", "||", "==", "!=", ">=", "<=", "(", ")", "]", ".", ">", "<", "!",
  ].map { Array($0.utf8) }

  private let expression: String
  private let bytes: [UInt8]
  private var position = 0
  private var column = 1

  init(_ expression: String) {
    self.expression = expression
    bytes = Array(expression.utf8)
  }

  /// Cuts the next piece off.
  mutating func next() throws(HookExpressionError) -> Token {
    while position < bytes.count, bytes[position] == 0x20 || bytes[position] &- 9 < 5 { advance() }
    let start = column
    guard position < bytes.count else { return Token(kind: .end, column: start) }
    let byte = bytes[position]
    if byte == UInt8(ascii: "'") || byte == UInt8(ascii: "\"") {
      return Token(kind: .text(try text(quote: byte)), column: start)
    }
    if byte.isDigit || byte == UInt8(ascii: "-") {
      advance()
      return Token(kind: .integer("\(Unicode.Scalar(byte))" + run(\.isDigit)), column: start)
    }
    let name = run(\.isNameByte)
    if !name.isEmpty { return Token(kind: .name(name), column: start) }
    for mark in HookLexer.marks where bytes[position...].starts(with: mark) {
      for _ in mark { advance() }
      return Token(kind: .mark(String(decoding: mark, as: UTF8.self)), column: start)
    }
    advance()
    return Token(kind: .other("\(Unicode.Scalar(byte))"), column: start)
  }

  /// A quoted text; a doubled quote stands for one.
  private mutating func text(quote: UInt8) throws(HookExpressionError) -> [UInt8] {
    let unfinished = HookExpressionError(
      reason: .unfinishedText,
      column: column,
      expression: expression
    )
    var text: [UInt8] = []
    advance()
    while position < bytes.count {
      let byte = bytes[position]
      advance()
      if byte == quote {
        guard position < bytes.count, bytes[position] == quote else { return text }
        advance()
      }
      text.append(byte)
    }
    throw unfinished
  }

  private mutating func run(_ belongs: (UInt8) -> Bool) -> String {
    let start = position
    while position < bytes.count, belongs(bytes[position]) { advance() }
    return String(decoding: bytes[start..<position], as: UTF8.self)
  }

  private mutating func advance() {
    if bytes[position] & 0xC0 != 0x80 { column += 1 }
    position += 1
  }
}

extension UInt8 {
  /// Whether the byte can stand in a name of a hook expression.
  fileprivate var isNameByte: Bool {
    asciiLowered >= 0x61 && asciiLowered <= 0x7A || isDigit || self >= 0x80
      || self == UInt8(ascii: "_") || self == UInt8(ascii: "$")
  }
}
