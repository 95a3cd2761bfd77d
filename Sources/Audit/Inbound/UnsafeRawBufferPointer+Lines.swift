internal import Glibc

// The lines of a file, as they are cut.

extension UnsafeRawBufferPointer {
  /// Whether a line is more or less than one document: it begins an array, or an object that does not
  /// end with it.
  func isNoSingleDocument(_ line: Range<Int>) -> Bool {
    let line = self[line]
    guard let first = line.first(where: { !$0.isJSONWhitespace }) else { return false }
    guard first == UInt8(ascii: "{") else { return first == UInt8(ascii: "[") }
    return line.last { !$0.isJSONWhitespace } != UInt8(ascii: "}")
  }

  /// The offset of the next line feed, or `end` where there is none before it.
  func lineEnd(from start: Int, to end: Int) -> Int {
    guard start < end, let base = baseAddress,
      let found = memchr(base + start, CInt(UInt8(ascii: "\n")), end - start)
    else { return end }
    return UnsafeRawPointer(found) - base
  }
}
