/// A text as JavaScript counts and compares it, held as WTF-8.
///
/// WTF-8 is UTF-8 in which a surrogate without its partner has the three-byte form UTF-8 forbids, so
/// every sequence of UTF-16 units survives. Equality and hashing are of bytes: `"é"` in one scalar
/// and in two are different texts, as they are in JavaScript.
public struct Text: Hashable, Sendable {
  /// The text in WTF-8.
  public let bytes: [UInt8]

  /// Makes a text of bytes that are WTF-8 already; a surrogate pair must have its four-byte form.
  public init(wtf8 bytes: [UInt8]) {
    self.bytes = bytes
  }

  /// Makes a text of a Swift string.
  public init(_ string: String) {
    bytes = Array(string.utf8)
  }

  /// The text without units.
  public static let empty = Text(wtf8: [])

  /// Whether there are no units.
  public var isEmpty: Bool { bytes.isEmpty }
}

extension Text: ExpressibleByStringLiteral {
  /// Makes a text of a literal.
  public init(stringLiteral value: String) { self.init(value) }
}

extension Text: CustomStringConvertible {
  /// The text as a Swift string, lone surrogates replaced by U+FFFD.
  public var description: String { String(decoding: bytes, as: UTF8.self) }
}
