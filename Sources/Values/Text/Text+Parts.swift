extension Text {
  /// Both texts, one after the other; surrogates that meet become a pair.
  public static func + (left: Text, right: Text) -> Text {
    if left.isEmpty { return right }
    if right.isEmpty { return left }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(left.bytes.count + right.bytes.count)
    bytes.append(contentsOf: left.bytes)
    WTF8.append(right.bytes, to: &bytes)
    return Text(wtf8: bytes)
  }

  /// Adds a text at the end; surrogates that meet become a pair.
  public mutating func append(_ other: Text) {
    if isEmpty {
      self = other
    } else if !other.isEmpty {
      WTF8.append(other.bytes, to: &bytes)
    }
  }

  /// The parts with `separator` between them: JavaScript's `join`.
  ///
  /// - Complexity: O(length of the result).
  public static func joined(_ parts: [Text], separator: Text) -> Text {
    guard let first = parts.first else { return .empty }
    if parts.count == 1 { return first }
    var bytes: [UInt8] = []
    let content = parts.reduce(0) { $0 + $1.bytes.count }
    bytes.reserveCapacity(content + separator.bytes.count * (parts.count - 1))
    bytes.append(contentsOf: first.bytes)
    for part in parts.dropFirst() {
      WTF8.append(separator.bytes, to: &bytes)
      WTF8.append(part.bytes, to: &bytes)
    }
    return Text(wtf8: bytes)
  }

  /// The parts between the places where `separator` occurs: JavaScript's `split`.
  ///
  /// An empty separator gives each UTF-16 unit, and no part of an empty text; empty parts stay.
  ///
  /// - Complexity: O(*n*).
  public func split(separator: Text) -> [Text] {
    if separator.isEmpty {
      return utf16.map { Text(utf16: CollectionOfOne($0)) }
    }
    if separator.mayCutPair {
      return Self.parts(of: utf16, separator: separator.utf16) { Text(utf16: $0) }
    }
    return Self.parts(of: bytes, separator: separator.bytes) { Text(wtf8: Array($0)) }
  }

  /// A copy with `replacement` in the place of the first or of every occurrence of `needle`.
  ///
  /// The replacement is taken literally: `$&` and its like mean nothing. An empty needle occurs
  /// before the first unit and, where all are replaced, after every unit.
  ///
  /// - Complexity: O(*n* + length of the result).
  public func replacing(_ needle: Text, with replacement: Text, all: Bool) -> Text {
    if all {
      if needle.isEmpty {
        if isEmpty { return replacement }
        let units = [.empty] + split(separator: needle) + [.empty]
        return .joined(units, separator: replacement)
      }
      let parts = split(separator: needle)
      return parts.count == 1 ? self : .joined(parts, separator: replacement)
    }
    if needle.mayCutPair {
      guard let place = utf16Index(of: needle) else { return self }
      let end = place + needle.utf16Count
      return utf16Slice(0..<place) + replacement + utf16Slice(end..<utf16Count)
    }
    guard let place = UnitSearch.first(needle.bytes, in: bytes, from: 0) else { return self }
    var result = Text(wtf8: Array(bytes[..<place]))
    result.append(replacement)
    result.append(Text(wtf8: Array(bytes[(place + needle.bytes.count)...])))
    return result
  }

  @inline(__always)
  private static func parts<Unit: Equatable>(
    of units: [Unit],
    separator: [Unit],
    text: (ArraySlice<Unit>) -> Text
  ) -> [Text] {
    var parts: [Text] = []
    var start = 0
    while let place = UnitSearch.first(separator, in: units, from: start) {
      parts.append(text(units[start..<place]))
      start = place + separator.count
    }
    parts.append(text(units[start...]))
    return parts
  }
}
