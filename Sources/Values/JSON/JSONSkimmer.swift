/// Finds parts of JSON without reading the rest.
///
/// For JSON that this program has written itself, without white space. In other bytes it finds
/// nothing, or a part that does not read; it never looks outside of them.
public struct JSONSkimmer {
  private let bytes: [UInt8]

  /// Makes a skimmer.
  public init(_ bytes: [UInt8]) {
    self.bytes = bytes
  }

  /// The bytes of a part.
  public subscript(part: Range<Int>) -> [UInt8] { Array(bytes[part]) }

  /// Where the first member with that key stands in the object that begins at `start`; nil where
  /// there is none.
  ///
  /// - Complexity: O(*n*) in the length of the members before it.
  public func member(_ key: JSONKey, ofObjectAt start: Int) -> Range<Int>? {
    guard has(UInt8(ascii: "{"), at: start) else { return nil }
    var place = start + 1
    while has(UInt8(ascii: "\""), at: place) {
      let isFound = starts(with: key.written, at: place)
      let value = end(ofTextAt: place) + 1
      let end = end(ofValueAt: value)
      if isFound { return value..<end }
      guard has(UInt8(ascii: ","), at: end) else { return nil }
      place = end + 1
    }
    return nil
  }

  /// Where the items of the list that begins at `start` stand.
  ///
  /// - Complexity: O(*n*) in the length of the list.
  public func items(ofListAt start: Int) -> [Range<Int>] {
    guard has(UInt8(ascii: "["), at: start), !has(UInt8(ascii: "]"), at: start + 1) else {
      return []
    }
    var items: [Range<Int>] = []
    var place = start
    repeat {
      let end = end(ofValueAt: place + 1)
      items.append(place + 1..<end)
      place = end
    } while has(UInt8(ascii: ","), at: place)
    return items
  }
}

// MARK: - Skipping

extension JSONSkimmer {
  private func has(_ byte: UInt8, at place: Int) -> Bool {
    place < bytes.count && bytes[place] == byte
  }

  private func starts(with part: [UInt8], at place: Int) -> Bool {
    guard bytes.count - place >= part.count else { return false }
    for offset in part.indices where bytes[place + offset] != part[offset] { return false }
    return true
  }

  /// The place behind the text whose first quote stands at `place`, or behind all bytes.
  private func end(ofTextAt place: Int) -> Int {
    var place = place + 1
    while place < bytes.count, bytes[place] != UInt8(ascii: "\"") {
      place += bytes[place] == UInt8(ascii: "\\") ? 2 : 1
    }
    return min(place + 1, bytes.count)
  }

  /// The place behind the value that begins at `place`, or behind all bytes.
  private func end(ofValueAt start: Int) -> Int {
    var place = min(start, bytes.count)
    var depth = 0
    while place < bytes.count {
      switch bytes[place] {
      case UInt8(ascii: "\""):
        place = end(ofTextAt: place)
        if depth == 0 { return place }
        continue
      case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
      case UInt8(ascii: "}"), UInt8(ascii: "]"):
        if depth == 0 { return place }
        depth -= 1
        if depth == 0 { return place + 1 }
      case UInt8(ascii: ",") where depth == 0: return place
      default: break
      }
      place += 1
    }
    return place
  }
}
