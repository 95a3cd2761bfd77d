import Flows
import Testing
import Values

@Suite struct ListSetCardTests {
  @Test(arguments: sets + sorting)
  func `lists are treated as sets and sorted`(_ example: CardCase) throws {
    try example.check()
  }

  static let sets: [CardCase] = [
    CardCase(
      "first of each key",
      "list:uniqueBy",
      [
        "list": [["id": 1, "x": "a"], ["id": 1, "x": "b"], ["x": "c"], ["x": "d"]], "path": "id",
      ],
      gives: ["unique list": [["id": 1, "x": "a"], ["x": "c"]]]
    ),
    CardCase(
      "scalars ignore the path",
      "list:uniqueBy",
      ["list": ["a", "b", "a", 1, "1", .null, ""], "path": "id"],
      gives: ["unique list": ["a", "b", 1, "1", .null, ""]]
    ),
    CardCase(
      "composed and decomposed letters differ",
      "list:uniqueBy",
      ["list": ["é", "e\u{301}"], "path": .null],
      gives: ["unique list": ["é", "e\u{301}"]]
    ),
    CardCase(
      "union in order of appearance",
      "list:union",
      ["list1": [2, 1, 2], "list2": [3, 1], "more": [["a": 1], ["a": 1]]],
      gives: ["union": [2, 1, 3, ["a": 1]]]
    ),
    CardCase(
      "union of nulls",
      "list:union",
      ["list1": .null, "list2": .null],
      gives: ["union": []]
    ),
    CardCase(
      "intersection",
      "list:intersection",
      ["list1": [3, 1, 1, "2"], "list2": [1, 2, 3]],
      gives: ["list": [3, 1]]
    ),
    CardCase(
      "intersection of objects whatever the order of keys",
      "list:intersection",
      ["list1": [["a": 1, "b": 2]], "list2": [["b": 2, "a": 1]]],
      gives: ["list": [["a": 1, "b": 2]]]
    ),
    CardCase(
      "difference keeps duplicates",
      "list:difference",
      ["list1": [1, 1, 2], "list2": [2]],
      gives: ["list": [1, 1]]
    ),
    CardCase(
      "difference with null",
      "list:difference",
      ["list1": [1], "list2": .null],
      gives: ["list": [1]]
    ),
    CardCase(
      "an unknown item",
      "list:difference",
      ["list1": [1], "list2": [.unanswered]],
      gives: ["list": .unanswered]
    ),
  ]

  static let sorting: [CardCase] = [
    CardCase(
      "numbers by value, null last",
      "list:sortBy",
      ["list": [10, .null, 9, -1], "path": .null],
      gives: ["sorted list": [-1, 9, 10, .null]]
    ),
    CardCase(
      "texts by unit",
      "list:sortBy",
      ["list": ["9", "80", "b", "B", "\u{FFFD}", "😀"], "path": ""],
      gives: ["sorted list": ["80", "9", "B", "b", "😀", "\u{FFFD}"]]
    ),
    CardCase(
      "stable by path",
      "list:sortBy",
      ["list": [["k": 2, "n": 1], ["k": 1, "n": 2], ["k": 2, "n": 3], ["n": 4]], "path": "k"],
      gives: [
        "sorted list": [["k": 1, "n": 2], ["k": 2, "n": 1], ["k": 2, "n": 3], ["n": 4]]
      ]
    ),
    CardCase(
      "an unknown key",
      "list:sortBy",
      ["list": [["k": .unanswered], ["k": 1]], "path": "k"],
      gives: ["sorted list": .unanswered]
    ),
  ]
}
