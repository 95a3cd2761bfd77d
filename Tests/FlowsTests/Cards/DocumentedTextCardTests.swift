import Flows
import Testing
import Values

/// Cards of texts, dates and URLs that no public export holds.
@Suite struct DocumentedTextCardTests {
  @Test(arguments: texts + ids + dates + components + queries)
  func `documented cards change texts`(_ example: CardCase) throws {
    try example.check()
  }

  static let texts: [CardCase] = [
    CardCase("first", "string:at", ["string": "abc", "index": 0], gives: ["output": "a"]),
    CardCase(
      "other address",
      "string:charAt",
      ["text": "abc", "index": 2],
      gives: ["output": "c"]
    ),
    CardCase(
      "a unit",
      "string:at",
      ["string": "a😀", "index": 1],
      gives: ["output": .units(0xD83D)]
    ),
    CardCase("behind the end", "string:at", ["string": "abc", "index": 3], gives: ["output": ""]),
    CardCase("negative", "string:at", ["string": "abc", "index": -1], gives: ["output": ""]),
    CardCase("far away", "string:at", ["string": "abc", "index": 1e300], gives: ["output": ""]),
    CardCase("null index", "string:at", ["string": "abc", "index": .null], gives: ["output": "a"]),
    CardCase("in null", "string:at", ["string": .null, "index": 0], gives: ["output": ""]),
    CardCase(
      "no number",
      "string:at",
      ["string": "abc", "index": "x"],
      raises: .invalidTypeConversion
    ),
    CardCase(
      "upper case",
      "string:toUpperCase",
      ["string": "àé straße"],
      gives: ["output": "ÀÉ STRASSE"]
    ),
    CardCase("of null", "string:toUpperCase", ["string": .null], gives: ["output": .null]),
    CardCase(
      "unknown",
      "string:toUpperCase",
      ["string": .unanswered],
      gives: ["output": .unanswered]
    ),
  ]

  static let ids: [CardCase] = [
    CardCase(
      "an id",
      "string:uuid",
      [:],
      answers: ["e83bbc57-1991-417f-8203-3affb47636cf"],
      gives: ["unique ID": "e83bbc57-1991-417f-8203-3affb47636cf"]
    ),
    CardCase("a damaged answer", "string:uuid", [:], answers: [7], raises: .invalidInput),
  ]

  static let dates: [CardCase] = [
    CardCase(
      "in UTC",
      "date:iso",
      ["start": "2026-01-02T05:04:05+02:00"],
      gives: ["output": "2026-01-02T03:04:05.000Z"]
    ),
    CardCase("null", "date:toISO", ["start": .null], raises: .invalidTypeConversion),
    CardCase("no date", "date:toISOString", ["date": "soon"], raises: .invalidTypeConversion),
  ]

  static let components: [CardCase] = [
    CardCase(
      "the page's example",
      "url:decodeComponent",
      ["string": "Sherlock%20Holmes%3A%20Detective"],
      gives: ["output": "Sherlock Holmes: Detective"]
    ),
    CardCase(
      "UTF-8 and plus",
      "url:decodeComponent",
      ["text": "%c3%A9+%F0%9F%98%80"],
      gives: ["output": "é+😀"]
    ),
    CardCase("null", "url:decodeComponent", ["string": .null], gives: ["output": ""]),
    CardCase("cut off", "url:decodeComponent", ["string": "a%2"], raises: .invalidInput),
    CardCase("no digits", "url:decodeComponent", ["string": "100%zz"], raises: .invalidInput),
    CardCase("no UTF-8", "url:decodeComponent", ["string": "%ff"], raises: .invalidInput),
  ]

  static let queries: [CardCase] = [
    CardCase(
      "the page's example",
      "url:encode",
      ["data": ["name": "John Doe", "region": "North America"]],
      gives: ["output": "name=John%20Doe&region=North%20America"]
    ),
    CardCase(
      "every kind",
      "url:encode",
      ["data": ["a&": [1, true], "b": .null, "c": ["x": 1], "d": []]],
      gives: ["output": "a%26=1&a%26=true&b=&c="]
    ),
    CardCase("nothing", "url:encode", ["data": .null], gives: ["output": ""]),
    CardCase("no object", "url:encode", ["data": "x"], raises: .invalidTypeConversion),
    CardCase(
      "half a character",
      "url:encode",
      ["data": ["a": .units(0xDC00)]],
      raises: .invalidInput
    ),
    CardCase(
      "the page's example",
      "url:decode",
      ["query": "name=John%20Doe&region=North%20America"],
      gives: ["output": ["name": "John Doe", "region": "North America"]]
    ),
    CardCase(
      "repeated, without value, spaces",
      "url:decode",
      ["query": "a=1&&b&a=x+y=z&c=%zz%ff"],
      gives: ["output": ["a": ["1", "x y=z"], "b": "", "c": "%zz\u{FFFD}"]]
    ),
    CardCase("null", "url:decode", ["query": .null], gives: ["output": [:]]),
  ]
}
