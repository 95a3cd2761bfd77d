/// Finds the bytes that values of a document were read from.
///
/// The parser keeps values, not places. What is kept byte for byte is therefore cut out by
/// reading the grammar once more, after the parser has accepted the document.
struct JSONCutter {
  private let bytes: UnsafeRawBufferPointer

  init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

  /// The range of the outermost value.
  var root: Range<Int>? {
    var scanner = JSONScanner(bytes)
    scanner.skipWhitespace()
    let start = scanner.position
    guard (try? scanner.scanValue()) != nil else { return nil }
    return start..<scanner.position
  }

  /// The range of the value at a path of names, each an object's last member of that name.
  func value(at path: [StaticString]) -> Range<Int>? {
    guard var range = root else { return nil }
    for name in path {
      guard let member = member(name, of: range) else { return nil }
      range = member
    }
    return range
  }

  /// The ranges of an array's items.
  func items(of array: Range<Int>) -> [Range<Int>]? {
    guard bytes[array.lowerBound] == UInt8(ascii: "[") else { return nil }
    var scanner = JSONScanner(bytes, at: array.lowerBound)
    scanner.advance()
    var ranges: [Range<Int>] = []
    while true {
      scanner.skipWhitespace()
      if scanner.peek() == UInt8(ascii: "]") { return ranges }
      if !ranges.isEmpty {
        scanner.advance()
        scanner.skipWhitespace()
      }
      let start = scanner.position
      guard (try? scanner.scanValue()) != nil else { return nil }
      ranges.append(start..<scanner.position)
    }
  }

  private func member(_ name: StaticString, of object: Range<Int>) -> Range<Int>? {
    guard bytes[object.lowerBound] == UInt8(ascii: "{") else { return nil }
    var scanner = JSONScanner(bytes, at: object.lowerBound)
    scanner.advance()
    var found: Range<Int>?
    while true {
      scanner.skipWhitespace()
      if scanner.peek() == UInt8(ascii: ",") {
        scanner.advance()
        scanner.skipWhitespace()
      }
      guard scanner.peek() == UInt8(ascii: "\"") else { return found }
      let nameStart = scanner.position
      guard (try? scanner.scanString()) != nil else { return nil }
      let isWanted = spells(nameStart + 1..<scanner.position - 1, name)
      scanner.skipWhitespace()
      scanner.advance()
      scanner.skipWhitespace()
      let start = scanner.position
      guard (try? scanner.scanValue()) != nil else { return nil }
      if isWanted { found = start..<scanner.position }
    }
  }

  private func spells(_ inside: Range<Int>, _ name: StaticString) -> Bool {
    let wanted = UnsafeBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount)
    let written = bytes[inside]
    if written.elementsEqual(wanted) { return true }
    guard written.contains(UInt8(ascii: "\\")) else { return false }
    return JSONString.unescape(written)?.elementsEqual(wanted) == true
  }
}
