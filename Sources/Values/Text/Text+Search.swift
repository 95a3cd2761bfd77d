extension Text {
  /// The first place at or after `from` where `needle` occurs: JavaScript's `indexOf`.
  ///
  /// `from` is clamped to the text; an empty needle is found at once.
  ///
  /// - Complexity: O(*n*).
  public func utf16Index(of needle: Text, from: Int = 0) -> Int? {
    if needle.mayCutPair {
      let units = utf16
      return UnitSearch.first(needle.utf16, in: units, from: min(max(from, 0), units.count))
    }
    if WTF8.isASCII(bytes) {
      return UnitSearch.first(needle.bytes, in: bytes, from: min(max(from, 0), bytes.count))
    }
    let start = place(ofUnit: from)
    if needle.isEmpty { return start.unit }
    let first = start.isInsidePair ? start.byte + 4 : start.byte
    return UnitSearch.first(needle.bytes, in: bytes, from: first).map { found in
      start.unit + (start.isInsidePair ? 1 : 0) + WTF8.unitCount(bytes[first..<found])
    }
  }

  /// The last place at or before `from` where `needle` occurs: JavaScript's `lastIndexOf`.
  ///
  /// Without `from` the whole text is searched; below 0 it counts as 0.
  ///
  /// - Complexity: O(*n*).
  public func utf16LastIndex(of needle: Text, from: Int? = nil) -> Int? {
    let from = max(from ?? .max, 0)
    if needle.mayCutPair {
      return UnitSearch.last(needle.utf16, in: utf16, upTo: from)
    }
    if WTF8.isASCII(bytes) {
      return UnitSearch.last(needle.bytes, in: bytes, upTo: from)
    }
    let end = place(ofUnit: from)
    if needle.isEmpty { return end.unit }
    return UnitSearch.last(needle.bytes, in: bytes, upTo: end.byte).map { found in
      WTF8.unitCount(bytes[..<found])
    }
  }

  /// Whether `needle` occurs: JavaScript's `includes`.
  ///
  /// - Complexity: O(*n*).
  public func contains(_ needle: Text) -> Bool {
    if needle.mayCutPair { return utf16Index(of: needle) != nil }
    return UnitSearch.first(needle.bytes, in: bytes, from: 0) != nil
  }

  /// Whether the first units are those of `prefix`: JavaScript's `startsWith`.
  public func hasPrefix(_ prefix: Text) -> Bool {
    if prefix.mayCutPair { return utf16.starts(with: prefix.utf16) }
    guard prefix.bytes.count <= bytes.count else { return false }
    return UnitSearch.matches(prefix.bytes, in: bytes, at: 0)
  }

  /// Whether the last units are those of `suffix`: JavaScript's `endsWith`.
  public func hasSuffix(_ suffix: Text) -> Bool {
    if suffix.mayCutPair { return utf16.reversed().starts(with: suffix.utf16.reversed()) }
    let place = bytes.count - suffix.bytes.count
    return place >= 0 && UnitSearch.matches(suffix.bytes, in: bytes, at: place)
  }

  /// Whether the text may begin or end in the middle of another text's pair, where bytes differ.
  var mayCutPair: Bool {
    WTF8.startsWithLowSurrogate(bytes) || WTF8.endsWithHighSurrogate(bytes)
  }
}
