/// Fields as forms and the queries of addresses have them, `a=1&b=two+words`.
///
/// Source: WHATWG URL, "application/x-www-form-urlencoded" parsing.
public enum FormEncoding {
  /// The fields in their order, names and values decoded; one without `=` is empty.
  ///
  /// What is no escape stays as it is, and stray bytes are replaced.
  public static func fields(_ bytes: some Collection<UInt8>) -> [(name: Text, value: Text)] {
    bytes.split(separator: UInt8(ascii: "&")).map { part in
      let sides = part.split(
        separator: UInt8(ascii: "="),
        maxSplits: 1,
        omittingEmptySubsequences: false
      )
      return (decoded(sides[0]), sides.count == 2 ? decoded(sides[1]) : .empty)
    }
  }

  private static func decoded(_ part: some Sequence<UInt8>) -> Text {
    var bytes: [UInt8] = []
    var escape: [UInt8] = []
    for byte in part {
      if !escape.isEmpty {
        escape.append(byte)
        guard escape.count == 3 else { continue }
        let digits = escape[1...].compactMap(ASCII.hexValue)
        bytes += digits.count == 2 ? [digits[0] << 4 | digits[1]] : escape
        escape = []
      } else if byte == UInt8(ascii: "%") {
        escape = [byte]
      } else {
        bytes.append(byte == UInt8(ascii: "+") ? UInt8(ascii: " ") : byte)
      }
    }
    bytes += escape
    return Text(utf8: bytes) ?? Text(String(decoding: bytes, as: UTF8.self))
  }
}
