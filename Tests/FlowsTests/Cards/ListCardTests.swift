import Flows
import Testing
import Values

@Suite struct ListCardTests {
  @Test(arguments: making + taking + joining + searching)
  func `list cards make, search and join lists`(_ example: CardCase) throws {
    try example.check()
  }

  static let people: Value = [
    ["name": "Ada", "age": 36, "city": .null], ["name": "Bob", "age": 7],
    ["name": "ada", "age": 36, "city": ["zip": "1"]],
  ]

  static let making: [CardCase] = [
    CardCase("no item", "list:construct", [:], gives: ["list": []]),
    CardCase(
      "items in field order, null and unknown kept",
      "list:construct",
      ["z": 1, "a": .null, "m": .unanswered],
      gives: ["list": [1, .null, .unanswered]]
    ),
    CardCase(
      "appended",
      "list:push",
      ["list": ["a"], "item": .null],
      gives: ["list": ["a", .null]]
    ),
    CardCase("to null", "list:push", ["list": .null, "item": 1], gives: ["list": [1]]),
    CardCase(
      "to an unknown list",
      "list:push",
      ["list": .unanswered, "item": 1],
      gives: ["list": .unanswered]
    ),
    CardCase(
      "one level",
      "list:flatten",
      ["lists": [[1, [2]], 3, .null, []]],
      gives: ["list": [1, [2], 3, .null]]
    ),
    CardCase(
      "an unknown list within",
      "list:flatten",
      ["lists": [[1], .unanswered]],
      gives: ["list": .unanswered]
    ),
    CardCase(
      "later keys win",
      "list:collapse",
      ["list": [["a": 1, "b": 1], ["a": 2]]],
      gives: ["output": ["a": 2, "b": 1]]
    ),
    CardCase(
      "texts are no objects",
      "list:collapse",
      ["list": ["a"]],
      raises: .invalidTypeConversion
    ),
    CardCase(
      "drawn by random numbers",
      "list:sample",
      ["list": ["a", "b", "c"], "amount": 2],
      answers: [[0.99, 0]],
      gives: ["samples": ["c", "b"]]
    ),
    CardCase(
      "more than there are",
      "list:sample",
      ["list": ["a"], "amount": 9],
      answers: [[0.5]],
      gives: ["samples": ["a"]]
    ),
    CardCase(
      "none of an empty list",
      "list:sample",
      ["list": [], "amount": 3],
      gives: ["samples": []]
    ),
    CardCase(
      "a damaged answer",
      "list:sample",
      ["list": ["a"], "amount": 1],
      answers: [[1]],
      raises: .invalidInput
    ),
  ]

  static let taking: [CardCase] = [
    CardCase("first", "list:at", ["list": ["a", "b"], "index": 0], gives: ["item": "a"]),
    CardCase("null index", "list:at", ["list": ["a", "b"], "index": .null], gives: ["item": "a"]),
    CardCase("behind the end", "list:at", ["list": ["a"], "index": 1], gives: ["item": .null]),
    CardCase("negative", "list:at", ["list": ["a"], "index": -1], gives: ["item": .null]),
    CardCase("fractional", "list:at", ["list": ["a", "b"], "index": 0.5], gives: ["item": .null]),
    CardCase("enormous", "list:at", ["list": ["a"], "index": 1e300], gives: ["item": .null]),
    CardCase("null list", "list:at", ["list": .null, "index": 0], gives: ["item": .null]),
    CardCase("text index", "list:at", ["list": ["a", "b"], "index": "1"], gives: ["item": "b"]),
    CardCase(
      "no index",
      "list:at",
      ["list": ["a"], "index": "x"],
      raises: .invalidTypeConversion
    ),
    CardCase(
      "one value is a list of it",
      "list:at",
      ["list": "a", "index": 0],
      gives: ["item": "a"]
    ),
    CardCase(
      "known items of a list with unknowns",
      "list:at",
      ["list": [.unanswered, "b"], "index": 1],
      gives: ["item": "b"]
    ),
    CardCase(
      "unknown list",
      "list:at",
      ["list": .unanswered, "index": 1],
      gives: ["item": .unanswered]
    ),
    CardCase("length", "list:length", ["list": [1, .null]], gives: ["length": 2]),
    CardCase("length of null", "list:length", ["list": .null], gives: ["length": 0]),
    CardCase(
      "length with unknowns",
      "list:length",
      ["list": [.unanswered]],
      gives: ["length": 1]
    ),
    CardCase("empty text is an item", "list:length", ["list": ""], gives: ["length": 1]),
    CardCase(
      "first and rest",
      "list:shift",
      ["list": [1, 2, 3]],
      gives: ["item": 1, "list": [2, 3]]
    ),
    CardCase("of nothing", "list:shift", ["list": []], gives: ["item": .null, "list": []]),
    CardCase(
      "last and rest",
      "list:pop",
      ["list": [1, 2, 3]],
      gives: ["item": 3, "list": [1, 2]]
    ),
    CardCase("of null", "list:pop", ["list": .null], gives: ["item": .null, "list": []]),
    CardCase(
      "plucked",
      "list:pluck",
      ["list": people, "key": "name"],
      gives: ["values": ["Ada", "Bob", "ada"]]
    ),
    CardCase(
      "plucked by path, missing is null",
      "list:pluck",
      ["list": people, "key": "city.zip"],
      gives: ["values": [.null, .null, "1"]]
    ),
    CardCase(
      "plucked from scalars and unknowns",
      "list:pluck",
      ["list": ["x", .null, .unanswered], "key": "a"],
      gives: ["values": [.null, .null, .unanswered]]
    ),
  ]

  static let joining: [CardCase] = [
    CardCase(
      "every kind of scalar",
      "list:join",
      ["list": ["é", 1.5, true, .null, .date("2026-03-04T05:06:07.008Z")], "delimiter": ", "],
      gives: ["string": "é, 1.5, true, , 2026-03-04T05:06:07.008Z"]
    ),
    CardCase(
      "null separator",
      "list:join",
      ["list": ["a", "b"], "delimiter": .null],
      gives: ["string": "ab"]
    ),
    CardCase("null list", "list:join", ["list": .null, "delimiter": ","], gives: ["string": ""]),
    CardCase(
      "halves of a character meet",
      "list:join",
      ["list": [.units(0xD83D), .units(0xDE00)], "delimiter": ""],
      gives: ["string": "😀"]
    ),
    CardCase(
      "objects are refused",
      "list:join",
      ["list": [["a": 1]], "delimiter": ","],
      raises: .invalidTypeConversion
    ),
    CardCase(
      "an unknown item",
      "list:join",
      ["list": ["a", .unanswered], "delimiter": ","],
      gives: ["string": .unanswered]
    ),
  ]

  static func find(
    _ name: String,
    _ list: Value,
    _ path: Value,
    _ sign: Value,
    _ right: Value,
    _ item: Value,
    _ index: Value
  ) -> CardCase {
    CardCase(
      name,
      "list:findBy",
      ["list": list, "path": path, "operator": sign, "comparison": right],
      gives: ["item": item, "index": index]
    )
  }

  static func filter(
    _ name: String,
    _ list: Value,
    _ path: Value,
    _ sign: Value,
    _ right: Value,
    _ kept: Value
  ) -> CardCase {
    CardCase(
      name,
      "list:filterBy",
      ["list": list, "path": path, "operator": sign, "comparison": right],
      gives: ["list": kept]
    )
  }

  static let searching: [CardCase] = [
    find("by key", people, "name", "==", "Bob", ["name": "Bob", "age": 7], 1),
    find("number against text", people, "age", "==", "7", ["name": "Bob", "age": 7], 1),
    find("nothing", people, "name", "==", "Eve", .null, -1),
    find("in null", .null, .null, "==", "a", .null, -1),
    find("blank path is the item", ["a", "b"], "", "==", "b", "b", 1),
    find("the text null is null", [.null, "a"], .null, "!=", "null", "a", 1),
    find("the text null finds null", ["a", .null], .null, "==", "null", .null, 1),
    find("strict", [1, "1"], .null, "===", "1", "1", 1),
    find("a match before the unknown", ["a", .unanswered], .null, "==", "a", "a", 0),
    find(
      "an unknown before the match",
      [.unanswered, "a"],
      .null,
      "==",
      "a",
      .unanswered,
      .unanswered
    ),
    CardCase(
      "no such operator",
      "list:findBy",
      ["list": [1], "path": .null, "operator": "~", "comparison": 1],
      raises: .invalidInput
    ),
    filter(
      "by key",
      people,
      "age",
      ">",
      10,
      [
        ["name": "Ada", "age": 36, "city": .null],
        ["name": "ada", "age": 36, "city": ["zip": "1"]],
      ]
    ),
    filter("not empty", [["a": 1], [:], .null, ""], .null, "is not empty", "", [["a": 1]]),
    filter("lists compare deeply", [["d": ["x", 1]], ["d": [1]]], "d", "==", [1], [["d": [1]]]),
    filter("in a list", ["a", "b", .null], .null, "in", ["b", "c"], ["b"]),
    filter("in a text", ["a", "z", ""], .null, "in", "abc", ["a", ""]),
    filter("not strictly equal", [1, "1"], .null, "!==", 1, ["1"]),
    filter("an undecided item", ["a", .unanswered], .null, "==", "a", .unanswered),
    filter(
      "decided without the unknown",
      [["a": .unanswered], [:]],
      .null,
      "is not empty",
      "",
      [["a": .unanswered]]
    ),
    CardCase(
      "includes loosely",
      "list:includes",
      ["list": [1, 2], "value": "2"],
      gives: ["result": true]
    ),
    CardCase(
      "is case-sensitive",
      "list:includes",
      ["list": ["A"], "value": "a"],
      gives: ["result": false]
    ),
    CardCase(
      "includes deeply",
      "list:includes",
      ["list": [["a": [1]]], "value": ["a": [1]]],
      gives: ["result": true]
    ),
    CardCase(
      "null list",
      "list:includes",
      ["list": .null, "value": .null],
      gives: ["result": false]
    ),
    CardCase(
      "null is in a list of null",
      "list:includes",
      ["list": [.null], "value": .null],
      gives: ["result": true]
    ),
    CardCase(
      "found beside an unknown",
      "list:includes",
      ["list": [.unanswered, 1], "value": 1],
      gives: ["result": true]
    ),
    CardCase(
      "not found beside an unknown",
      "list:includes",
      ["list": [.unanswered, 1], "value": 2],
      gives: ["result": .unanswered]
    ),
  ]
}
