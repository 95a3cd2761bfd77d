import Flows
import Testing
import Values

@Suite struct TextPatternCardTests {
  @Test(arguments: finding + replacing + replacingAny + addresses)
  func `cards of patterns find and replace`(_ example: CardCase) throws {
    try example.check()
  }

  static let finding: [CardCase] = [
    CardCase("first", "string:match", ["string": "ab12", "target": "[0-9]"], gives: ["output": 2]),
    CardCase("none", "string:match", ["string": "ab", "target": "[0-9]"], gives: ["output": -1]),
    CardCase(
      "case counts",
      "string:match",
      ["string": "Ab", "target": "a"],
      gives: ["output": -1]
    ),
    CardCase("units", "string:match", ["string": "😀x", "target": "x"], gives: ["output": 2]),
    CardCase("half", "string:match", ["string": "😀", "target": #"\ude00"#], gives: ["output": 1]),
    CardCase("null text", "string:match", ["string": .null, "target": "a"], gives: ["output": -1]),
    CardCase("nothing asked", "string:match", ["string": "a", "target": ""], gives: ["output": 0]),
    CardCase("a number", "string:match", ["string": 105, "target": "0"], gives: ["output": 1]),
    CardCase(
      "unknown",
      "string:match",
      ["string": .unanswered, "target": "a"],
      gives: ["output": .unanswered]
    ),
    CardCase("no pattern", "string:match", ["string": "a", "target": "["], raises: .invalidInput),
    CardCase(
      "too many steps",
      "string:match",
      ["string": .text(Text(String(repeating: "a", count: 60) + "!")), "target": "^(a+)+$"],
      raises: .invalidInput
    ),
  ]

  static let replacing: [CardCase] = [
    CardCase(
      "the first",
      "string:replace",
      ["string": "a;b;c", "src": ";", "dest": ""],
      gives: ["output": "ab;c"]
    ),
    CardCase(
      "all",
      "string:replace",
      ["string": "a;b;c", "src": ";", "dest": "-", "global": true],
      gives: ["output": "a-b-c"]
    ),
    CardCase(
      "a pattern",
      "string:replace",
      ["string": "tel 030 123", "src": #"\s+\d+"#, "dest": "#", "global": true],
      gives: ["output": "tel##"]
    ),
    CardCase(
      "case counts unless told otherwise",
      "string:replace",
      ["string": "SMTP:a", "src": "smtp:", "dest": ""],
      gives: ["output": "SMTP:a"]
    ),
    CardCase(
      "any case",
      "string:replace",
      ["string": "SMTP:a", "src": "smtp:", "dest": "", "sensitive": false],
      gives: ["output": "a"]
    ),
    CardCase(
      "the replacement is no pattern",
      "string:replace",
      ["string": "abc", "src": "(b)", "dest": "$1$&\\n"],
      gives: ["output": "a$1$&\\nc"]
    ),
    CardCase(
      "nothing to look for",
      "string:replace",
      ["string": "abc", "src": "", "dest": "x", "global": true],
      gives: ["output": "abc"]
    ),
    CardCase(
      "null replacement",
      "string:replace",
      ["string": "abc", "src": "b", "dest": .null],
      gives: ["output": "ac"]
    ),
    CardCase(
      "null text",
      "string:replace",
      ["string": .null, "src": "b"],
      gives: ["output": .null]
    ),
    CardCase("no pattern", "string:replace", ["string": "a", "src": "(?"], raises: .invalidInput),
    CardCase(
      "an unknown text",
      "string:replace",
      ["string": .unanswered, "src": "b"],
      gives: ["output": .unanswered]
    ),
  ]

  static let replacingAny: [CardCase] = [
    CardCase(
      "one pass over all rows",
      "string:replaceAny",
      [
        "text": "ÄäÀx", "patterns/a": "Ä", "patterns/b": "À", "patterns/c": "x",
        "replacement": "Äx",
        "global": true, "case sensitive": true,
      ],
      gives: ["output": "ÄxäÄxÄx"]
    ),
    CardCase(
      "any case",
      "string:replaceAny",
      [
        "text": "ÄäÀ", "patterns/a": "ä", "replacement": "a", "global": true,
        "case sensitive": false,
      ],
      gives: ["output": "aaÀ"]
    ),
    CardCase(
      "the first alone",
      "string:replaceAny",
      ["text": "bab", "patterns/a": "a", "patterns/b": "b", "replacement": "-"],
      gives: ["output": "-ab"]
    ),
    CardCase(
      "empty rows are left out",
      "string:replaceAny",
      ["text": "ab", "patterns/a": "", "patterns/b": .null, "replacement": "-", "global": true],
      gives: ["output": "ab"]
    ),
    CardCase(
      "a row is a pattern",
      "string:replaceAny",
      ["text": "a.b", "patterns/a": #"\."#, "replacement": "", "global": true],
      gives: ["output": "ab"]
    ),
    CardCase(
      "a row that is no pattern",
      "string:replaceAny",
      ["text": "a", "patterns/a": "a)", "replacement": ""],
      raises: .invalidInput
    ),
  ]

  static let addresses: [CardCase] =
    ([
      ("mail ada.l+x@sub.example.com, or ben@example.com.", "ada.l+x@sub.example.com"),
      ("<mailto:ben@example.com>.", "ben@example.com"), ("x@localhost", nil),
      ("a@b@example.com", "b@example.com"),
      (".ada@example.com", "ada@example.com"), ("", nil), ("ä@example.com", nil),
    ] as [(Text, Text?)]).map { text, address in
      CardCase(
        text.description,
        "string:email",
        ["string": .text(text)],
        gives: ["email": address.map { .text($0) } ?? .null]
      )
    }
}
