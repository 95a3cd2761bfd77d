internal import EventStore

/// The case-blindness of filters: a fixed fold of letters that keeps the length of the text.
///
/// ASCII, Latin-1, Latin Extended-A, Greek and Cyrillic capitals become small letters; everything
/// else stays. The fold does not depend on a version of Unicode's tables, because index terms that
/// were folded years ago must still be found.
public enum CaseFolding {
  /// The folded text.
  ///
  /// - Complexity: O(n).
  public static func fold(_ text: some Collection<UInt8>) -> [UInt8] {
    var folded = Array(text)
    folded.withUnsafeMutableBytes(foldInPlace)
    return folded
  }

  /// Appends the folded text to an array.
  ///
  /// - Complexity: O(n).
  public static func append(_ text: UnsafeRawBufferPointer, to array: inout [UInt8]) {
    let start = array.count
    array.append(lent: text)
    array.withUnsafeMutableBytes { buffer in
      foldInPlace(UnsafeMutableRawBufferPointer(rebasing: buffer[start...]))
    }
  }

  /// Folds text where it stands.
  ///
  /// - Complexity: O(n).
  public static func foldInPlace(_ text: UnsafeMutableRawBufferPointer) {
    var index = 0
    while index < text.count {
      // What is folded stays as it is when it is folded again, as the end's last word may be.
      let start = max(0, min(index, text.count - 8))
      if let folded = foldedWord(text, at: start) {
        text.storeBytes(of: folded, toByteOffset: start, as: UInt64.self)
        index = start + 8
        continue
      }
      let byte = text[index]
      if byte < 0x80 {
        text[index] = byte.asciiLowered
        index += 1
      } else if byte >= 0xC3 && byte <= 0xD0, index + 1 < text.count {
        let letter = UInt16(byte & 0x1F) << 6 | UInt16(text[index + 1] & 0x3F)
        let folded = foldLetter(letter)
        text[index] = 0xC0 | UInt8(truncatingIfNeeded: folded >> 6)
        text[index + 1] = 0x80 | UInt8(truncatingIfNeeded: folded & 0x3F)
        index += 2
      } else {
        index += 1
      }
    }
  }

  /// The eight bytes from `index`, folded; nil where there are not so many or not all are ASCII.
  private static func foldedWord(_ text: UnsafeMutableRawBufferPointer, at index: Int) -> UInt64? {
    guard index + 8 <= text.count else { return nil }
    let word = text.loadUnaligned(fromByteOffset: index, as: UInt64.self)
    let each: UInt64 = 0x0101_0101_0101_0101
    guard word & (0x80 * each) == 0 else { return nil }
    // The top bit of a byte's sum tells whether it is at least an A, and above a Z.
    let fromA = word + (0x80 - UInt64(UInt8(ascii: "A"))) * each
    let aboveZ = word + (0x80 - UInt64(UInt8(ascii: "Z")) - 1) * each
    return word | (fromA & ~aboveZ & (0x80 * each)) >> 2
  }

  /// Folds one letter from U+00C0 to U+043F.
  private static func foldLetter(_ letter: UInt16) -> UInt16 {
    switch letter {
    case 0x00D7: letter
    case 0x00C0...0x00DE, 0x0391...0x03A1, 0x03A3...0x03AB, 0x0410...0x042F: letter + 0x20
    case 0x0400...0x040F: letter + 0x50
    case 0x0130, 0x0138, 0x0149, 0x017F: letter
    case 0x0178: 0x00FF
    case 0x0139...0x0148, 0x0179...0x017E: letter + (letter & 1)
    case 0x0100...0x0177: letter | 1
    case 0x0386: 0x03AC
    case 0x0388...0x038A: letter + 0x25
    case 0x038C: 0x03CC
    case 0x038E, 0x038F: letter + 0x3F
    default: letter
    }
  }
}
