import Flows
import Testing
import Values

@Suite struct FormulaTests {
  @Test(arguments: formulas + failures)
  func `formulas are computed`(_ example: CardCase) throws {
    try example.check()
  }

  static func formula(_ text: Value, _ result: Value) -> CardCase {
    CardCase("\(text)", "math:expression", ["_text_": text], gives: ["output": result])
  }

  static let formulas: [CardCase] = [
    formula("1 + 2 * 3", 7), formula("(1 + 2) * 3", 9), formula("2 ^ 3 ^ 2", 512),
    formula("-2 ^ 2", -4), formula("2 ^ -1", 0.5), formula("7 % 4 - 1", 2), formula("-7 % 4", 1),
    formula("3! ^ 2", 36), formula("1.5e3 / .5 # a comment\n + 1", 3_001),
    formula("max(1, abs(-3), min(2, 5)) + floor(pi)", 6), formula("log(e) + sqrt(16)", 5),
    formula("pow(2, 10) + round(2.5)", 1_027),
    CardCase(
      "a slot is a value",
      "math:expression",
      ["_text_": "{{{a}}} ^ 2", "a": -5],
      gives: ["output": 25]
    ),
    CardCase(
      "a null slot is 0",
      "math:expression",
      ["_text_": "{{{a}}} + 1", "a": .null],
      gives: ["output": 1]
    ),
    CardCase(
      "53 bits",
      "math:expression",
      ["_text_": "({{{a}}} + 11644473600000) * 10000", "a": "1"],
      gives: ["output": 116_444_736_000_010_000]
    ),
    CardCase(
      "random numbers in order",
      "math:expression",
      ["_text_": "random() - random()"],
      answers: [[0.75, 0.25]],
      gives: ["output": 0.5]
    ),
  ]

  static let failures: [CardCase] = [
    ("", .parseError), ("1 +", .parseError), ("(1", .parseError), ("1 2", .parseError),
    ("1 $ 2", .parseError), ("nope(1)", .invalidInput), ("nope", .invalidInput),
    ("1 / 0", .invalidInput), ("(-1)!", .invalidInput), ("sqrt(-1)", .invalidInput),
    (.text(Text(String(repeating: "(", count: 100_000))), .parseError),
    (.text(Text(String(repeating: "-", count: 100_000) + "1")), .parseError),
    (.text(Text(String(repeating: "1^", count: 100_000) + "1")), .parseError),
  ].map { (text: Value, error: CardErrorKind) in
    CardCase("refused", "math:expression", ["_text_": text], raises: error)
  }

  @Test func `a slot that is no number is refused`() throws {
    try CardCase(
      "text",
      "math:expression",
      ["_text_": "{{{a}}}", "a": "x"],
      raises: .invalidTypeConversion
    ).check()
  }
}
