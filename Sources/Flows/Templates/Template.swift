public import Values

/// A text with slots, written `{{{key}}}`.
///
/// There are no escapes and no other marks: everything outside of slots is literal, and so are
/// braces that no slot closes.
public struct Template: Hashable, Sendable {
  /// A piece of a template.
  public enum Part: Hashable, Sendable {
    /// A text that stands as it is.
    case literal(Text)
    /// The slot that the input of this key fills.
    case slot(Text)
  }

  /// The parts in order.
  public let parts: [Part]

  /// Reads a template; every text is one.
  ///
  /// - Complexity: O(*n*) in the length of the text.
  public init(_ text: Text) {
    let bytes = text.bytes
    var parts: [Part] = []
    var literalStart = 0
    var position = 0
    while let open = Self.braces(UInt8(ascii: "{"), in: bytes, from: position),
      let close = Self.braces(UInt8(ascii: "}"), in: bytes, from: open + 3)
    {
      // The braces nearest to the closing ones open the slot.
      var start = open
      while let later = Self.braces(UInt8(ascii: "{"), in: bytes, from: start + 1),
        later + 3 <= close
      {
        start = later
      }
      if start > literalStart {
        parts.append(.literal(Text(wtf8: Array(bytes[literalStart..<start]))))
      }
      parts.append(.slot(Text(wtf8: Array(bytes[(start + 3)..<close]))))
      literalStart = close + 3
      position = literalStart
    }
    if literalStart < bytes.count {
      parts.append(.literal(Text(wtf8: Array(bytes[literalStart...]))))
    }
    self.parts = parts
  }

  /// The template with its slots filled.
  ///
  /// - Complexity: O(*n*) in the length of the result.
  public func filled(_ slot: (Text) -> Text) -> Text {
    Text.joined(
      parts.map {
        switch $0 {
        case .literal(let text): text
        case .slot(let key): slot(key)
        }
      },
      separator: .empty
    )
  }

  private static func braces(_ brace: UInt8, in bytes: [UInt8], from start: Int) -> Int? {
    var position = start
    while position + 2 < bytes.count {
      if bytes[position] == brace, bytes[position + 1] == brace, bytes[position + 2] == brace {
        return position
      }
      position += 1
    }
    return nil
  }
}
