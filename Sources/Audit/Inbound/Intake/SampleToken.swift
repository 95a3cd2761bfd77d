/// A piece of a JSON document, as masking sees it.
enum SampleToken {
  /// What stands between quotes: a value, with the name of the member it is in, or such a name.
  case text(UnsafeRawBufferPointer, of: UnsafeRawBufferPointer?)
  /// A byte outside quotes.
  case other(UInt8)

  /// Hands over the tokens of valid JSON; of other bytes, something.
  @inline(__always)
  static func forEach(of document: UnsafeRawBufferPointer, _ body: (SampleToken) -> Void) {
    var position = 0
    var member = UnsafeRawBufferPointer(start: nil, count: 0)
    while position < document.count {
      guard document[position] == UInt8(ascii: "\"") else {
        body(.other(document[position]))
        position += 1
        continue
      }
      let start = position + 1
      position = start
      while position < document.count, document[position] != UInt8(ascii: "\"") {
        position += document[position] == UInt8(ascii: "\\") ? 2 : 1
      }
      let text = UnsafeRawBufferPointer(rebasing: document[start..<min(position, document.count)])
      position += 1
      var next = position
      while next < document.count, document[next].isJSONWhitespace { next += 1 }
      if next < document.count, document[next] == UInt8(ascii: ":") {
        member = text
        body(.text(text, of: nil))
      } else {
        body(.text(text, of: member))
      }
    }
  }
}
