/// A piece of a JSON document, as masking sees it.
enum SampleToken {
  /// What stands between quotes: a value, with the name of the member it is in, or such a name.
  case text(ArraySlice<UInt8>, of: ArraySlice<UInt8>?)
  /// A byte outside quotes.
  case other(UInt8)

  /// Hands over the tokens of valid JSON.
  static func forEach(of document: [UInt8], _ body: (SampleToken) -> Void) {
    var position = 0
    var member: ArraySlice<UInt8> = []
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
      let text = document[start..<min(position, document.count)]
      position += 1
      let next = document[min(position, document.count)...].first { !$0.isJSONWhitespace }
      if next == UInt8(ascii: ":") {
        member = text
        body(.text(text, of: nil))
      } else {
        body(.text(text, of: member))
      }
    }
  }
}
