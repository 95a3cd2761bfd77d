import Flows
import Testing
import Values

@Suite struct ComparisonTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let left: Value
    let sign: String
    let right: Value
    let holds: Bool

    init(_ left: Value, _ sign: String, _ right: Value, _ holds: Bool) {
      (self.left, self.sign, self.right, self.holds) = (left, sign, right, holds)
    }

    var testDescription: String { "\(left) \(sign) \(right)" }
  }

  @Test(arguments: equality + kinds + order + membership + keys + emptiness + identity)
  func `operators compare by the values`(_ example: Case) throws {
    let sign = try #require(ComparisonOperator(name: Text(example.sign)))
    let outcome = Comparison.evaluate(example.left, sign, example.right)
    #expect(outcome == (example.holds ? .holds : .fails))
  }

  @Test(arguments: equality + kinds + membership + keys + emptiness + identity)
  func `each operator's opposite has the opposite outcome`(_ example: Case) throws {
    let opposites = [
      "==": "!=", "!=": "==", "in": "not in", "has": "doesn't have", "is empty": "is not empty",
      "===": "!==",
    ]
    let opposite = try #require(
      opposites[example.sign].flatMap { ComparisonOperator(name: Text($0)) }
    )
    let outcome = Comparison.evaluate(example.left, opposite, example.right)
    #expect(outcome == (example.holds ? .fails : .holds))
  }

  static let date: Value = .date("2026-01-01T00:00:00.000Z")

  static let equality: [Case] = [
    Case("a", "==", "a", true), Case("a", "==", "A", false), Case("a ", "==", "a", false),
    Case("é", "==", "e\u{301}", false), Case("😀", "==", "😀", true),
    Case(.null, "==", .null, true), Case(.null, "==", "", true), Case("", "==", .null, true),
    Case(.null, "==", 0, false), Case(.null, "==", "null", false), Case(.null, "==", [], false),
    Case(["a", 1], "==", ["a", 1], true), Case(["a", 1], "==", [1, "a"], false),
    Case([1], "==", ["1"], false),
    Case(["a": 1, "b": 2], "==", ["b": 2, "a": 1], true),
    Case(["a": 1], "==", ["a": 1, "b": .null], false),
    Case(["a"], "==", #"["a"]"#, true), Case(["a"], "==", "a", false),
  ]

  static let kinds: [Case] = [
    Case(1, "==", "1", true), Case(1, "==", " 1.0 ", true), Case("0x10", "==", 16, true),
    Case(1, "==", "one", false), Case(0, "==", "", false), Case(1, "==", true, true),
    Case(2, "==", true, false), Case(0, "==", "0", true), Case(0, "==", -0.0, true),
    Case(true, "==", "TRUE", true), Case(false, "==", "0", true), Case(true, "==", "yes", false),
    Case(false, "==", "", true), Case(false, "==", .null, true), Case(true, "==", .null, false),
    Case(date, "==", "2026-01-01", true), Case(date, "==", "2026-01-01T01:00:00+01:00", true),
    Case(date, "==", date, true), Case(date, "==", "soon", false),
    Case(date, "==", 1_767_225_600_000, false),
  ]

  static let order: [Case] = [
    Case(9, "<", 80, true), Case("80", "<", "9", true), Case(80, ">", "9", true),
    Case("97.50%", ">", 95, true), Case("100%", ">", 95, false), Case("abc", ">", 5, true),
    Case(3, ">=", "3", true), Case(3, "<=", 2, false), Case("B", "<", "a", true),
    Case(.null, "<", 1, false), Case(.null, ">=", .null, false), Case(1, ">", .null, false),
    Case("", "<", "a", true), Case("", "<", 5, true), Case(false, "<", true, true),
    Case(date, "<", "2026-01-02", true), Case(date, ">", "2025-12-31T23:59:59Z", true),
    Case("😀", "<", "\u{FFFD}", true), Case([2], "<", [3], true),
  ]

  static let membership: [Case] = [
    Case("b", "in", "abc", true), Case("B", "in", "abc", false), Case("", "in", "abc", true),
    Case("", "in", "", true), Case(.null, "in", "null", false), Case(.null, "in", .null, false),
    Case("b", "in", ["a", "b"], true), Case("b", "in", ["abc"], false),
    Case(1, "in", ["1"], true), Case(.null, "in", [.null], true), Case(.null, "in", ["a"], false),
    Case("", "in", [.null], true), Case([1], "in", [[1]], true), Case(2, "in", 123, true),
    Case("a", "in", ["a": 1], false), Case("a", "in", .null, false),
    Case("Admin", "in", "Global Admin", true),
  ]

  static let keys: [Case] = [
    Case(["a": .null], "has", "a", true), Case(["a": 1], "has", "b", false),
    Case(["a": ["b": 1]], "has", "a.b", false), Case(["1": 2], "has", 1, true),
    Case(.null, "has", "a", false), Case("abc", "has", "a", false),
    Case(["a": 1], "has", .null, false),
  ]

  static let emptiness: [Case] = [
    Case(.null, "is empty", .null, true), Case("", "is empty", "x", true),
    Case([], "is empty", "", true),
    Case([:], "is empty", "", true), Case(0, "is empty", "", false),
    Case(false, "is empty", "", false), Case(" ", "is empty", "", false),
    Case([.null], "is empty", "", false), Case(["a": .null], "is empty", "", false),
    Case(date, "is empty", "", false),
  ]

  static let identity: [Case] = [
    Case(1, "===", 1, true), Case(1, "===", "1", false), Case(.null, "===", "", false),
    Case(.null, "===", .null, true), Case(true, "===", 1, false),
    Case(["a": [1]], "===", ["a": [1]], true),
  ]

  @Test(arguments: [
    Case(12, "%", 4, true), Case(0, "%", 4, true), Case(-4, "%", 4, true), Case(5, "%", 4, false),
    Case("12", "%", "4", true), Case(4, "%", 0, false), Case(.null, "%", 4, false),
    Case("x", "%", 4, false), Case(0.75, "%", 0.25, true),
  ])
  func `a multiple leaves no remainder`(_ example: Case) {
    let outcome = Comparison.evaluate(example.left, .multipleOf, example.right)
    #expect(outcome == (example.holds ? .holds : .fails))
  }

  @Test(arguments: [
    Case(.unanswered, "==", "a", true), Case("a", "<", .unanswered, true),
    Case(.unanswered, "is empty", "", true), Case("", "is empty", .unanswered, false),
    Case([.unanswered], "is empty", "", false), Case([.unanswered, 1], "==", [1, 2], false),
    Case([.unanswered, 2], "==", [1, 2], true), Case([.unanswered], "==", [1, 2], false),
    Case(["a": .unanswered, "b": 1], "===", ["a": 1, "b": 2], false),
    Case("a", "in", ["b", .unanswered], true), Case("a", "in", ["a", .unanswered], false),
    Case(["a": .unanswered], "has", "a", false), Case(["a": .unanswered], "<", "b", true),
  ])
  func `only what needs an unknown is unknown`(_ example: Case) throws {
    let sign = try #require(ComparisonOperator(name: Text(example.sign)))
    let outcome = Comparison.evaluate(example.left, sign, example.right)
    #expect((outcome == .unknown(Unknown(requests: [7]))) == example.holds, "\(outcome)")
  }

  @Test func `the text null means null to the items of lists alone`() {
    #expect(Comparison.evaluate(item: .null, .equal, "null") == .holds)
    #expect(Comparison.evaluate(item: .null, .notEqual, "null") == .fails)
    #expect(Comparison.evaluate(item: "null", .equal, "null") == .holds)
    #expect(Comparison.evaluate(item: "", .equal, "null") == .fails)
    #expect(Comparison.evaluate(item: .null, .identical, "null") == .fails)
    #expect(Comparison.evaluate(.null, .equal, "null") == .fails)
  }

  @Test func `every operator keeps its name`() {
    for sign in ComparisonOperator.allCases {
      #expect(ComparisonOperator(name: sign.name) == sign)
    }
    #expect(ComparisonOperator(name: "=") == nil)
  }

  @Test func `a condition reads its operands from its group`() throws {
    let fields = ["left-operand", "operator", "right-operand"].map {
      CardField(name: FieldName(group: "else1", key: Text($0)), type: .any)
    }
    let call = CardCall(
      signature: CardSignature(inputs: fields, outputs: []),
      inputs: ["1", "==", 1]
    )
    #expect(try Comparison.condition(of: call, inGroup: "else1") == .holds)
    #expect(throws: CardError.self) { try Comparison.condition(of: call) }
  }
}
