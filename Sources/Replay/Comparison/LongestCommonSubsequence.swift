internal import Values

/// Finds what two lists have in common in the same order.
enum LongestCommonSubsequence {
  /// The largest table that is filled; beyond it, pairs are found from the front only.
  private static let maximumCells = 16_000_000

  /// The pairs of places at which the lists agree, in order.
  ///
  /// - Complexity: O(*n* · *m*) behind the common start and before the common end.
  static func pairs(_ old: [Text], _ new: [Text]) -> [(old: Int, new: Int)] {
    var start = 0
    while start < min(old.count, new.count), old[start] == new[start] { start += 1 }
    var end = 0
    while end < min(old.count, new.count) - start,
      old[old.count - 1 - end] == new[new.count - 1 - end]
    {
      end += 1
    }
    let middle = inner(
      Array(old[start..<(old.count - end)]),
      Array(new[start..<(new.count - end)])
    )
    return (0..<start).map { ($0, $0) }
      + middle.map { ($0.old + start, $0.new + start) }
      + (0..<end).map { (old.count - end + $0, new.count - end + $0) }
  }

  private static func inner(_ old: [Text], _ new: [Text]) -> [(old: Int, new: Int)] {
    guard !old.isEmpty, !new.isEmpty else { return [] }
    guard old.count <= maximumCells / new.count else { return greedy(old, new) }
    let width = new.count + 1
    var lengths = [Int32](repeating: 0, count: (old.count + 1) * width)
    for row in old.indices.reversed() {
      for column in new.indices.reversed() {
        let cell = row * width + column
        lengths[cell] =
          old[row] == new[column]
          ? lengths[cell + width + 1] + 1 : max(lengths[cell + width], lengths[cell + 1])
      }
    }
    var pairs: [(old: Int, new: Int)] = []
    var (row, column) = (0, 0)
    while row < old.count, column < new.count {
      let cell = row * width + column
      if old[row] == new[column] {
        pairs.append((row, column))
        row += 1
        column += 1
      } else if lengths[cell + width] >= lengths[cell + 1] {
        row += 1
      } else {
        column += 1
      }
    }
    return pairs
  }

  private static func greedy(_ old: [Text], _ new: [Text]) -> [(old: Int, new: Int)] {
    var places: [Text: [Int]] = [:]
    for (place, text) in new.enumerated().reversed() { places[text, default: []].append(place) }
    var pairs: [(old: Int, new: Int)] = []
    var next = 0
    for (row, text) in old.enumerated() {
      while let place = places[text]?.popLast() {
        guard place >= next else { continue }
        pairs.append((row, place))
        next = place + 1
        break
      }
    }
    return pairs
  }
}

/// Finds the fewest items that would have to move for numbers to ascend.
enum LongestIncreasingSubsequence {
  /// The places of a longest ascending run of numbers, in order.
  ///
  /// - Complexity: O(*n* log *n*).
  static func places(in numbers: [Int]) -> [Int] {
    var tails: [Int] = []
    var before = [Int](repeating: -1, count: numbers.count)
    for (place, number) in numbers.enumerated() {
      var (low, high) = (0, tails.count)
      while low < high {
        let middle = (low + high) / 2
        if numbers[tails[middle]] < number { low = middle + 1 } else { high = middle }
      }
      if low > 0 { before[place] = tails[low - 1] }
      if low == tails.count { tails.append(place) } else { tails[low] = place }
    }
    var places: [Int] = []
    var next = tails.last ?? -1
    while next >= 0 {
      places.append(next)
      next = before[next]
    }
    return places.reversed()
  }
}
