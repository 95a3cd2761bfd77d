internal import Glibc

/// Compares text of an event, as it stands, with text that is already folded.
enum FoldedText {
  /// Whether the texts are equal.
  static func equals(_ text: UnsafeRawBufferPointer, _ folded: [UInt8]) -> Bool {
    // The fold keeps the length.
    text.count == folded.count && hasPrefix(text, folded)
  }

  /// Whether the text begins so.
  static func hasPrefix(_ text: UnsafeRawBufferPointer, _ folded: [UInt8]) -> Bool {
    guard text.count >= folded.count else { return false }
    return matches(UnsafeRawBufferPointer(rebasing: text[..<folded.count]), folded)
  }

  /// Whether the text ends so.
  static func hasSuffix(_ text: UnsafeRawBufferPointer, _ folded: [UInt8]) -> Bool {
    guard text.count >= folded.count else { return false }
    return matches(UnsafeRawBufferPointer(rebasing: text[(text.count - folded.count)...]), folded)
  }

  /// Whether the text holds it.
  static func contains(_ text: UnsafeRawBufferPointer, _ folded: [UInt8]) -> Bool {
    guard text.count >= folded.count else { return false }
    if folded.isEmpty { return true }
    return withFolded(text) { own in
      folded.withUnsafeBytes { find($0, in: own) }
    }
  }

  /// Whether a text holds another, byte for byte.
  static func find(_ needle: UnsafeRawBufferPointer, in text: UnsafeRawBufferPointer)
    -> Bool
  {
    if needle.isEmpty { return true }
    guard let start = text.baseAddress, let wanted = needle.baseAddress else { return false }
    var offset = 0
    while text.count - offset >= needle.count {
      let candidates = text.count - offset - needle.count + 1
      guard let hit = memchr(start + offset, Int32(needle[0]), candidates) else { return false }
      if memcmp(hit, wanted, needle.count) == 0 { return true }
      offset = UnsafeRawPointer(hit) - start + 1
    }
    return false
  }

  /// How the text stands to the other, byte by byte.
  static func order(_ text: UnsafeRawBufferPointer, _ folded: [UInt8]) -> Order {
    withFolded(text) { own in
      if own.lexicographicallyPrecedes(folded) { return .before }
      return own.elementsEqual(folded) ? .same : .after
    }
  }

  /// Compares texts of one length; ASCII without a copy.
  private static func matches(_ text: UnsafeRawBufferPointer, _ folded: [UInt8]) -> Bool {
    for index in 0..<text.count {
      let byte = text[index]
      if byte >= 0x80 { return withFolded(text) { $0.elementsEqual(folded) } }
      if byte.asciiLowered != folded[index] { return false }
    }
    return true
  }

  private static func withFolded<Result>(
    _ text: UnsafeRawBufferPointer,
    _ body: (UnsafeRawBufferPointer) -> Result
  ) -> Result {
    withUnsafeTemporaryAllocation(byteCount: max(1, text.count), alignment: 1) { copy in
      let own = UnsafeMutableRawBufferPointer(rebasing: copy[..<text.count])
      own.copyMemory(from: text)
      CaseFolding.foldInPlace(own)
      return body(UnsafeRawBufferPointer(own))
    }
  }
}
