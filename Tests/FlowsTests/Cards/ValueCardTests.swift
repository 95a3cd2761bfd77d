import Flows
import Testing
import Values

/// JSON, truths and numbers.
@Suite struct ValueCardTests {
  @Test(arguments: json + truths + choices + numbers + overflows)
  func `cards of JSON, truths and numbers compute`(_ example: CardCase) throws {
    try example.check()
  }

  static let json: [CardCase] = [
    CardCase(
      "an object",
      "json:parse",
      ["string": #" {"a":[1,null,"\u00e9"]} "#],
      gives: ["output": ["a": [1, .null, "é"]]]
    ),
    CardCase("a scalar", "json:parse", ["string": "1e2"], gives: ["output": 100]),
    CardCase(
      "half a character",
      "json:parse",
      ["string": #""\ud83d""#],
      gives: ["output": .units(0xD83D)]
    ),
    CardCase("null", "json:parse", ["string": .null], raises: .parseError),
    CardCase("empty", "json:parse", ["string": ""], raises: .parseError),
    CardCase("broken", "json:parse", ["string": "{'a':1}"], raises: .parseError),
    CardCase(
      "too deep",
      "json:parse",
      ["string": .text(Text(String(repeating: "[", count: 5_000)))],
      raises: .parseError
    ),
    CardCase(
      "compact, in order",
      "json:stringify",
      ["object": ["b": [1, true], "a": .null]],
      gives: ["output": #"{"b":[1,true],"a":null}"#]
    ),
    CardCase("text is quoted", "json:stringify", ["object": "a\"b"], gives: ["output": #""a\"b""#]),
    CardCase("null", "json:stringify", ["object": .null], gives: ["output": "null"]),
    CardCase(
      "a date",
      "json:stringify",
      ["object": .date("2026-01-02T03:04:05.006Z")],
      gives: ["output": #""2026-01-02T03:04:05.006Z""#]
    ),
    CardCase(
      "an unknown member",
      "json:stringify",
      ["object": ["a": .unanswered]],
      gives: ["output": .unanswered]
    ),
  ]

  static let overflows: [CardCase] = [
    CardCase("a sum", "math:add", ["a": 1e308, "b": 1e308], raises: .invalidInput),
    CardCase("a difference", "math:subtract", ["a": -1e308, "b": 1e308], raises: .invalidInput),
    CardCase("a product", "math:multiply", ["a": 1e308, "b": 1e308], raises: .invalidInput),
    CardCase("a quotient", "math:divide", ["a": 1e300, "b": 1e-300], raises: .invalidInput),
    CardCase("a percentage", "math:divide", ["a": 1e307, "b": 1], raises: .invalidInput),
    CardCase("infinity", "math:round", ["a": .number(.infinity)], raises: .invalidInput),
  ]

  static let truths: [CardCase] = [
    CardCase("or", "boolean:or", ["a": false, "b": .null, "c": "TRUE"], gives: ["output": true]),
    CardCase("or of nothing", "boolean:or", ["a": .null, "b": .null], gives: ["output": false]),
    CardCase("and", "boolean:and", ["a": true, "b": 1], gives: ["output": true]),
    CardCase("and with null", "boolean:and", ["a": true, "b": .null], gives: ["output": false]),
    CardCase("xor", "boolean:xor", ["a": true, "b": true], gives: ["output": false]),
    CardCase("xor of one", "boolean:xor", ["a": false, "b": "1"], gives: ["output": true]),
    CardCase("not", "boolean:not", ["a": "TRUE"], gives: ["result": false]),
    CardCase("not null", "boolean:not", ["input field": .null], gives: ["result": true]),
    CardCase("not a truth", "boolean:not", ["a": "x"], raises: .invalidTypeConversion),
    CardCase("no truth", "boolean:and", ["a": "yes", "b": true], raises: .invalidTypeConversion),
    CardCase(
      "unknown",
      "boolean:or",
      ["a": true, "b": .unanswered],
      gives: ["output": .unanswered]
    ),
    CardCase(
      "compare",
      "boolean:compare",
      ["left-operand": "80", "operator": "<", "right-operand": "9"],
      gives: ["result": true]
    ),
    CardCase(
      "compare without operator",
      "boolean:compare",
      ["left-operand": 1, "operator": .null, "right-operand": 1],
      raises: .invalidInput
    ),
  ]

  static let choices: [CardCase] = [
    CardCase(
      "if true",
      "control:assignIf",
      [
        "left-operand": 2, "operator": ">", "right-operand": "1", "valueIfTrue": ["x"],
        "valueIfFalse": .null,
      ],
      gives: ["output": ["x"]]
    ),
    CardCase(
      "if false",
      "control:assignIf",
      [
        "left-operand": .null, "operator": "is not empty", "right-operand": "", "valueIfTrue": 1,
        "valueIfFalse": .null,
      ],
      gives: ["output": .null]
    ),
    CardCase(
      "of an unknown",
      "control:assignIf",
      [
        "left-operand": .unanswered, "operator": "==", "right-operand": "", "valueIfTrue": 1,
        "valueIfFalse": 2,
      ],
      gives: ["output": .unanswered]
    ),
    CardCase(
      "found",
      "control:lookup",
      ["key": "b", "options/a": 1, "options/b": 2, "else": 0],
      gives: ["result": 2]
    ),
    CardCase(
      "not found",
      "control:lookup",
      ["key": "B", "options/b": 2, "else": 0],
      gives: ["result": 0]
    ),
    CardCase(
      "a number is looked up as text",
      "control:lookup",
      ["key": 12, "options/12": "x", "else": .null],
      gives: ["result": "x"]
    ),
    CardCase(
      "null is looked up as null",
      "control:lookup",
      ["key": .null, "options/null": "none", "else": "else"],
      gives: ["result": "none"]
    ),
  ]

  static let numbers: [CardCase] = [
    CardCase("sum of all", "math:add", ["a": 1, "b": "2.5", "c": .null], gives: ["output": 3.5]),
    CardCase("no number", "math:add", ["a": 1, "b": "x"], raises: .invalidTypeConversion),
    CardCase(
      "a date is no number",
      "math:add",
      ["a": .date("2026-01-01")],
      raises: .invalidTypeConversion
    ),
    CardCase("difference", "math:subtract", ["a": .null, "b": 2], gives: ["output": -2]),
    CardCase("product", "math:multiply", ["a": 3, "b": 4, "c": 0.5], gives: ["output": 6]),
    CardCase("product with null", "math:multiply", ["a": 3, "b": .null], gives: ["output": 0]),
    CardCase(
      "quotient",
      "math:divide",
      ["a": 1, "b": 3, "decimals": 2],
      gives: ["output": 0.33, "percentage": "33.33%"]
    ),
    CardCase(
      "zeros stay in the percentage",
      "math:divide",
      ["a": 39, "b": 40, "decimals": 2],
      gives: ["output": 0.98, "percentage": "97.50%"]
    ),
    CardCase(
      "half away from zero",
      "math:divide",
      ["a": -1.005, "b": 1, "decimals": 2],
      gives: ["output": -1.01, "percentage": "-100.50%"]
    ),
    CardCase(
      "large and tiny",
      "math:divide",
      ["a": 1e21, "b": 1, "decimals": 0],
      gives: ["output": 1e21, "percentage": "100000000000000000000000%"]
    ),
    CardCase(
      "rounds to nothing",
      "math:divide",
      ["a": -1, "b": 1e30, "decimals": 4],
      gives: ["output": 0, "percentage": "0.0000%"]
    ),
    CardCase(
      "by zero",
      "math:divide",
      ["a": 1, "b": .null, "decimals": 2],
      raises: .invalidInput
    ),
    CardCase("up", "math:ceil", ["a": -1.2], gives: ["output": -1]),
    CardCase("up from null", "math:ceil", ["a": .null], gives: ["output": 0]),
    CardCase("half up", "math:round", ["a": 10.5], gives: ["output": 11]),
    CardCase("negative half up", "math:round", ["a": -10.5], gives: ["output": -10]),
    CardCase(
      "just below a half",
      "math:round",
      ["a": 0.49999999999999994],
      gives: ["output": 0]
    ),
    CardCase("unknown", "math:round", ["a": .unanswered], gives: ["output": .unanswered]),
    CardCase("random", "math:random", ["a": 1, "b": 4], answers: [[0.99]], gives: ["output": 3]),
    CardCase("no range", "math:random", ["a": 4, "b": 4], gives: ["output": 4]),
  ]
}
