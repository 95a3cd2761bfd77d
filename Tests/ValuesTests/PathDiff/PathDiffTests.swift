import TestSupport
import Testing
import Values

@Suite struct PathDiffTests {
  /// Two values and the differences in short: `path: before > after`.
  struct Comparison: Sendable {
    let from: Value
    let to: Value
    let differences: [String]
  }

  private static let unknown = Value.unknown(Unknown(requests: [1]))

  @Test(arguments: [
    Comparison(from: 1, to: 1, differences: []),
    Comparison(from: 1, to: "1", differences: [": 1 > \"1\""]),
    Comparison(from: .number(.nan), to: .number(.nan), differences: []),
    Comparison(
      from: ["a": 1, "b": ["c": [1, 2]]],
      to: ["b": ["c": [1, 3]], "a": 2],
      differences: ["a: 1 > 2", "b.c[1]: 2 > 3"]
    ),
    Comparison(
      from: ["a": 1, "gone": [1]],
      to: ["new": .null, "a": 1],
      differences: ["gone: [1] > -", "new: - > null"]
    ),
    Comparison(from: [2, 3], to: [1, 2, 3], differences: ["[0]: - > 1"]),
    Comparison(from: [1, 2, 3], to: [1, 3], differences: ["[1]: 2 > -"]),
    Comparison(from: [1, 2, 3], to: [1, 2], differences: ["[2]: 3 > -"]),
    Comparison(from: [1, 1], to: [1, 1, 1], differences: ["[2]: - > 1"]),
    Comparison(
      from: [1, 2, 3, 9],
      to: [1, 4, 9],
      differences: ["[1]: 2 > 4", "[2]: 3 > -"]
    ),
    Comparison(
      from: [["a": 1, "b": 2], 5],
      to: [["a": 1, "b": 3], 5],
      differences: ["[0].b: 2 > 3"]
    ),
    Comparison(from: [], to: [:], differences: [": [] > {}"]),
  ])
  func `differences are found leaf by leaf`(comparison: Comparison) {
    #expect(
      written(PathDiff.differences(from: comparison.from, to: comparison.to))
        == comparison.differences
    )
  }

  @Test(arguments: [
    Comparison(from: unknown, to: 1, differences: []),
    Comparison(from: ["a": 1], to: ["a": unknown], differences: []),
    Comparison(from: ["a": 1], to: unknown, differences: []),
    Comparison(from: ["a": unknown], to: [:], differences: []),
    Comparison(from: [:], to: ["a": unknown], differences: []),
    Comparison(from: [1, unknown, 3], to: [1, 2, 4], differences: ["[2]: 3 > 4"]),
    Comparison(from: [1], to: [1, unknown], differences: ["[1]: - > {\"unknown\":[1]}"]),
  ])
  func `unknown makes no difference`(comparison: Comparison) {
    #expect(
      written(PathDiff.differences(from: comparison.from, to: comparison.to))
        == comparison.differences
    )
  }

  @Test func `a value does not differ from itself`() {
    var generator = ValueGenerator(SplitMix64(forTest: "path differences"))
    for _ in 0..<3000 {
      let value = generator.value()
      #expect(PathDiff.differences(from: value, to: value).isEmpty)
    }
  }

  @Test func `known values that are not equal differ, and the other way round too`() {
    var generator = ValueGenerator(SplitMix64(forTest: "path differences both ways"))
    for _ in 0..<3000 {
      let (first, second) = (known(generator.value()), known(generator.value()))
      let there = PathDiff.differences(from: first, to: second)
      let back = PathDiff.differences(from: second, to: first)
      #expect(there.isEmpty == (first == second))
      #expect(
        Set(there)
          == Set(back.map { ValueDifference(path: $0.path, before: $0.after, after: $0.before) })
      )
    }
  }

  @Test(
    arguments: [
      ([], ""), ([.key("a"), .key("b"), .index(0)], "a.b[0]"), ([.index(2), .key("x")], "[2].x"),
      ([.key("a b"), .key("")], #"["a b"][""]"#), ([.key("a.b"), .key("q\"")], #"["a.b"]["q\""]"#),
      ([.key("größe")], "größe"),
    ] as [([ValuePath.Step], String)]
  )
  func `a path is written as JavaScript writes it`(steps: [ValuePath.Step], description: String) {
    #expect(ValuePath(steps).description == description)
  }

  private func written(_ differences: [ValueDifference]) -> [String] {
    differences.map { difference in
      let (before, after) = (difference.before.map(JSON.text), difference.after.map(JSON.text))
      return "\(difference.path): \(before ?? "-") > \(after ?? "-")"
    }
  }

  private func known(_ value: Value) -> Value {
    switch value {
    case .unknown: "known"
    case .list(let items): .list(items.map(known))
    case .object(let object): .object(Object(object.map { ($0.key, known($0.value)) }))
    default: value
    }
  }
}
