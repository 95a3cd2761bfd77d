import RegularExpressions
import Testing
import Values

@Suite struct RegularExpressionTests {
  /// A pattern, a text, and where JavaScript finds it.
  struct Example: Sendable, CustomTestStringConvertible {
    let pattern: Text
    let text: Text
    let match: Range<Int>?
    var ignoresCase = false
    var testDescription: String { "\(pattern) in \(text)" }

    init(_ pattern: Text, _ text: Text, _ match: Range<Int>?, ignoresCase: Bool = false) {
      (self.pattern, self.text, self.match, self.ignoresCase) = (pattern, text, match, ignoresCase)
    }
  }

  @Test(arguments: [
    Example("b", "abc", 1..<2), Example("", "abc", 0..<0), Example("x", "abc", nil),
    Example(".", "\u{2028}\nä", 2..<3), Example("^b", "a\nb", nil), Example("a$", "a\n", nil),
    Example(#"\w+"#, "äé_9", 2..<4), Example(#"\d"#, "٣3", 1..<2),
    Example(#"\s"#, "\u{FEFF}", 0..<1),
    Example(#"\bx"#, "äx", 1..<2), Example("[^]", "\n", 0..<1), Example("[]", "a", nil),
    Example("a{,2}", "a{,2}", 0..<5), Example("]", "]", 0..<1), Example(#"\1(a)"#, "a", 0..<1),
    Example(#"(a)?b\1"#, "b", 0..<1), Example(#"(?<x>a)\k<x>"#, "aa", 0..<2),
    Example(#"\k<x>"#, "k<x>", 0..<4), Example(#"\101"#, "A", 0..<1), Example(#"\cJ"#, "\n", 0..<1),
    Example("(?<=a)b", "ab", 1..<2), Example("(?=a)*b", "b", 0..<1),
    Example("(-|^){0}(?<=.)", "ab", 1..<1), Example(#"(a){0}\1b"#, "ab", 1..<2),
    Example("É", "é", 0..<1, ignoresCase: true), Example("\u{212A}", "k", nil, ignoresCase: true),
    Example("ß", "ẞ", nil, ignoresCase: true), Example("[^a]", "A", nil, ignoresCase: true),
    Example("σ", "ς", 0..<1, ignoresCase: true),
  ])
  func `patterns mean what they mean in JavaScript`(_ example: Example) throws {
    let pattern = try RegularExpression(example.pattern, ignoresCase: example.ignoresCase)
    #expect(try pattern.firstMatch(in: example.text) == example.match)
  }

  @Test(arguments: [
    ("(", "a group without its `)` at position 0 of the pattern"),
    ("a)", "a `)` without a group at position 1 of the pattern"),
    ("a[b", "a class without its `]` at position 1 of the pattern"),
    ("*", "nothing to repeat at position 0 of the pattern"),
    ("a**", "nothing to repeat at position 2 of the pattern"),
    ("^*", "nothing to repeat at position 1 of the pattern"),
    ("a{2,1}", "bounds in the wrong order at position 1 of the pattern"),
    ("[b-a]", "a range in the wrong order at position 2 of the pattern"),
    ("a\\", "a `\\` at the end at position 2 of the pattern"),
    ("(?x)", "a group that begins with `(?` and is none at position 0 of the pattern"),
    ("(?<n>)(?<n>)", "a name that two groups have at position 0 of the pattern"),
    ("(?<n>)\\k<m>", "a reference to `m`, which no group is called at position 8 of the pattern"),
  ])
  func `what JavaScript refuses is refused with its place`(_ pattern: Text, _ reason: String) {
    let error = #expect(throws: RegularExpressionError.self) { try RegularExpression(pattern) }
    #expect(error?.description == reason)
  }

  @Test(arguments: [
    "(?<=a+)d", #"(?:(a)|b\1)*"#, #"(?:(a)|b)+\1"#, "(?:|a)*", "a{70000}",
    Text(String(repeating: "(", count: 300) + String(repeating: ")", count: 300)),
  ])
  func `what PCRE2 would do otherwise is refused`(_ pattern: Text) {
    let error = #expect(throws: RegularExpressionError.self) {
      try RegularExpression(pattern).firstMatch(in: "xd")
    }
    #expect(error?.description.hasSuffix("is not supported in patterns") == true)
  }

  @Test(arguments: ["(a+)+$", "(a|aa)+$", "(.*)*x", "(?:a?){40}a{40}$"])
  func `a search ends after as many steps as it may take`(_ pattern: Text) throws {
    let expression = try RegularExpression(pattern)
    let text = Text(String(repeating: "a", count: 39) + "!")
    #expect(throws: RegularExpressionError.tooManySteps) { try expression.firstMatch(in: text) }
  }

  @Test func `all replacements of a text share the steps`() throws {
    let expression = try RegularExpression("a(?=[^]*b)")
    let text = Text(String(repeating: "a", count: 200_000))
    #expect(throws: RegularExpressionError.tooManySteps) {
      try RegularExpression("a(?=(?:a|c)*b)|a").replacingMatches(in: text, with: "", all: true)
    }
    #expect(try expression.firstMatch(in: "ab") == 0..<1)
  }

  @Test func `replacing goes on behind what matched nothing`() throws {
    let expression = try RegularExpression("x*")
    let text: Text = "aaxxb"
    #expect(try expression.replacingMatches(in: text, with: "-", all: true) == "-a-a--b-")
    #expect(try expression.replacingMatches(in: text, with: "$&", all: false) == "$&aaxxb")
  }
}
