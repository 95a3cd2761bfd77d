extension Array where Element: Equatable {
  /// The items, each of a run of equal ones once.
  func removingRepeats() -> [Element] {
    guard zip(self, dropFirst()).contains(where: ==) else { return self }
    var unique: [Element] = []
    unique.reserveCapacity(count)
    for item in self where unique.last != item { unique.append(item) }
    return unique
  }
}
