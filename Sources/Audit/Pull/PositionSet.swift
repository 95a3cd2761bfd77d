internal import EventStore

/// Positions as few ranges, ascending and apart from one another.
struct PositionSet: Hashable, Sendable {
  private(set) var ranges: [Range<UInt64>] = []

  init() {}

  var isEmpty: Bool { ranges.isEmpty }

  /// - Complexity: O(log *n*) in the number of ranges.
  func contains(_ position: Position) -> Bool {
    let index = firstIndex(endingAfter: position.rawValue)
    return index < ranges.count && ranges[index].contains(position.rawValue)
  }

  /// Adds a position.
  ///
  /// - Complexity: O(1) behind all others, else O(*n*).
  mutating func insert(_ position: Position) {
    insert(position.rawValue..<position.rawValue + 1)
  }

  /// Adds all positions of a range.
  mutating func insert(_ range: Range<UInt64>) {
    guard !range.isEmpty else { return }
    if let last = ranges.last, last.upperBound < range.lowerBound { return ranges.append(range) }
    // Those that overlap or touch become one.
    var start = firstIndex(endingAfter: range.lowerBound)
    if start > 0, ranges[start - 1].upperBound == range.lowerBound { start -= 1 }
    var merged = range
    var end = start
    while end < ranges.count, ranges[end].lowerBound <= range.upperBound {
      merged =
        min(
          merged.lowerBound,
          ranges[end].lowerBound
        )..<max(merged.upperBound, ranges[end].upperBound)
      end += 1
    }
    ranges.replaceSubrange(start..<end, with: [merged])
  }

  /// All positions, ascending.
  var positions: [Position] { ranges.flatMap { $0.map(Position.init) } }

  /// The first range that ends behind a position.
  private func firstIndex(endingAfter position: UInt64) -> Int {
    var (low, high) = (0, ranges.count)
    while low < high {
      let middle = (low + high) / 2
      if ranges[middle].upperBound <= position { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
