import Flows
import Testing
import Values

@Suite struct ObjectCardTests {
  @Test(arguments: construct + reading + merging + changing)
  func `object cards make, read and change objects`(_ example: CardCase) throws {
    try example.check()
  }

  @Test func `an accessor reads literal keys, with dots and spaces`() throws {
    let outputs = [
      CardField(name: FieldName(group: "a", key: "key"), type: .list(.string), path: ["x.y", "0"]),
      CardField(name: FieldName(group: "a", key: "value"), type: .string, path: ["x.y", "0"]),
      CardField(name: FieldName(group: "b", key: "value"), type: .string, path: ["x", "y"]),
    ]
    let object: Value = ["x.y": ["first", "second"], "x": ["y": .unanswered]]
    var call = CardCall(
      signature: CardSignature(
        inputs: [CardField(name: "object", type: .object)],
        outputs: outputs
      ),
      inputs: [object]
    )
    try CardTable.standard["object:expand"]?.run(&call)
    #expect(call.outputs == [["x.y", "0"], "first", .unanswered])
  }

  @Test func `a constructed object keeps the order of its fields`() throws {
    let example = CardCase(
      "order",
      "object:construct",
      ["b": 1, "a.x": 2, "b2": 3, "a.y": 4],
      gives: ["output": .null]
    )
    let card = try #require(CardTable.standard["object:construct"])
    let output = try #require(try example.run(card).first)
    #expect(JSON.text(output) == #"{"b":1,"a":{"x":2,"y":4},"b2":3}"#)
  }

  static let construct: [CardCase] = [
    CardCase("no field", "object:construct", [:], gives: ["output": [:]]),
    CardCase(
      "plain keys, null kept",
      "object:construct",
      ["a": "x", "b": .null, "c": []],
      gives: ["output": ["a": "x", "b": .null, "c": []]]
    ),
    CardCase(
      "a dot makes objects",
      "object:construct",
      ["profile.name": "Ada", "profile.city.zip": 1],
      gives: ["output": ["profile": ["name": "Ada", "city": ["zip": 1]]]]
    ),
    CardCase(
      "a number makes lists",
      "object:construct",
      ["commands.0.type": "a", "commands.1.type": "b", "commands.0.value": 1],
      gives: ["output": ["commands": [["type": "a", "value": 1], ["type": "b"]]]]
    ),
    CardCase(
      "indices between are null",
      "object:construct",
      ["list.2": "c"],
      gives: ["output": ["list": [.null, .null, "c"]]]
    ),
    CardCase(
      "the first step is always a key",
      "object:construct",
      ["0.a": 1],
      gives: ["output": ["0": ["a": 1]]]
    ),
    CardCase(
      "the later field wins",
      "object:construct",
      ["a": 1, "a.b": 2, "c.d": 3, "c": 4],
      gives: ["output": ["a": ["b": 2], "c": 4]]
    ),
    CardCase(
      "a number is a key of an object that is there",
      "object:construct",
      ["o": ["x": 1], "o.0": 2],
      gives: ["output": ["o": ["x": 1, "0": 2]]]
    ),
    CardCase(
      "keys are not trimmed and astral keys stay",
      "object:construct",
      [" a": 1, "😀.é": 2],
      gives: ["output": [" a": 1, "😀": ["é": 2]]]
    ),
    CardCase(
      "an unknown stays a member",
      "object:construct",
      ["a": 1, "b.c": .unanswered],
      gives: ["output": ["a": 1, "b": ["c": .unanswered]]]
    ),
    CardCase(
      "an index out of reach",
      "object:construct",
      ["a.10000": 1],
      raises: .invalidInput
    ),
    CardCase(
      "more digits than an index has make a key",
      "object:construct",
      ["a.99999999999": 1],
      gives: ["output": ["a": ["99999999999": 1]]]
    ),
  ]

  static let sample: Value = [
    "id": "u1", "a.b": "literal", "a": ["b": "nested"], "target": [["id": "t0"], ["id": "t1"]],
    "plain_text-action.value": ["x": 1], "none": .null,
  ]

  static let reading: [CardCase] = [
    CardCase(
      "paths are output keys",
      "object:pick",
      ["object": sample],
      gives: [
        "id": "u1", "target.1.id": "t1", "target.2.id": .null, "missing.x": .null, "a.b": "literal",
      ]
    ),
    CardCase("null has no members", "object:pick", ["object": .null], gives: ["id": .null]),
    CardCase(
      "text is parsed by type",
      "object:pick",
      ["object": #" {"id":"u2"}"#],
      types: ["object": .object],
      gives: ["id": "u2"]
    ),
    CardCase(
      "members of an unknown are unknown",
      "object:pick",
      ["object": .unanswered],
      gives: ["id": .unanswered]
    ),
    CardCase(
      "an unknown member leaves the others known",
      "object:pick",
      ["object": ["a": .unanswered, "b": 1]],
      gives: ["a.x": .unanswered, "b": 1]
    ),
    CardCase(
      "literal key first",
      "object:get",
      ["object": sample, "path": "a.b"],
      gives: ["output": "literal"]
    ),
    CardCase(
      "a list of steps is literal",
      "object:get",
      ["object": sample, "path": ["a", "b"]],
      gives: ["output": "nested"]
    ),
    CardCase(
      "an index of a list",
      "object:get",
      ["object": sample, "path": "target.0.id"],
      gives: ["output": "t0"]
    ),
    CardCase(
      "an index has no leading zero",
      "object:get",
      ["object": sample, "path": "target.00.id"],
      gives: ["output": .null]
    ),
    CardCase(
      "a member of text",
      "object:get",
      ["object": sample, "path": "id.length"],
      gives: ["output": .null]
    ),
    CardCase(
      "a list at the top",
      "object:get",
      ["object": [10, 20], "path": "1"],
      gives: ["output": 20]
    ),
    CardCase("no path", "object:get", ["object": sample, "path": .null], gives: ["output": .null]),
    CardCase(
      "an unknown path",
      "object:get",
      ["object": sample, "path": .unanswered],
      gives: ["output": .unanswered]
    ),
    CardCase(
      "keys in order",
      "object:keys",
      ["object": ["b": 1, "2": 2, "a": 3]],
      gives: ["keys": ["b", "2", "a"]]
    ),
    CardCase("keys of null", "object:keys", ["object": .null], gives: ["keys": []]),
    CardCase("keys of a number", "object:keys", ["object": 3], raises: .invalidTypeConversion),
    CardCase(
      "values in order",
      "object:values",
      ["object": ["b": 1, "a": .null]],
      gives: ["values": [1, .null]]
    ),
    CardCase(
      "values keep unknowns",
      "object:values",
      ["object": ["b": .unanswered]],
      gives: ["values": [.unanswered]]
    ),
  ]

  static let merging: [CardCase] = [
    CardCase(
      "the last object wins, not deep",
      "object:merge",
      ["start": ["a": ["x": 1], "b": 1], "sink": ["a": ["y": 2]], "more": ["c": 3]],
      gives: ["output": ["a": ["y": 2], "b": 1, "c": 3]]
    ),
    CardCase(
      "null is passed over",
      "object:merge",
      ["start": .null, "sink": ["a": 1]],
      gives: ["output": ["a": 1]]
    ),
    CardCase(
      "JSON text is an object",
      "object:merge",
      ["start": #"{"a":1}"#, "sink": [:]],
      types: ["start": .object],
      gives: ["output": ["a": 1]]
    ),
    CardCase(
      "a list is refused",
      "object:merge",
      ["start": [1], "sink": [:]],
      raises: .invalidTypeConversion
    ),
    CardCase(
      "an unknown object makes all unknown",
      "object:merge",
      ["start": .unanswered, "sink": ["a": 1]],
      gives: ["output": .unanswered]
    ),
    CardCase(
      "unknown members stay",
      "object:merge",
      ["start": ["a": .unanswered], "sink": ["b": 1]],
      gives: ["output": ["a": .unanswered, "b": 1]]
    ),
  ]

  static let changing: [CardCase] = [
    CardCase(
      "a new path",
      "object:set",
      ["object": [:], "path": "a.0.b", "value": "x"],
      gives: ["output": ["a": [["b": "x"]]]]
    ),
    CardCase(
      "an old key keeps its place",
      "object:set",
      ["object": ["a": 1, "b": 2], "path": "a", "value": .null],
      gives: ["output": ["a": .null, "b": 2]]
    ),
    CardCase(
      "an unknown value",
      "object:set",
      ["object": [:], "path": "a", "value": .unanswered],
      gives: ["output": ["a": .unanswered]]
    ),
    CardCase(
      "an unknown path",
      "object:set",
      ["object": [:], "path": .unanswered, "value": 1],
      gives: ["output": .unanswered]
    ),
    CardCase(
      "empty members go, 0 and false stay",
      "object:clearEmpty",
      [
        "object": ["a": "", "b": [], "c": [:], "d": .null, "e": 0, "f": false, "g": " "],
        "recursive": false,
      ],
      gives: ["output": ["e": 0, "f": false, "g": " "]]
    ),
    CardCase(
      "within objects, and objects that become empty",
      "object:clearEmpty",
      [
        "object": ["a": ["x": "", "y": 1], "b": ["x": .null], "c": [["x": ""]]], "recursive": true,
      ],
      gives: ["output": ["a": ["y": 1], "c": [["x": ""]]]]
    ),
    CardCase(
      "not within objects",
      "object:clearEmpty",
      ["object": ["a": ["x": ""]], "recursive": false],
      gives: ["output": ["a": ["x": ""]]]
    ),
  ]
}
