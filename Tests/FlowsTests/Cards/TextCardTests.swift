import Flows
import Testing
import Values

@Suite struct TextCardTests {
  @Test(arguments: composing + cutting + changing + encoding)
  func `text cards compose, cut and change texts`(_ example: CardCase) throws {
    try example.check()
  }

  static let composing: [CardCase] = [
    CardCase("no slot", "string:compose", ["_text_": "a\n b"], gives: ["output": "a\n b"]),
    CardCase("empty", "string:compose", ["_text_": ""], gives: ["output": ""]),
    CardCase(
      "every kind",
      "string:compose",
      [
        "_text_": "{{{t}}}|{{{n}}}|{{{b}}}|{{{d}}}|{{{l}}}|{{{o}}}|{{{x}}}", "t": "é<&>", "n": 0.1,
        "b": false, "d": .date("2026-01-02T03:04:05.006Z"), "l": ["a", 1], "o": ["k": .null],
        "x": .null,
      ],
      gives: ["output": #"é<&>|0.1|false|2026-01-02T03:04:05.006Z|["a",1]|{"k":null}|"#]
    ),
    CardCase(
      "a file is its content",
      "string:compose",
      [
        "_text_": "[{{{f}}}]",
        "f": .file(File(name: "a.txt", mediaType: "", content: [0x68, 0x69])),
      ],
      gives: ["output": "[hi]"]
    ),
    CardCase(
      "inserted text is not read again",
      "string:compose",
      ["_text_": "{{{a}}}", "a": "{{{b}}}", "b": "x"],
      gives: ["output": "{{{b}}}"]
    ),
    CardCase(
      "braces around a slot",
      "string:compose",
      ["_text_": #"{"a":{{{{a}}}}}"#, "a": "1"],
      gives: ["output": #"{"a":{1}}"#]
    ),
    CardCase(
      "what closes no slot is literal",
      "string:compose",
      ["_text_": "{{{a", "a": "1"],
      gives: ["output": "{{{a"]
    ),
    CardCase(
      "a slot without input",
      "string:compose",
      ["_text_": "<{{{gone}}}>"],
      gives: ["output": "<>"]
    ),
    CardCase(
      "halves of a character meet",
      "string:compose",
      ["_text_": "{{{a}}}{{{b}}}", "a": .units(0xD83D), "b": .units(0xDE00)],
      gives: ["output": "😀"]
    ),
    CardCase(
      "an unknown within an object",
      "string:compose",
      ["_text_": "{{{a}}}", "a": ["x": .unanswered]],
      gives: ["output": .unanswered]
    ),
    CardCase(
      "in field order",
      "string:concat",
      ["string1": "a", "string2": .null, "k": 1, "b": true],
      gives: ["output": "a1true"]
    ),
    CardCase(
      "nulls",
      "string:concat",
      ["string1": .null, "string2": .null],
      gives: ["output": ""]
    ),
    CardCase(
      "unknown",
      "string:concat",
      ["string1": "a", "string2": .unanswered],
      gives: ["output": .unanswered]
    ),
  ]

  static let cutting: [CardCase] = [
    CardCase(
      "at every separator",
      "string:split",
      ["string": "a, b,,c", "delimiter": ","],
      gives: ["output": ["a", " b", "", "c"]]
    ),
    CardCase(
      "the separator is literal",
      "string:split",
      ["string": "a.b|c", "delimiter": "."],
      gives: ["output": ["a", "b|c"]]
    ),
    CardCase(
      "empty text",
      "string:split",
      ["string": "", "delimiter": ","],
      gives: ["output": [""]]
    ),
    CardCase(
      "null text",
      "string:split",
      ["string": .null, "delimiter": ","],
      gives: ["output": []]
    ),
    CardCase(
      "no separator: every unit",
      "string:split",
      ["string": "a😀", "delimiter": ""],
      gives: ["output": ["a", .units(0xD83D), .units(0xDE00)]]
    ),
    CardCase(
      "null separator",
      "string:split",
      ["string": "ab", "delimiter": .null],
      gives: ["output": ["a", "b"]]
    ),
    CardCase(
      "end excluded",
      "string:substr",
      ["string": "abcdef", "start": 1, "end": 3],
      gives: ["output": "bc"]
    ),
    CardCase(
      "null end",
      "string:substr",
      ["string": "abc", "start": 1, "end": .null],
      gives: ["output": "bc"]
    ),
    CardCase(
      "end 0",
      "string:substr",
      ["string": "abc", "start": .null, "end": 0],
      gives: ["output": ""]
    ),
    CardCase(
      "negative and swapped",
      "string:substr",
      ["string": "abc", "start": 2, "end": -5],
      gives: ["output": "ab"]
    ),
    CardCase(
      "out of range",
      "string:substr",
      ["string": "abc", "start": 1, "end": 1e300],
      gives: ["output": "bc"]
    ),
    CardCase(
      "inside a pair",
      "string:substr",
      ["string": "a😀b", "start": 2, "end": 4],
      gives: ["output": .text(Text(utf16: [0xDE00, 0x62]))]
    ),
    CardCase(
      "null text",
      "string:substr",
      ["string": .null, "start": 0, "end": 9],
      gives: ["output": ""]
    ),
    CardCase(
      "no number",
      "string:substr",
      ["string": "abc", "start": "x", "end": 1],
      raises: .invalidTypeConversion
    ),
    CardCase(
      "found",
      "string:find",
      ["string": "😀abc", "substr": "b"],
      gives: ["output": 3]
    ),
    CardCase("not found", "string:find", ["string": "abc", "substr": "B"], gives: ["output": -1]),
    CardCase(
      "nothing to find",
      "string:find",
      ["string": "abc", "substr": ""],
      gives: ["output": 0]
    ),
    CardCase("in null", "string:find", ["string": .null, "substr": "a"], gives: ["output": -1]),
    CardCase(
      "last",
      "string:lastIndexOf",
      ["string": "Mississippi", "substr": "ss", "index": .null],
      gives: ["output": 5]
    ),
    CardCase(
      "last with a limit",
      "string:lastIndexOf",
      ["string": "Mississippi", "substr": "ss", "index": 4],
      gives: ["output": 2]
    ),
    CardCase(
      "not there",
      "string:lastIndexOf",
      ["string": "abc", "substr": "x", "index": .null],
      gives: ["output": -1]
    ),
  ]

  static let changing: [CardCase] = [
    CardCase(
      "lower case",
      "string:toLowerCase",
      ["string": "ÀÉ I"],
      gives: ["output": "àé i"]
    ),
    CardCase("of null", "string:toLowerCase", ["string": .null], gives: ["output": .null]),
    CardCase(
      "white space of every kind",
      "string:trim",
      ["string": "\u{FEFF}\u{A0}\t a b \n\u{2003}"],
      gives: ["output": "a b"]
    ),
    CardCase("trim of null", "string:trim", ["string": .null], gives: ["output": .null]),
    CardCase("length in units", "string:length", ["string": "a😀"], gives: ["length": 3]),
    CardCase("length of null", "string:length", ["string": .null], gives: ["length": 0]),
    CardCase("length of a number", "string:length", ["string": 1.5], gives: ["length": 3]),
    CardCase(
      "an unknown text",
      "string:length",
      ["string": .unanswered],
      gives: ["length": .unanswered]
    ),
  ]

  static let encoding: [CardCase] = [
    CardCase("base64", "string:base64", ["string": "é😀!"], gives: ["output": "w6nwn5iAIQ=="]),
    CardCase("of null", "string:base64", ["string": .null], gives: ["output": ""]),
    CardCase(
      "half a character is replaced",
      "string:base64",
      ["string": .units(0xD83D)],
      gives: ["output": "77+9"]
    ),
    CardCase("a space", "string:base64Decode", ["string": "IA=="], gives: ["output": " "]),
    CardCase(
      "no padding, URL alphabet, spaces",
      "string:base64Decode",
      ["string": "w6nw\nn5iA_-8"],
      gives: ["output": "é😀\u{FFFD}\u{FFFD}"]
    ),
    CardCase("nothing", "string:base64Decode", ["string": .null], gives: ["output": ""]),
    CardCase(
      "components of URLs",
      "url:encodeComponent",
      ["string": "a b&=/é😀-_.!~*'()"],
      gives: ["output": "a%20b%26%3D%2F%C3%A9%F0%9F%98%80-_.!~*'()"]
    ),
    CardCase("of null", "url:encodeComponent", ["string": .null], gives: ["output": ""]),
    CardCase(
      "half a character",
      "url:encodeComponent",
      ["string": .units(0xDC00)],
      raises: .invalidInput
    ),
    CardCase(
      "random",
      "string:random",
      ["length": 4],
      answers: [[0, 0.5, 0.999, 0.1]],
      gives: ["output": "Af9G"]
    ),
    CardCase("random of length 0", "string:random", ["length": 0], gives: ["output": ""]),
    CardCase("of negative length", "string:random", ["length": -1], raises: .invalidInput),
  ]
}
