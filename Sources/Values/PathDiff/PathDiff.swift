/// Compares two values place by place.
public enum PathDiff {
  /// The places at which the values differ, none where they agree.
  ///
  /// Objects are compared by key: those of `from` in their order, then those only `to` has. Lists
  /// are compared by index once their common start and end are taken away, so that an item put in
  /// front is one difference. What only one side has is one difference, however large. Unknown is
  /// neither equal to nor different from anything, so it makes no difference, nor does a member
  /// that is unknown on the one side and absent on the other.
  ///
  /// - Complexity: O(size of both values).
  public static func differences(from: Value, to: Value) -> [ValueDifference] {
    if agree(from, to) { return [] }
    var comparison = Comparison()
    comparison.compare(from, to)
    return comparison.differences
  }

  /// Whether no difference between the values is known.
  static func agree(_ first: Value, _ second: Value) -> Bool {
    switch (first, second) {
    case (.unknown, _), (_, .unknown):
      true
    case (.list(let first), .list(let second)):
      first.count == second.count && zip(first, second).allSatisfy(agree)
    case (.object(let first), .object(let second)):
      agree(first, second)
    default:
      first == second
    }
  }

  private static func agree(_ first: Object, _ second: Object) -> Bool {
    var shared = 0
    for (key, value) in first {
      if let other = second[key] {
        guard agree(value, other) else { return false }
        shared += 1
      } else if !value.isUnknown {
        return false
      }
    }
    return shared == second.count
      || second.allSatisfy { key, value in value.isUnknown || first[key] != nil }
  }
}

extension PathDiff {
  /// A walk over two values that collects differences.
  private struct Comparison {
    var differences: [ValueDifference] = []
    private var steps: [ValuePath.Step] = []

    mutating func compare(_ first: Value, _ second: Value) {
      switch (first, second) {
      case (.list(let first), .list(let second)): compare(first, second)
      case (.object(let first), .object(let second)): compare(first, second)
      default:
        if !agree(first, second) { report(first, second) }
      }
    }

    private mutating func compare(_ first: Object, _ second: Object) {
      for (key, before) in first {
        descend(.key(key)) { comparison in
          if let after = second[key] {
            comparison.compare(before, after)
          } else if !before.isUnknown {
            comparison.report(before, nil)
          }
        }
      }
      for (key, after) in second where first[key] == nil && !after.isUnknown {
        descend(.key(key)) { $0.report(nil, after) }
      }
    }

    private mutating func compare(_ first: [Value], _ second: [Value]) {
      let shorter = min(first.count, second.count)
      var start = 0
      while start < shorter, agree(first[start], second[start]) { start += 1 }
      var end = 0
      while end < shorter - start,
        agree(first[first.count - 1 - end], second[second.count - 1 - end])
      {
        end += 1
      }
      // A bare `nil` would be the value null here, not absence.
      for index in start..<max(start, max(first.count, second.count) - end) {
        let before: Value? = index < first.count - end ? .some(first[index]) : .none
        let after: Value? = index < second.count - end ? .some(second[index]) : .none
        descend(.index(index)) { comparison in
          if let before, let after {
            comparison.compare(before, after)
          } else {
            comparison.report(before, after)
          }
        }
      }
    }

    private mutating func descend(_ step: ValuePath.Step, _ body: (inout Comparison) -> Void) {
      steps.append(step)
      body(&self)
      steps.removeLast()
    }

    private mutating func report(_ before: Value?, _ after: Value?) {
      differences.append(
        ValueDifference(path: ValuePath(steps), before: before, after: after)
      )
    }
  }
}
