internal import Values

/// A string in the bytes of a JSON document, with its quotes.
struct JSONStringToken {
  let range: Range<Int>
  private let bytes: [UInt8]

  /// The token whose first quote stands at a place; it ends with the document where it is not closed.
  init(at start: Int, in bytes: [UInt8]) {
    var place = start + 1
    while place < bytes.count, bytes[place] != UInt8(ascii: "\"") {
      place += bytes[place] == UInt8(ascii: "\\") ? 2 : 1
    }
    range = start..<min(place + 1, bytes.count)
    self.bytes = bytes
  }

  /// The text that it stands for; nil where it stands for none.
  var text: Text? {
    let written = Array(bytes[range])
    guard written.contains(UInt8(ascii: "\\")) || written.count < 2 else {
      return Text(wtf8: Array(written[1..<written.count - 1]))
    }
    guard case .text(let text)? = try? JSON.parse(written) else { return nil }
    return text
  }

  /// Whether it is the key of a member.
  var isKey: Bool {
    var place = range.upperBound
    while place < bytes.count, [9, 10, 13, 32].contains(bytes[place]) { place += 1 }
    return place < bytes.count && bytes[place] == UInt8(ascii: ":")
  }
}
