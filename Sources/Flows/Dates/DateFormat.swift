public import Values

/// A format of dates as *Date to Text*, *Text to Date* and *Convert* take it.
///
/// The tokens are those of moment.js in English: `YYYY`, `MM`, `DD`, `HH`, `h`, `mm`, `a`, `dddd`,
/// `Do`, `x`, `Z`, `L` and so on. `[text]` and `\M` are literal, and so is every letter that is no
/// token. Line breaks outside of brackets are dropped, as moment drops them.
public struct DateFormat: Hashable, Sendable {
  /// A piece of a format.
  enum Piece: Hashable, Sendable {
    case token(DateToken)
    case literal([UInt8])
  }

  let pieces: [Piece]

  /// Reads a format; every text is one.
  public init(_ format: Text) {
    pieces = Self.pieces(of: format.bytes[...])
  }

  /// The format of dates for which none was chosen, such as `2016-09-07T00:01:25+00:00`.
  public static let standard = DateFormat("YYYY-MM-DDTHH:mm:ssZ")
}

extension DateFormat {
  private static func pieces(of format: ArraySlice<UInt8>) -> [Piece] {
    var pieces: [Piece] = []
    var rest = format
    while let first = rest.first {
      if first == UInt8(ascii: "["), let end = closingBracket(in: rest) {
        pieces.append(.literal(Array(rest[(rest.startIndex + 1)..<end])))
        rest = rest[(end + 1)...]
      } else if first == UInt8(ascii: "\\") {
        let escaped = escapedLength(in: rest.dropFirst())
        pieces.append(.literal(Array(rest.dropFirst().prefix(escaped))))
        rest = rest.dropFirst(1 + escaped)
      } else if let (token, length) = DateToken.first(in: rest) {
        pieces += expanded(token)
        rest = rest.dropFirst(length)
      } else {
        if !isLineBreak(first) { pieces.append(.literal([first])) }
        rest = rest.dropFirst()
      }
    }
    return pieces
  }

  private static func expanded(_ token: DateToken) -> [Piece] {
    guard let expansion = token.expansion else { return [.token(token)] }
    return pieces(of: Array(expansion.utf8)[...])
  }

  /// The last `]` that closes a bracket at the start: a bracketed text holds no `[` but may hold `]`.
  private static func closingBracket(in format: ArraySlice<UInt8>) -> Int? {
    let inner = format.dropFirst()
    let end = inner.firstIndex(of: UInt8(ascii: "[")) ?? inner.endIndex
    return inner[..<end].lastIndex(of: UInt8(ascii: "]"))
  }

  private static func escapedLength(in format: ArraySlice<UInt8>) -> Int {
    if let (_, length) = DateToken.first(in: format) { return length }
    guard let first = format.first, !isLineBreak(first) else { return 0 }
    return 1
  }

  private static func isLineBreak(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r")
  }
}
