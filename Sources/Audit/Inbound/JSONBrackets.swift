/// Where a document ends by its brackets, whatever else is broken in it.
enum JSONBrackets: Equatable {
  /// Behind its last bracket, or where a comma or the bracket around it ends another value.
  case end(Int)
  /// Quotes or brackets do not close before a line ends or another document begins.
  case broken
  /// The bytes end before that is known.
  case cutOff

  /// Follows the document that begins at `start`.
  ///
  /// - Complexity: O(bytes of the document).
  static func follow(from start: Int, in bytes: UnsafeRawBufferPointer) -> JSONBrackets {
    var depth = 0
    var position = start
    while position < bytes.count {
      switch bytes[position] {
      case UInt8(ascii: "\""):
        switch endOfText(position, in: bytes) {
        case .end(let end): position = end
        case let other: return other
        }
        continue
      case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
      case UInt8(ascii: "}"), UInt8(ascii: "]"):
        // The bracket of the array that the value stands in.
        guard depth > 0 else { return position > start ? .end(position) : .broken }
        depth -= 1
        if depth == 0 { return .end(position + 1) }
      case UInt8(ascii: ","):
        if depth == 0 { return position > start ? .end(position) : .broken }
      case UInt8(ascii: "\n"):
        // A line that is not indented begins the next document.
        if depth == 0 || begins(at: position + 1, in: bytes) { return .broken }
      default: break
      }
      position += 1
    }
    return .cutOff
  }

  private static func begins(at position: Int, in bytes: UnsafeRawBufferPointer) -> Bool {
    guard position < bytes.count else { return false }
    return bytes[position] == UInt8(ascii: "{") || bytes[position] == UInt8(ascii: "[")
  }

  /// The place behind a text, which ends on its line.
  private static func endOfText(_ start: Int, in bytes: UnsafeRawBufferPointer) -> JSONBrackets {
    var position = start + 1
    while position < bytes.count {
      switch bytes[position] {
      case UInt8(ascii: "\""): return .end(position + 1)
      case UInt8(ascii: "\n"): return .broken
      case UInt8(ascii: "\\"): position += 2
      default: position += 1
      }
    }
    return .cutOff
  }
}
