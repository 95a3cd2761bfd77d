/// Some of the values that a field of a schedule can have.
struct CronSet: Hashable, Sendable {
  /// All there can be.
  let range: ClosedRange<Int>
  /// Bit *n* for the value *n*.
  private var bits: UInt64 = 0

  /// No value of a range, which ends below 64.
  init(of range: ClosedRange<Int>) {
    self.range = range
  }

  /// Whether every value is in it, so that the field says nothing.
  var isEverything: Bool { count == range.count }

  var count: Int { bits.nonzeroBitCount }

  /// The values, ascending.
  var values: [Int] { range.filter(contains) }

  func contains(_ value: Int) -> Bool { bits >> UInt64(value) & 1 == 1 }

  mutating func insert(_ value: Int) { bits |= 1 << UInt64(value) }

  /// The first value that is not below `value`.
  func first(from value: Int) -> Int? {
    guard value < 64 else { return nil }
    let rest = bits >> UInt64(value)
    return rest == 0 ? nil : value + rest.trailingZeroBitCount
  }
}
