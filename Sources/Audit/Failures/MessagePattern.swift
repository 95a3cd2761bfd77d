internal import Values

/// What the messages of one cause have in common: ids, addresses, times and numbers are left out.
///
/// Words stay as they are, and so do short codes, capitals before digits, such as Okta's `E0000007`. It follows from the
/// message alone, so the same message has the same pattern in every log.
struct MessagePattern {
  /// The pattern, each left out word an ellipsis.
  let text: Text

  init(_ message: Text) {
    var pattern: [UInt8] = []
    var word: [UInt8] = []
    for byte in message.bytes {
      if Self.separates(byte) {
        Self.end(&word, in: &pattern)
        Self.add(byte, to: &pattern)
      } else {
        word.append(byte)
      }
    }
    Self.end(&word, in: &pattern)
    while pattern.last == UInt8(ascii: " ") { pattern.removeLast() }
    text = Text(wtf8: pattern)
  }

  /// The longest code that is kept, in bytes.
  private static let longestCode = 9
  private static let ellipsis = Array("…".utf8)
  private static let punctuation = Set(".:!?,;".utf8)
  private static let separators = Set(#" "'`()[]{}<>="#.utf8)

  private static func separates(_ byte: UInt8) -> Bool {
    separators.contains(byte) || byte < 0x20
  }

  /// Adds a separator; any white space is one blank.
  private static func add(_ byte: UInt8, to pattern: inout [UInt8]) {
    let isSpace = byte <= UInt8(ascii: " ")
    guard isSpace else { return pattern.append(byte) }
    if let last = pattern.last, last != UInt8(ascii: " ") { pattern.append(UInt8(ascii: " ")) }
  }

  /// Adds a word, or an ellipsis in its place.
  private static func end(_ word: inout [UInt8], in pattern: inout [UInt8]) {
    defer { word.removeAll(keepingCapacity: true) }
    let length = word.lastIndex { !punctuation.contains($0) }.map { $0 + 1 } ?? 0
    pattern += varies(word[..<length]) ? ellipsis : Array(word[..<length])
    pattern += word[length...]
  }

  /// Whether a word is likely another one the next time.
  private static func varies(_ word: ArraySlice<UInt8>) -> Bool {
    if word.contains(UInt8(ascii: "@")) { return true }
    guard word.contains(where: isDigit) else { return false }
    let number = word.drop(while: isCapital)
    let isCode = number.startIndex > word.startIndex && number.allSatisfy(isDigit)
    return !isCode || word.count > longestCode
  }

  private static func isDigit(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
  }

  private static func isCapital(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte)
  }
}
