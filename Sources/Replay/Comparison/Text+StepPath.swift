public import Values

/// Texts that are the paths of steps.
extension Text {
  /// A step's path without the numbers of items: `loop[]/card` for `loop[3]/card`.
  public var withoutItemNumbers: Text {
    var kept: [UInt8] = []
    var isNumber = false
    for byte in bytes {
      let isDigit = (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
      if isNumber, isDigit { continue }
      isNumber = byte == UInt8(ascii: "[")
      kept.append(byte)
    }
    return Text(wtf8: kept)
  }

  /// The id of the card at the end of a step's path.
  public var cardOfStep: Text {
    guard let slash = bytes.lastIndex(of: UInt8(ascii: "/")) else { return self }
    return Text(wtf8: Array(bytes[(slash + 1)...]))
  }
}
