import Flows
import Testing
import Values

/// Cards of objects and lists that no public export holds.
@Suite struct DocumentedCollectionCardTests {
  @Test(arguments: changing + parts + pairs + lists + grouping + places)
  func `documented cards change objects and lists`(_ example: CardCase) throws {
    try example.check()
  }

  @Test(
    arguments: [
      ("object:move", ["object": ["one": 1, "two": 2], "source": "one", "destination": "three"]),
      ("list:groupBy", ["list": [["k": "two"], ["k": "three"]], "path": "k"]),
    ] as [(CardAddress, KeyValuePairs<String, Value>)]
  )
  func `members stand in order`(
    _ address: CardAddress,
    _ inputs: KeyValuePairs<String, Value>
  ) throws {
    let card = try #require(CardTable.standard[address])
    let example = CardCase("order", address, inputs, gives: ["output": .null])
    guard case .object(let object)? = try example.run(card).first else {
      Issue.record("no object")
      return
    }
    #expect(object.keys == ["two", "three"])
  }

  static let changing: [CardCase] = [
    CardCase(
      "empty members go, at the top alone",
      "object:filter",
      ["object": ["Name": "Emily", "Age": "", "n": 0, "Settings": ["test": [:]], "x": .null]],
      gives: ["output": ["Name": "Emily", "n": 0, "Settings": ["test": [:]]]]
    ),
    CardCase(
      "an unknown member stays",
      "object:filter",
      ["object": ["a": .unanswered, "b": []]],
      gives: ["output": ["a": .unanswered]]
    ),
    CardCase("null", "object:filter", ["object": .null], gives: ["output": [:]]),
    CardCase("no object", "object:filter", ["object": "x"], raises: .invalidTypeConversion),
    CardCase(
      "under another key",
      "object:move",
      ["object": ["one": "hello", "two": "goodbye"], "source": "one", "destination": "three"],
      gives: ["output": ["two": "goodbye", "three": "hello"]]
    ),
    CardCase(
      "along paths",
      "object:move",
      ["object": ["a": ["b": 1]], "source": "a.b", "destination": "c.d"],
      gives: ["output": ["a": [:], "c": ["d": 1]]]
    ),
    CardCase(
      "nothing to move",
      "object:move",
      ["object": ["a": 1], "source": "b", "destination": "c"],
      gives: ["output": ["a": 1]]
    ),
    CardCase(
      "null is moved",
      "object:move",
      ["object": ["a": .null], "source": "a", "destination": "b"],
      gives: ["output": ["b": .null]]
    ),
    CardCase(
      "an unknown key",
      "object:move",
      ["object": ["a": 1], "source": ["a", .unanswered], "destination": "b"],
      gives: ["output": .unanswered]
    ),
  ]

  static let parts: [CardCase] = [
    CardCase(
      "a key",
      "object:unset",
      ["object": ["foo": 1, "bar": 2], "path": "foo"],
      gives: ["output": ["bar": 2]]
    ),
    CardCase(
      "a key of an inner object",
      "object:unset",
      ["object": ["a": "one", "b": ["foo": 1, "bar": 2]], "path": "b.foo"],
      gives: ["output": ["a": "one", "b": ["bar": 2]]]
    ),
    CardCase(
      "an item of a list",
      "object:unset",
      [
        "object": ["topping": [["id": "5003"], ["id": "5004"], ["id": "5005"]]],
        "path": "topping.1",
      ],
      gives: ["output": ["topping": [["id": "5003"], ["id": "5005"]]]]
    ),
    CardCase(
      "keys as they stand",
      "object:unset",
      ["object": ["b.foo": ["7": "bar", "8": "baz"]], "path": ["b.foo", "7"]],
      gives: ["output": ["b.foo": ["8": "baz"]]]
    ),
    CardCase(
      "a key with a dot comes first",
      "object:unset",
      ["object": ["a.b": 1, "a": ["b": 2]], "path": "a.b"],
      gives: ["output": ["a": ["b": 2]]]
    ),
    CardCase(
      "nothing there",
      "object:unset",
      ["object": ["a": [1]], "path": "a.01"],
      gives: ["output": ["a": [1]]]
    ),
    CardCase(
      "within an unknown",
      "object:unset",
      ["object": ["a": .unanswered], "path": "a.b"],
      gives: ["output": ["a": .unanswered]]
    ),
    CardCase("keys", "object:size", ["object": ["a": 1, "b": .null]], gives: ["size": 2]),
    CardCase("of null", "object:length", ["object": .null], gives: ["length": 0]),
    CardCase("of a list", "object:size", ["object": [1]], raises: .invalidTypeConversion),
  ]

  static let pairs: [CardCase] = [
    CardCase(
      "the page's example",
      "object:split",
      ["object": ["name": "Jessie Doe", "empno": .unanswered]],
      gives: [
        "list": [["key": "name", "value": "Jessie Doe"], ["key": "empno", "value": .unanswered]]
      ]
    ),
    CardCase(
      "several objects",
      "object:split",
      ["object": ["a": 1], "object 2": ["a": 2], "object 3": .null],
      gives: ["list": [["key": "a", "value": 1], ["key": "a", "value": 2]]]
    ),
    CardCase("no object", "object:split", ["object": 1], raises: .invalidTypeConversion),
    CardCase(
      "the other way",
      "object:collapse",
      ["list": [["key": "a", "value": 1], .null, ["key": 2], ["key": "a", "value": "x"]]],
      gives: ["object": ["a": "x", "2": .null]]
    ),
    CardCase(
      "an unknown key",
      "object:collapse",
      ["list": [["key": .unanswered, "value": 1]]],
      gives: ["object": .unanswered]
    ),
    CardCase(
      "an unknown item",
      "object:collapse",
      ["list": [.unanswered]],
      gives: ["object": .unanswered]
    ),
    CardCase("texts", "object:collapse", ["list": ["a"]], raises: .invalidTypeConversion),
    CardCase(
      "keys with dots",
      "object:zip",
      ["keys": ["first.name", "last.name"], "values": ["John", .unanswered]],
      gives: ["object": ["first.name": "John", "last.name": .unanswered]]
    ),
    CardCase(
      "lists of other lengths",
      "object:zip",
      ["keys": ["a", .null], "values": [1]],
      gives: ["object": ["a": 1, "null": .null]]
    ),
    CardCase("more values", "object:zip", ["keys": [], "values": [1]], gives: ["object": [:]]),
    CardCase(
      "an unknown key",
      "object:zip",
      ["keys": ["a", .unanswered], "values": [1, 2]],
      gives: ["object": .unanswered]
    ),
    CardCase(
      "apart",
      "object:unzip",
      ["object": ["first.name": "John", "last.name": "Doe"]],
      gives: ["keys": ["first.name", "last.name"], "values": ["John", "Doe"]]
    ),
    CardCase("the values alone", "object:unzip", ["object": ["a": 1]], gives: ["values": [1]]),
  ]

  static let lists: [CardCase] = [
    CardCase(
      "in front",
      "list:unshift",
      ["list": [2], "item": .null],
      gives: ["list": [.null, 2]]
    ),
    CardCase("of null", "list:unshift", ["list": .null, "item": 1], gives: ["list": [1]]),
    CardCase(
      "an unknown item",
      "list:unshift",
      ["list": [2], "item": .unanswered],
      gives: ["list": [.unanswered, 2]]
    ),
    CardCase(
      "of an unknown list",
      "list:unshift",
      ["list": .unanswered, "item": 1],
      gives: ["list": .unanswered]
    ),
    CardCase(
      "all, repeated too",
      "list:concat",
      ["list1": ["a", "b"], "list2": .null, "list 3": ["a", .unanswered]],
      gives: ["List Combined All": ["a", "b", "a", .unanswered]]
    ),
    CardCase("none", "list:concat", ["list1": .null], gives: ["list": []]),
    CardCase(
      "backwards",
      "list:reverse",
      ["list": [1, .unanswered, "c"]],
      gives: ["list": ["c", .unanswered, 1]]
    ),
    CardCase("null", "list:reverse", ["list": .null], gives: ["list": []]),
    CardCase(
      "the page's example",
      "list:split",
      ["List": ["Alan", "Bob", "Charles", .unanswered], "Split after position": 2],
      gives: ["List 1": ["Alan", "Bob"], "List 2": ["Charles", .unanswered]]
    ),
    CardCase(
      "beyond the end",
      "list:split",
      ["list": [1], "position": 1e300],
      gives: ["list1": [1], "list2": []]
    ),
    CardCase(
      "before the beginning",
      "list:split",
      ["list": [1], "position": -1.5],
      gives: ["list1": [], "list2": [1]]
    ),
    CardCase(
      "no number",
      "list:split",
      ["list": [1], "position": "x"],
      raises: .invalidTypeConversion
    ),
  ]

  static let grouping: [CardCase] = [
    CardCase(
      "the page's example",
      "list:groupBy",
      ["list": [["a": 1], ["a": 2], ["a": 1]], "path": "a"],
      gives: ["output": ["1": [["a": 1], ["a": 1]], "2": [["a": 2]]]]
    ),
    CardCase(
      "along a path, and without it",
      "list:groupBy",
      ["list": [["b": ["d": 3]], ["b": .null]], "path": "b.d"],
      gives: ["output": ["3": [["b": ["d": 3]]], "null": [["b": .null]]]]
    ),
    CardCase(
      "the items themselves",
      "list:groupBy",
      ["list": ["x", "y", "x"], "path": ""],
      gives: ["output": ["x": ["x", "x"], "y": ["y"]]]
    ),
    CardCase("null", "list:groupBy", ["list": .null, "path": "a"], gives: ["output": [:]]),
    CardCase(
      "an unknown key",
      "list:groupBy",
      ["list": [["a": .unanswered]], "path": "a"],
      gives: ["output": .unanswered]
    ),
    CardCase(
      "the page's example",
      "list:indexBy",
      [
        "list": [["f": "x", "v": "one"], ["f": "y", "v": "two"], ["f": "x", "v": "three"]],
        "keyPath": "f", "valuePath": "v",
      ],
      gives: ["output": ["x": "three", "y": "two"]]
    ),
    CardCase(
      "whole items, and one without key",
      "list:indexBy",
      ["list": [["f": 1], ["v": 2]], "keyPath": "f", "valuePath": .null],
      gives: ["output": ["1": ["f": 1], "null": ["v": 2]]]
    ),
    CardCase(
      "an unknown key",
      "list:indexBy",
      ["list": [["f": .unanswered, "v": 1]], "keyPath": "f", "valuePath": "v"],
      gives: ["output": .unanswered]
    ),
  ]

  /// Fields of other names are found by their place.
  static let places: [CardCase] = [
    CardCase(
      "inputs and the output",
      "object:zip",
      ["first list": ["a"], "second list": [1]],
      gives: ["made": ["a": 1]]
    ),
    CardCase(
      "two outputs",
      "object:unzip",
      ["it": ["a": 1]],
      gives: ["names": ["a"], "contents": [1]]
    ),
    CardCase(
      "a known key before the place",
      "math:pow",
      ["exponent": 3, "base": 2],
      gives: ["result": 8]
    ),
    CardCase("a group is no place", "math:abs", ["g/x": -1], gives: ["output": 0]),
  ]
}
