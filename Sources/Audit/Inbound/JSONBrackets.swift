/// Where a document ends by its brackets, whatever else is broken in it.
enum JSONBrackets {
  /// The place behind the object or array that begins at `start`, or behind another value, where a
  /// comma or a closing bracket ends it.
  ///
  /// - Returns: Nil where brackets or quotes do not close before the bytes end, or a line that is not
  ///   indented begins another object or array.
  /// - Complexity: O(bytes of the document).
  static func end(of start: Int, in bytes: UnsafeRawBufferPointer) -> Int? {
    var depth = 0
    var position = start
    while position < bytes.count {
      switch bytes[position] {
      case UInt8(ascii: "\""):
        guard let end = endOfText(position, in: bytes) else { return nil }
        position = end
        continue
      case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
      case UInt8(ascii: "}"), UInt8(ascii: "]"):
        // The bracket of the array that the value stands in.
        guard depth > 0 else { return position > start ? position : nil }
        depth -= 1
        if depth == 0 { return position + 1 }
      case UInt8(ascii: ","):
        if depth == 0 { return position > start ? position : nil }
      case UInt8(ascii: "\n"):
        if depth == 0 || begins(at: position + 1, in: bytes) { return nil }
      default: break
      }
      position += 1
    }
    return nil
  }

  private static func begins(at position: Int, in bytes: UnsafeRawBufferPointer) -> Bool {
    guard position < bytes.count else { return false }
    return bytes[position] == UInt8(ascii: "{") || bytes[position] == UInt8(ascii: "[")
  }

  /// The place behind a text; nil where it does not end on its line, as texts do.
  private static func endOfText(_ start: Int, in bytes: UnsafeRawBufferPointer) -> Int? {
    var position = start + 1
    while position < bytes.count {
      switch bytes[position] {
      case UInt8(ascii: "\""): return position + 1
      case UInt8(ascii: "\n"): return nil
      case UInt8(ascii: "\\"): position += 2
      default: position += 1
      }
    }
    return nil
  }
}
