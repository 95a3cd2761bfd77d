/// A set of UTF-16 units, as ascending ranges that do not touch.
struct UnitSet: Hashable {
  private(set) var ranges: [ClosedRange<UInt16>] = []

  /// The set of what the ranges hold, in any order.
  init(_ ranges: [ClosedRange<UInt16>]) {
    for range in ranges.sorted(by: { $0.lowerBound < $1.lowerBound }) {
      if let last = self.ranges.last,
        last.upperBound == .max || range.lowerBound <= last.upperBound + 1
      {
        self.ranges[self.ranges.count - 1] =
          last.lowerBound...max(last.upperBound, range.upperBound)
      } else {
        self.ranges.append(range)
      }
    }
  }

  /// The set of one unit.
  init(_ unit: UInt16) { ranges = [unit...unit] }

  /// Every unit.
  static let all = UnitSet([0...UInt16.max])

  /// The unit of a set that has one, else nil.
  var single: UInt16? {
    guard ranges.count == 1, let range = ranges.first, range.count == 1 else { return nil }
    return range.lowerBound
  }

  /// The units that are not in the set.
  var inverted: UnitSet {
    var gaps: [ClosedRange<UInt16>] = []
    var next = 0
    for range in ranges {
      if next < Int(range.lowerBound) { gaps.append(UInt16(next)...range.lowerBound - 1) }
      next = Int(range.upperBound) + 1
    }
    if next <= Int(UInt16.max) { gaps.append(UInt16(next)...UInt16.max) }
    return UnitSet(gaps)
  }

  /// The units of either set.
  func union(_ other: UnitSet) -> UnitSet { UnitSet(ranges + other.ranges) }
}

// The classes of ECMA-262, section 22.2.2.9, for patterns without the flag `u`.
extension UnitSet {
  /// What `\d` stands for.
  static let digits = UnitSet([0x30...0x39])
  /// What `\w` stands for.
  static let wordUnits = UnitSet([0x30...0x39, 0x41...0x5A, 0x5F...0x5F, 0x61...0x7A])
  /// What ends a line, and `.` leaves out.
  static let lineEnds = UnitSet([0x0A...0x0A, 0x0D...0x0D, 0x2028...0x2029])
  /// What `\s` stands for: white space and line ends.
  static let whiteSpace = UnitSet([
    0x09...0x0D, 0x20...0x20, 0xA0...0xA0, 0x1680...0x1680, 0x2000...0x200A, 0x2028...0x2029,
    0x202F...0x202F, 0x205F...0x205F, 0x3000...0x3000, 0xFEFF...0xFEFF,
  ])
}
