import Flows
import Testing
import Values

/// Cards of numbers that no public export holds.
@Suite struct DocumentedNumberCardTests {
  @Test(arguments: one + two + rounding + conversion)
  func `documented cards compute`(_ example: CardCase) throws {
    try example.check()
  }

  static let one: [CardCase] = [
    CardCase("size", "math:abs", ["a": -5], gives: ["output": 5]),
    CardCase("of null", "math:abs", ["a": .null], gives: ["output": 0]),
    CardCase("of no number", "math:abs", ["a": "x"], raises: .invalidTypeConversion),
    CardCase("by the page's label", "math:abs", ["number": "-2"], gives: ["output": 2]),
    CardCase("unknown", "math:abs", ["a": .unanswered], gives: ["output": .unanswered]),
    CardCase("e to nothing", "math:exp", ["a": 0], gives: ["output": 1]),
    CardCase("too much", "math:exp", ["a": 1_000], raises: .invalidInput),
    CardCase("root", "math:sqrt", ["a": 9], gives: ["output": 3]),
    CardCase("of a negative number", "math:sqrt", ["a": -1], raises: .invalidInput),
    CardCase("negative", "math:sign", ["a": -0.5], gives: ["output": -1]),
    CardCase("none", "math:sign", ["a": .null], gives: ["output": 0]),
    CardCase("positive", "math:sign", ["a": "7"], gives: ["output": 1]),
    CardCase("factorial", "math:factorial", ["a": 6], gives: ["output": 720]),
    CardCase("of 0", "math:factorial", ["a": 0], gives: ["output": 1]),
    CardCase("below 0", "math:factorial", ["a": -3], gives: ["output": 0]),
    CardCase("of a fraction", "math:factorial", ["a": 2.5], raises: .invalidInput),
    CardCase("out of reach", "math:factorial", ["a": 171], raises: .invalidInput),
    CardCase("natural", "math:log", ["a": 1], gives: ["output": 0]),
    CardCase("to a base", "math:log", ["a": 1000, "base": 10], gives: ["output": 3]),
    CardCase("to any base", "math:log", ["a": 1, "b": 7], gives: ["output": 0]),
    CardCase("of 0", "math:log", ["a": 0], raises: .invalidInput),
    CardCase("to base 1", "math:log", ["a": 2, "b": 1], raises: .invalidInput),
    CardCase("one more", "math:increment", ["a": -1], gives: ["output": 0]),
    CardCase("from null", "math:inc", ["number": .null], gives: ["output": 1]),
  ]

  static let two: [CardCase] = [
    CardCase("power", "math:pow", ["a": 2, "b": 10], gives: ["output": 1024]),
    CardCase("by label", "math:power", ["exponent": -1, "base": 4], gives: ["output": 0.25]),
    CardCase("overflow", "math:pow", ["a": 10, "b": 400], raises: .invalidInput),
    CardCase("remainder", "math:mod", ["a": 12, "b": 5], gives: ["output": 2]),
    CardCase("of the dividend's sign", "math:modulo", ["a": -7, "b": 3], gives: ["output": -1]),
    CardCase("by zero", "math:remainder", ["a": 1, "b": .null], raises: .invalidInput),
    CardCase("larger", "math:max", ["a": 3, "b": "10"], gives: ["output": 10]),
    CardCase("null is 0", "math:larger", ["a": -3, "b": .null], gives: ["output": 0]),
    CardCase("smaller", "math:min", ["a": 3, "b": "10"], gives: ["output": 3]),
    CardCase("no number", "math:smaller", ["a": 3, "b": "x"], raises: .invalidTypeConversion),
  ]

  static let rounding: [CardCase] = [
    CardCase("down", "math:floor", ["a": 0.95], gives: ["output": 0]),
    CardCase("negative down", "math:floor", ["a": -1.2], gives: ["output": -2]),
    CardCase(
      "two places",
      "math:toFixed",
      ["a": 10.33333333, "decimals": 2],
      gives: ["output": 10.33]
    ),
    CardCase(
      "by the page's label",
      "math:toFixed",
      ["number": 10.66666666, "decimal places": 1],
      gives: ["output": 10.7]
    ),
    CardCase("half away from zero", "math:toFixed", ["a": -2.5], gives: ["output": -3]),
    CardCase("no such places", "math:toFixed", ["a": 1, "decimals": -1], raises: .invalidInput),
    CardCase("too many", "math:toFixed", ["a": 1, "decimals": 101], raises: .invalidInput),
    CardCase(
      "the page's example",
      "math:percentage",
      ["percentage of": 50, "value": 25, "precision": 2],
      gives: ["percentage": 12.5, "encoded": "12.50%"]
    ),
    CardCase(
      "of nulls",
      "math:percentage",
      ["percentage of": .null, "value": .null, "precision": .null],
      gives: ["encoded": "0%"]
    ),
  ]

  static let conversion: [CardCase] = [
    CardCase("true", "control:toNumber", ["value": "True"], gives: ["output": 1]),
    CardCase("false", "control:toNumber", ["value": false], gives: ["output": 0]),
    CardCase("digits", "control:toNumber", ["value": "123"], gives: ["output": 123]),
    CardCase("a number", "control:toNumber", ["value": 1.5], gives: ["output": 1.5]),
    CardCase("null", "control:toNumber", ["value": .null], gives: ["output": 0]),
    CardCase("neither", "control:toNumber", ["value": "abc123"], raises: .invalidTypeConversion),
    CardCase("a list", "control:toNumber", ["value": [1]], raises: .invalidTypeConversion),
  ]
}
