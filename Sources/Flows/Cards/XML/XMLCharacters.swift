internal import Values

/// What XML 1.0 (fifth edition) lets stand in documents and in names.
enum XMLCharacters {
  /// Whether a byte is white space between the parts of a tag.
  static func isSpace(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D
  }

  /// Whether a document may hold the character (production 2).
  static func isCharacter(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0x09, 0x0A, 0x0D, 0x20...0xD7FF, 0xE000...0xFFFD, 0x10000...0x10FFFF: true
    default: false
    }
  }

  /// The place of the first byte that begins no such character, halves of characters among them; nil
  /// where a document may hold all of it.
  static func firstRefused(in bytes: [UInt8]) -> Int? {
    bytes.indices.first { place in
      switch bytes[place] {
      case 0..<0x20: !isSpace(bytes[place])
      // U+D800 to U+DFFF begin so, and nothing else does.
      case 0xED: bytes[(place + 1)...].first.map { $0 >= 0xA0 } ?? true
      case 0xEF:
        bytes[place...].starts(with: [0xEF, 0xBF, 0xBE])
          || bytes[place...].starts(with: [0xEF, 0xBF, 0xBF])
      default: false
      }
    }
  }

  /// Whether a text is a name (production 5), with or without a prefix.
  static func isName(_ text: Text) -> Bool {
    guard firstRefused(in: text.bytes) == nil else { return false }
    let scalars = String(decoding: text.bytes, as: UTF8.self).unicodeScalars
    guard let first = scalars.first, beginsName(first.value) else { return false }
    return scalars.dropFirst().allSatisfy { continuesName($0.value) }
  }

  /// Whether a byte may be one of a name: a letter, a digit, a mark, or part of a longer character.
  static func mayBeInName(_ byte: UInt8) -> Bool {
    byte >= 0x80 || continuesName(UInt32(byte))
  }

  private static func beginsName(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0x3A, 0x41...0x5A, 0x5F, 0x61...0x7A, 0xC0...0xD6, 0xD8...0xF6, 0xF8...0x2FF,
      0x370...0x37D, 0x37F...0x1FFF, 0x200C...0x200D, 0x2070...0x218F, 0x2C00...0x2FEF,
      0x3001...0xD7FF, 0xF900...0xFDCF, 0xFDF0...0xFFFD, 0x10000...0xEFFFF:
      true
    default: false
    }
  }

  private static func continuesName(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0x2D, 0x2E, 0x30...0x39, 0xB7, 0x300...0x36F, 0x203F...0x2040: true
    default: beginsName(scalar)
    }
  }
}
