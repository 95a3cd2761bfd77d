/// Why bytes are not JSON, and where.
///
/// The description never repeats the content.
public struct JSONError: Error, Hashable {
  /// The byte at which reading stopped, from 0.
  public let offset: Int
  /// Its line, from 1.
  public let line: Int
  /// Its place in the line in characters, from 1.
  public let column: Int
  /// What is wrong there.
  public let reason: Reason

  /// Makes the error at `offset` of `bytes`, counting its line and column.
  init(_ reason: Reason, at offset: Int, in bytes: [UInt8]) {
    self.reason = reason
    self.offset = offset
    var line = 1
    var column = 1
    for byte in bytes.prefix(offset) {
      if byte == UInt8(ascii: "\n") {
        line += 1
        column = 1
      } else if !WTF8.isContinuation(byte) {
        column += 1
      }
    }
    self.line = line
    self.column = column
  }
}

extension JSONError {
  /// What can be wrong with JSON.
  public enum Reason: Hashable, Sendable {
    /// The text ends within a value.
    case unexpectedEnd
    /// No value begins here.
    case expectedValue
    /// No key in double quotes begins here.
    case expectedKey
    /// A key is not followed by a colon.
    case expectedColon
    /// A list's item is followed neither by a comma nor by `]`.
    case expectedCommaOrBracket
    /// A member is followed neither by a comma nor by `}`.
    case expectedCommaOrBrace
    /// A number is not written as JSON wants it.
    case invalidNumber
    /// A backslash is followed by nothing that may be escaped.
    case invalidEscape
    /// A control character stands in a text without being escaped.
    case controlCharacter
    /// The bytes are not UTF-8.
    case invalidUTF8
    /// A byte order mark stands at the start.
    case byteOrderMark
    /// Lists and objects are nested deeper than the limit.
    case tooDeep(maximum: Int)
    /// Something follows the value.
    case trailingContent
  }
}

extension JSONError: CustomStringConvertible {
  /// Place and reason in a sentence, without the content.
  public var description: String {
    "not JSON at line \(line), column \(column) (byte \(offset)): \(reason)"
  }
}

extension JSONError.Reason: CustomStringConvertible {
  /// What is wrong, and what would be right.
  public var description: String {
    switch self {
    case .unexpectedEnd: "the text ends before the value does"
    case .expectedValue: "a value should begin here"
    case .expectedKey: "a key in double quotes should begin here"
    case .expectedColon: "a colon should follow the key"
    case .expectedCommaOrBracket: "a comma or ] should follow the item"
    case .expectedCommaOrBrace: "a comma or } should follow the member"
    case .invalidNumber: "a number needs digits on both sides of its point and no leading zeros"
    case .invalidEscape: "a backslash takes one of \" \\ / b f n r t, or u and four hex digits"
    case .controlCharacter: "a control character in a text must be written as an escape"
    case .invalidUTF8: "the bytes are not UTF-8"
    case .byteOrderMark: "remove the byte order mark at the start"
    case .tooDeep(let maximum): "lists and objects may be nested \(maximum) deep at most"
    case .trailingContent: "nothing may follow the value"
    }
  }
}
