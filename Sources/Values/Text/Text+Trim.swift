extension Text {
  /// A copy without white space and line ends at both ends: JavaScript's `trim`.
  ///
  /// White space is Unicode's space separators, tab, vertical tab, form feed and U+FEFF; line ends
  /// are line feed, carriage return, U+2028 and U+2029.
  public func trimmed() -> Text {
    var start = 0
    while start < bytes.count {
      let scalar = WTF8.scalar(in: bytes, at: start)
      guard Self.isWhiteSpace(scalar.code) else { break }
      start += scalar.length
    }
    var end = bytes.count
    while end > start {
      let previous = WTF8.start(before: end, in: bytes)
      // In bytes that are no WTF-8 it may lie before what was cut off already.
      guard previous >= start else { break }
      guard Self.isWhiteSpace(WTF8.scalar(in: bytes, at: previous).code) else { break }
      end = previous
    }
    return end - start == bytes.count ? self : Text(wtf8: Array(bytes[start..<end]))
  }

  /// Whether JavaScript takes the code point for white space or a line end.
  static func isWhiteSpace(_ code: UInt32) -> Bool {
    switch code {
    case 0x09...0x0D, 0x20: true
    case ..<0xA0: false
    case 0xA0, 0x1680, 0x2000...0x200A, 0x2028, 0x2029, 0x202F, 0x205F, 0x3000, 0xFEFF: true
    default: false
    }
  }
}
