import TestSupport
import Testing
import Values

/// Paths as people write them, and values with others put at such places.
@Suite struct ValuePathTests {
  @Test func `a path reads back as it was written`() {
    let keys: [Text] = ["a", "user id", "", "a.b", "[0]", "\"", "\\", "ü", "=", "a\nb"]
    let seed = UInt64.random(in: 0...UInt64.max)
    var random = SplitMix64(seed: seed)
    for _ in 0..<500 {
      let steps = (0..<Int.random(in: 1...6, using: &random)).map { _ -> ValuePath.Step in
        Bool.random(using: &random)
          ? .index(Int.random(in: 0...9, using: &random))
          : .key(keys.randomElement(using: &random) ?? "a")
      }
      let path = ValuePath(steps)
      // An equals sign ends a path, unless it stands in quotes.
      guard !steps.contains(.key("=")) else { continue }
      #expect(ValuePath(parsing: Text(path.description)) == path, "seed \(seed): \(path)")
    }
  }

  @Test(arguments: [
    ("a.b[0].c d", ValuePath([.key("a"), .key("b"), .index(0), .key("c d")])),
    (#"a["x.y"]"#, ValuePath([.key("a"), .key("x.y")])),
    ("[2]", ValuePath([.index(2)])), ("", ValuePath()),
  ])
  func `a path is read`(_ text: String, _ path: ValuePath) {
    #expect(ValuePath(parsing: Text(text)) == path)
  }

  @Test(arguments: [
    ".", "a.", "a..b", "a[", "a[1", "a[x]", "a[-1]", "a[]", #"a["x"#, #"a["x"b"#, "a[0]b", "a=b",
    "a[99999999999999999999]", String(repeating: "a.", count: 300) + "a",
  ])
  func `what is no path is refused`(_ text: String) {
    #expect(ValuePath(parsing: Text(text)) == nil)
  }

  @Test(
    arguments: [
      (["a": ["b": 1]], "a.b", ["a": ["b": 9]]),
      (["a": .null], "a.b.c", ["a": ["b": ["c": 9]]]),
      ([:], "a[0]", ["a": [9]]),
      ([1, 2], "[1]", [1, 9]), ([1, 2], "[2]", [1, 2, 9]),
      (["b": 1, "a": 2], "b", ["b": 9, "a": 2]),
    ] as [(Value, String, Value)]
  )
  func `another value stands at a place`(_ value: Value, _ path: String, _ expected: Value) throws {
    let path = try #require(ValuePath(parsing: Text(path)))
    let changed = try value.with(9, at: path)
    #expect(changed == expected)
    #expect(changed.value(at: path) == 9)
  }

  @Test(
    arguments: [
      (["a": "x"], "a.b", "a is a text, and has no members"),
      ([1], "[3]", " has 1 item, counted from 0"),
      (["a": [1]], "a.b", "a is a list: its items are named by number, as in [0]"),
      (["a": ["b": 1]], "a[0]", "a is an object: its members are named by key"),
      (["a": .null], "a[1]", "a is null"),
    ] as [(Value, String, String)]
  )
  func `nothing can stand where there are no members`(
    _ value: Value,
    _ path: String,
    _ reason: String
  ) throws {
    let path = try #require(ValuePath(parsing: Text(path)))
    let error = #expect(throws: ValuePathError.self) { try value.with(9, at: path) }
    #expect(error?.description == reason)
  }
}
