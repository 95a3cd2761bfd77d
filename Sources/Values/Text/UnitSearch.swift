/// Finds a run of bytes or UTF-16 units inside another.
///
/// Short needles are compared place by place; long ones take the linear Knuth-Morris-Pratt search,
/// so that no text can make a search quadratic.
enum UnitSearch {
  private static let directLimit = 32

  /// Where `needle` first occurs at or after `start`.
  ///
  /// - Complexity: O(*n* + *m*).
  @inline(__always)
  static func first<Unit: Equatable>(
    _ needle: [Unit],
    in units: [Unit],
    from start: Int
  ) -> Int? {
    guard !needle.isEmpty else { return start <= units.count ? start : nil }
    guard units.count - start >= needle.count else { return nil }
    if needle.count > directLimit { return linear(needle, in: units, from: start) }
    let head = needle[0]
    for place in start...(units.count - needle.count)
    where units[place] == head && matches(needle, in: units, at: place) {
      return place
    }
    return nil
  }

  /// Where `needle` last occurs at or before `end`.
  ///
  /// - Complexity: O(*n* + *m*).
  @inline(__always)
  static func last<Unit: Equatable>(
    _ needle: [Unit],
    in units: [Unit],
    upTo end: Int
  ) -> Int? {
    guard needle.count <= units.count, end >= 0 else { return nil }
    var place = min(end, units.count - needle.count)
    if needle.count > directLimit {
      let mirrored: [Unit] = units[..<(place + needle.count)].reversed()
      let found = linear(needle.reversed(), in: mirrored, from: 0)
      return found.map { mirrored.count - $0 - needle.count }
    }
    while place >= 0 {
      if matches(needle, in: units, at: place) { return place }
      place -= 1
    }
    return nil
  }

  /// Whether `needle` occurs at `place`, where it must fit.
  @inline(__always)
  static func matches<Unit: Equatable>(
    _ needle: [Unit],
    in units: [Unit],
    at place: Int
  ) -> Bool {
    for offset in 0..<needle.count where units[place + offset] != needle[offset] { return false }
    return true
  }

  private static func linear<Unit: Equatable>(
    _ needle: [Unit],
    in units: [Unit],
    from start: Int
  ) -> Int? {
    let borders = borders(of: needle)
    var matched = 0
    for place in start..<units.count {
      while matched > 0, units[place] != needle[matched] { matched = borders[matched - 1] }
      if units[place] == needle[matched] { matched += 1 }
      if matched == needle.count { return place - matched + 1 }
    }
    return nil
  }

  /// For each prefix, how long its longest proper prefix is that is also its suffix.
  private static func borders<Unit: Equatable>(of needle: [Unit]) -> [Int] {
    var borders = Array(repeating: 0, count: needle.count)
    var length = 0
    for place in 1..<needle.count {
      while length > 0, needle[place] != needle[length] { length = borders[length - 1] }
      if needle[place] == needle[length] { length += 1 }
      borders[place] = length
    }
    return borders
  }
}
