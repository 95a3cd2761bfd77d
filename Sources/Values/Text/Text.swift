/// A text as JavaScript counts and compares it, held as WTF-8.
///
/// WTF-8 is UTF-8 in which a surrogate without its partner has the three-byte form UTF-8 forbids, so
/// every sequence of UTF-16 units survives. Equality and hashing are of bytes: `"é"` in one scalar
/// and in two are different texts, as they are in JavaScript. Places and lengths are counted in
/// UTF-16 units, and order is by unit.
public struct Text: Sendable {
  /// The text in WTF-8.
  public internal(set) var bytes: [UInt8]

  /// Makes a text of bytes that are WTF-8 already; a surrogate pair must have its four-byte form.
  public init(wtf8 bytes: [UInt8]) {
    self.bytes = bytes
  }

  /// Makes a text of a Swift string.
  public init(_ string: String) {
    bytes = Array(string.utf8)
  }

  /// Makes a text of UTF-8, or nil where the bytes are not valid UTF-8.
  ///
  /// - Complexity: O(*n*); an array is checked and kept, not copied.
  public init?(utf8 bytes: some Sequence<UInt8>) {
    let bytes = Array(bytes)
    guard WTF8.isValid(bytes, surrogates: .refused) else { return nil }
    self.bytes = bytes
  }

  /// Makes a text of UTF-16 units; pairs are joined and lone surrogates survive.
  public init(utf16 units: some Sequence<UInt16>) {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(units.underestimatedCount)
    for unit in units { WTF8.append(unit: unit, to: &bytes) }
    self.bytes = bytes
  }

  /// The text without units.
  public static let empty = Text(wtf8: [])

  /// Whether there are no units.
  public var isEmpty: Bool { bytes.isEmpty }

  /// Whether the text is that of a literal.
  func isWritten(_ literal: StaticString) -> Bool {
    guard bytes.count == literal.utf8CodeUnitCount else { return false }
    return literal.withUTF8Buffer { literal in
      for place in literal.indices where unsafe bytes[place] != literal[place] {
        return false
      }
      return true
    }
  }
}

extension Text: Hashable {
  /// Whether both have the same UTF-16 units.
  public static func == (left: Text, right: Text) -> Bool { left.bytes == right.bytes }

  /// Feeds the bytes, eight at a time.
  public func hash(into hasher: inout Hasher) {
    var word: UInt64 = 0
    var filled = 0
    for byte in bytes {
      word = word << 8 | UInt64(byte)
      filled += 1
      if filled & 7 == 0 { hasher.combine(word) }
    }
    hasher.combine(word)
    hasher.combine(filled)
  }
}

extension Text: ExpressibleByStringLiteral {
  /// Makes a text of a literal.
  public init(stringLiteral value: String) { self.init(value) }
}

extension Text: CustomStringConvertible {
  /// The text as a Swift string, lone surrogates replaced by U+FFFD.
  public var description: String { String(decoding: bytes, as: UTF8.self) }
}
