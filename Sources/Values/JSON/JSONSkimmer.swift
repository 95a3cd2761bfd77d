/// Finds parts of JSON without reading the rest.
///
/// For JSON that this program has written itself, without white space. In other bytes it finds
/// nothing, or a part that does not read; it never looks outside of them.
public struct JSONSkimmer {
  private let bytes: [UInt8]
  /// Where the JSON ends.
  private let end: Int

  /// Makes a skimmer.
  public init(_ bytes: [UInt8]) {
    self.init(bytes, until: bytes.count)
  }

  /// Makes a skimmer of bytes of which those from a place on are not looked at.
  public init(_ bytes: [UInt8], until end: Int) {
    self.bytes = bytes
    self.end = min(end, bytes.count)
  }

  /// The bytes of a part.
  public subscript(part: Range<Int>) -> [UInt8] { Array(bytes[part]) }

  /// A member of an object.
  public struct Member {
    fileprivate let key: Int
    /// Where its value begins.
    public let value: Int
  }

  /// The first member of the object that begins at `start`; nil where there is none.
  public func firstMember(ofObjectAt start: Int) -> Member? {
    has(UInt8(ascii: "{"), at: start) ? member(at: start + 1) : nil
  }

  /// The member that follows one; nil where it is the last.
  ///
  /// - Complexity: O(*n*) in the length of the member's value.
  public func member(behind member: Member) -> Member? {
    let end = end(ofValueAt: member.value)
    return has(UInt8(ascii: ","), at: end) ? self.member(at: end + 1) : nil
  }

  private func member(at place: Int) -> Member? {
    guard has(UInt8(ascii: "\""), at: place) else { return nil }
    return Member(key: place, value: min(end(ofTextAt: place) + 1, end))
  }

  /// Whether a member has that name, which is ASCII that needs no escape.
  public func has(_ name: StaticString, _ member: Member) -> Bool {
    // Two quotes and a colon are not of the name.
    guard member.value - member.key == name.utf8CodeUnitCount + 3 else { return false }
    return name.withUTF8Buffer { name in
      for place in name.indices where unsafe bytes[member.key + 1 + place] != name[place] {
        return false
      }
      return has(UInt8(ascii: ":"), at: member.value - 1)
    }
  }

  /// Where the value that begins at `start` stands.
  ///
  /// - Complexity: O(*n*) in its length.
  public func value(at start: Int) -> Range<Int> {
    start..<max(start, end(ofValueAt: start))
  }

  /// The text without escapes that stands at `start`; nil where none does.
  ///
  /// - Complexity: O(*n*) in its length.
  public func plainText(at start: Int) -> Text? {
    guard has(UInt8(ascii: "\""), at: start) else { return nil }
    var place = start + 1
    while place < end, bytes[place] != UInt8(ascii: "\"") {
      guard bytes[place] >= 0x20, bytes[place] != UInt8(ascii: "\\"), bytes[place] < 0x80 else {
        return nil
      }
      place += 1
    }
    return place < end ? Text(wtf8: Array(bytes[start + 1..<place])) : nil
  }

  /// The whole number without sign that stands at `start`, nil where none does.
  public func integer(at start: Int) -> Int? {
    var number: Int?
    var place = start
    while place < end, bytes[place] >= UInt8(ascii: "0"), bytes[place] <= UInt8(ascii: "9"),
      place - start < 18
    {
      number = (number ?? 0) * 10 + Int(bytes[place] - UInt8(ascii: "0"))
      place += 1
    }
    let isWhole = place == end || Self.endsNumber.contains(bytes[place])
    return isWhole ? number : nil
  }

  private static let endsNumber = Array(",}]".utf8)

  /// Where the first member with that name stands in the object that begins at `start`; nil where
  /// there is none.
  ///
  /// - Complexity: O(*n*) in the length of the members before it.
  public func member(_ name: StaticString, ofObjectAt start: Int) -> Range<Int>? {
    var next = firstMember(ofObjectAt: start)
    while let member = next {
      if has(name, member) { return value(at: member.value) }
      next = self.member(behind: member)
    }
    return nil
  }

  /// Where the first item of the list that begins at `start` begins; nil where there is none.
  public func firstItem(ofListAt start: Int) -> Int? {
    guard has(UInt8(ascii: "["), at: start), !has(UInt8(ascii: "]"), at: start + 1) else {
      return nil
    }
    return start + 1
  }

  /// Where the item begins that follows the one that begins at `start`; nil where it is the last.
  ///
  /// - Complexity: O(*n*) in the length of the item.
  public func item(behind start: Int) -> Int? {
    let end = end(ofValueAt: start)
    return has(UInt8(ascii: ","), at: end) ? end + 1 : nil
  }
}

// MARK: - Skipping

extension JSONSkimmer {
  private func has(_ byte: UInt8, at place: Int) -> Bool {
    place < end && bytes[place] == byte
  }

  /// The place behind the text whose first quote stands at `place`, or behind all bytes.
  private func end(ofTextAt place: Int) -> Int {
    var place = place + 1
    while place < end, bytes[place] != UInt8(ascii: "\"") {
      place += bytes[place] == UInt8(ascii: "\\") ? 2 : 1
    }
    return min(place + 1, end)
  }

  /// The place behind the value that begins at `place`, or behind all bytes.
  private func end(ofValueAt start: Int) -> Int {
    var place = min(start, end)
    var depth = 0
    while place < end {
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
