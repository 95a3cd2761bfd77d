import Testing
import Values

@Suite struct UnknownTests {
  private static let unknown = Value.unknown(Unknown(requests: [1]))

  private static let cases: [(Value, Bool)] = [
    (unknown, true), ([1, [unknown]], true), (["a": ["b": [.null, unknown]]], true), (.null, false),
    ([], false), ([1, "a", .null, true], false), (["a": [:], "b": [[], 2]], false),
  ]

  @Test(arguments: cases)
  func `a value holds what is unknown however deep it stands`(_ value: Value, _ holds: Bool) {
    #expect(value.holdsUnknown == holds)
  }

  @Test func `an object made of distinct keys is the one made member by member`() {
    for count in [0, 1, 12, 13, 40] {
      let keys = (0..<count).map { Text("k\($0)") }
      let values = (0..<count).map { Value.number(Double($0)) }
      let object = Object(distinctKeys: keys, values: values)
      #expect(object == Object(zip(keys, values)))
      #expect(object.keys == keys)
      for (key, value) in zip(keys, values) { #expect(object[key] == value) }
    }
  }
}
