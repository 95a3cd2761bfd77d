internal import Values

extension Text {
  /// The text in UTF-8, each lone surrogate replaced by U+FFFD.
  var wellFormedBytes: [UInt8] {
    // Of all bytes that begin with ED, those of a surrogate alone go on with A0 or more.
    guard bytes.contains(0xED) else { return bytes }
    var formed = bytes
    for position in formed.indices.dropLast(2)
    where formed[position] == 0xED && formed[position + 1] >= 0xA0 {
      formed.replaceSubrange(position..<(position + 3), with: [0xEF, 0xBF, 0xBD])
    }
    return formed
  }
}
