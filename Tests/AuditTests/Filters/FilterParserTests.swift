import Audit
import TestSupport
import Testing

@Suite struct FilterParserTests {
  @Test(arguments: [
    (#"eventType eq "a""#, #"eventType eq "a""#),
    (#"a EQ "x" AND b Pr OR NOT c ne null"#, #"(a eq "x" and b pr) or not (c ne null)"#),
    (#"a pr or b pr and not c pr"#, "a pr or (b pr and not (c pr))"),
    (#"(a pr or b pr)and(c pr)"#, "(a pr or b pr) and c pr"),
    (#"not(a eq true)"#, "not (a eq true)"),
    (#"a in ["x" , 1,-2.5e3 ,null]"#, #"a in ["x", 1, -2.5e3, null]"#),
    (
      #"target.0.displayName eq "say \"hi\" \u00e9\n""#,
      #"target.0.displayName eq "say \"hi\" é\u000a""#
    ),
    ("\t a\n pr\r ", "a pr"),
    (#"urn:x:y-z.$ref sw """#, #"urn:x:y-z.$ref sw """#),
  ])
  func `a filter prints in one spelling that reads the same`(
    filter: String,
    spelling: String
  ) throws {
    let expression = try Filter(filter).expression
    #expect(try Filter(spelling).expression == expression)
    #expect(try Filter(expression.description).expression == expression)
  }

  @Test(arguments: [
    ("", 1, "expected a field, 'not' or '(' but found the end"),
    ("foo", 4, "expected an operator but found the end"),
    ("foo bad \"x\"", 5, "unknown operator 'bad'"),
    ("eventType eq", 13, "expected a value in double quotes but found the end"),
    ("eventType eq user.x", 14, "needs double quotes: \"user.x\""),
    ("eventType eq 'x'", 14, "expected a value in double quotes but found '''"),
    ("eventType eq \"x", 14, "the text does not end"),
    ("eventType eq \"\\x\"", 14, "the text does not end, or has an escape"),
    ("eventType eq \"\\ud800\"", 14, "escape"),
    ("a eq 1e999", 6, "1e999 is no number in range"),
    ("a eq 01", 6, "01 is no number"),
    ("a eq +1", 6, "no number"),
    ("(a pr", 6, "expected 'and', 'or' or ')' but found the end"),
    ("a pr)", 5, "expected 'and', 'or' or the end but found ')'"),
    ("a pr b pr", 6, "expected 'and', 'or' or the end but found 'b'"),
    ("a..b pr", 1, "the field 'a..b' has an empty step"),
    ("target[type eq \"User\"]", 7, "'target[…]' is not supported"),
    ("a in []", 7, "expected a value in double quotes"),
    ("a in \"x\"", 6, "expected '['"),
    ("a pr and", 9, "expected a field"),
    ("a pr and or", 10, "expected a field, 'not' or '(' but found 'or'"),
    ("published gt \"2026-01-01T00:00:00Z\"", 1, "bound the time with since and until"),
    ("a pr and PUBLISHED pr", 10, "cannot be filtered by"),
    ("target.changeDetails.to pr", 1, "cannot be filtered by"),
    ("debugContext.debugData.url co \"x\"", 28, "use 'sw' or 'eq'"),
    ("debug_context.debugData.requestURI co \"x\"", 36, "operator 'co' cannot be applied"),
    ("é eq §", 6, "the value § needs double quotes"),
    ("; pr", 1, "expected a field, 'not' or '(' but found ';'"),
  ])
  func `a refusal names the place and the remedy`(filter: String, column: Int, text: String) {
    let error = #expect(throws: FilterError.self) { try Filter(filter) }
    #expect(error?.column == column)
    #expect(error?.message.contains(text) == true, "\(error?.message ?? "accepted")")
    #expect(error?.description.contains("position \(column)") == true)
  }

  @Test func `a refusal carries the code of Okta's answer`() {
    let operatorError = #expect(throws: FilterError.self) {
      try Filter("debugContext.debugData.url co \"x\"")
    }
    #expect(operatorError?.oktaCode == "E0000031")
    #expect(throws: FilterError.self) { try Filter("a bad 1") }
  }

  @Test func `nesting is limited and never overflows the stack`() throws {
    let nested = { (depth: Int) in
      String(repeating: "(", count: depth) + "a pr" + String(repeating: ")", count: depth)
    }
    _ = try Filter(nested(100))
    for filter in [nested(100_000), String(repeating: "not ", count: 100_000) + "a pr"] {
      let error = #expect(throws: FilterError.self) { try Filter(filter) }
      #expect(error?.message.contains("levels of parentheses") == true)
    }
    let long = Array(repeating: "a pr", count: 20_000).joined(separator: " or ")
    _ = try Filter(long)
  }

  @Test func `a printed filter parses to the same expression`() throws {
    var random = SplitMix64(forTest: "printing filters")
    for _ in 0..<2_000 {
      let expression = FilterExpression.random(depth: 4, using: &random)
      let parsed = try Filter(expression.description).expression
      #expect(parsed == expression, "\(expression)")
    }
  }

  @Test func `any text is read or refused without a trap`() {
    var random = SplitMix64(forTest: "damaged filters")
    let seed = Array(#"a.0.b eq "x\"y" and not (c in [1, true] or published pr)"#.utf8)
    for _ in 0..<10_000 {
      var bytes = seed
      for _ in 0...random.below(5) where !bytes.isEmpty {
        let place = random.below(bytes.count)
        if random.once(in: 2) {
          bytes[place] = UInt8(truncatingIfNeeded: random.next())
        } else {
          bytes.remove(at: place)
        }
      }
      _ = try? Filter(String(decoding: bytes, as: UTF8.self))
    }
  }

  @Test(.enabled(if: SharedData.isPresent, "needs ../shared/data"))
  func `every filter of Okta's detections is read`() throws {
    var count = 0
    for filter in try SharedFilters.systemLog() {
      let expression = try Filter(filter).expression
      #expect(try Filter(expression.description).expression == expression)
      count += 1
    }
    #expect(count == 37)
  }

  @Test(.enabled(if: SharedData.isPresent, "needs ../shared/data"))
  func `what SCIM does not accept is refused`() throws {
    for filter in try SharedFilters.scim("must_not_parse") {
      #expect(throws: FilterError.self, "\(filter)") { try Filter(filter) }
    }
  }

  @Test(arguments: [
    ("title pr and email pr or userType pr", "(title pr and email pr) or userType pr"),
    ("title pr or email pr and userType pr", "title pr or (email pr and userType pr)"),
    ("title pr or not email pr and userType pr", "title pr or (not (email pr) and userType pr)"),
    ("not title eq \"x\" and email pr", "(not (title eq \"x\")) and email pr"),
  ])
  func `not binds before and and before or`(filter: String, grouped: String) throws {
    #expect(try Filter(filter).expression == Filter(grouped).expression)
  }
}

extension FilterExpression {
  /// A well-formed expression.
  static func random(depth: Int, using random: inout SplitMix64) -> FilterExpression {
    switch depth == 0 ? random.below(3) : random.below(6) {
    case 0:
      return .comparison(
        .random(using: &random),
        random.pick(FilterOperator.allCases),
        .random(using: &random)
      )
    case 1: return .present(.random(using: &random))
    case 2:
      return .oneOf(
        .random(using: &random),
        (0...random.below(3)).map { _ in .random(using: &random) }
      )
    case 3: return .not(.random(depth: depth - 1, using: &random))
    case 4:
      return .and(
        (0...(1 + random.below(2))).map { _ in .random(depth: depth - 1, using: &random) }
      )
    default:
      return .or((0...(1 + random.below(2))).map { _ in .random(depth: depth - 1, using: &random) })
    }
  }
}

extension FilterPath {
  static func random(using random: inout SplitMix64) -> FilterPath {
    let names = ["actor", "id", "0", "17", "display_name", "$ref", "a-b", "ümlaut", "target"]
    let first = random.pick(["eventType", "target", "x:y", "_a"])
    let rest = (0..<random.below(3)).map { _ in "." + random.pick(names) }.joined()
    return FilterPath(first + rest) ?? FilterPath.random(using: &random)
  }
}

extension FilterLiteral {
  static func random(using random: inout SplitMix64) -> FilterLiteral {
    switch random.below(4) {
    case 0:
      let alphabet = Array("aB\"\\/\n\u{0}é😀 '".unicodeScalars)
      let text = (0..<random.below(6)).map { _ in random.pick(alphabet) }
      return .text(Array(String(String.UnicodeScalarView(text)).utf8))
    case 1:
      let spelling = random.pick(["0", "-1", "2.50", "1e3", "18446744073709551615", "-0.0"])
      return JSONNumber(jsonText: spelling.utf8).map { .number($0, spelling: spelling) } ?? .null
    case 2: return .boolean(random.once(in: 2))
    default: return .null
    }
  }
}
