import Flows
import Replay
import TestSupport
import Testing
import Values

/// How definitions differ, shown card by card.
@Suite struct FlowDifferenceTests {
  private static func difference(
    _ old: [FlowBuilder],
    _ new: [FlowBuilder]
  ) throws -> FlowDifference {
    FlowDifference(
      old: try RunInMemory.program(old).closure,
      new: try RunInMemory.program(new).closure
    )
  }

  private static func shown(_ difference: FlowDifference) -> [String] {
    difference.cards.map { card in
      "\((card.new ?? card.old)?.uuid ?? "") \(card.kinds.map(\.rawValue).joined(separator: " "))"
    }
  }

  private static func flow(
    _ names: [String],
    text: Value = "hello",
    from source: String = "start.who",
    policy: Value = ["type": "finish"]
  ) -> FlowBuilder {
    var main = FlowBuilder("main")
    main.card("start", "control:callable", outputs: ["who", "mail"])
    for name in names {
      main.card(
        name,
        "slack:send",
        ["Message/Text": .constant(text), "Message/To": .wire(source)],
        outputs: ["id"],
        policy: policy
      )
    }
    return main
  }

  @Test func `a flow does not differ from itself`() throws {
    let difference = try Self.difference([Self.flow(["a", "b"])], [Self.flow(["a", "b"])])
    #expect(difference.isEmpty)
    #expect(
      difference.summary == [
        "summary": [
          "added": 0, "removed": 0, "recreated": 0, "edited": 0, "rewired": 0, "reordered": 0,
          "unchanged": 3,
        ]
      ]
    )
  }

  @Test func `an edited field is shown with what it held and holds`() throws {
    let difference = try Self.difference([Self.flow(["a"])], [Self.flow(["a"], text: "good day")])
    #expect(Self.shown(difference) == ["a edited"])
    #expect(
      difference.cards.first?.value == [
        "card": "main/a", "name": "a", "address": "slack:send", "changes": ["edited"],
        "fields": [["path": "Message/Text", "before": "hello", "after": "good day"]],
      ]
    )
  }

  @Test func `a field that only one version has, and an object's member, have their paths`() throws
  {
    let difference = try Self.difference(
      [Self.flow(["a"], text: ["x": 1, "y": [1, 2]])],
      [Self.flow(["a"], text: ["x": 1, "y": [1, 3], "z": .null])]
    )
    #expect(
      difference.cards.first?.fields.map(\.value) == [
        ["path": "Message/Text.y[1]", "before": 2, "after": 3],
        ["path": "Message/Text.z", "after": .null],
      ]
    )
  }

  @Test func `a wire from another output is shown with both sources`() throws {
    let difference = try Self.difference(
      [Self.flow(["a"])],
      [Self.flow(["a"], from: "start.mail")]
    )
    #expect(Self.shown(difference) == ["a rewired"])
    #expect(
      difference.cards.first?.wires.map(\.value) == [
        ["path": "Message/To", "before": "start.who", "after": "start.mail"]
      ]
    )
  }

  @Test func `cards that changed places, came, went or were made anew are told apart`() throws {
    let swapped = try Self.difference([Self.flow(["a", "b"])], [Self.flow(["b", "a"])])
    #expect(swapped.cards.map(\.kinds) == [[.reordered]])
    let added = try Self.difference([Self.flow(["a"])], [Self.flow(["a", "b"])])
    #expect(Self.shown(added) == ["b added"])
    let removed = try Self.difference([Self.flow(["a", "b"])], [Self.flow(["b"])])
    #expect(Self.shown(removed) == ["a removed"])
    let again = try Self.difference([Self.flow(["a"])], [Self.flow(["x"])])
    #expect(again.cards.map(\.kinds) == [[.recreated, .edited]])
    #expect(again.cards.first?.fields.map(\.path) == ["name"])
    #expect(again.cards.first?.old?.uuid == "a")
  }

  @Test func `a card that went to the other arm is at another place`() throws {
    func flow(_ whenTrue: [String], _ whenFalse: [String]) -> FlowBuilder {
      var main = FlowBuilder("main")
      main.card("start", "control:callable", outputs: ["who"])
      func add(_ names: [String]) -> (inout FlowBuilder) -> Void {
        { flow in for name in names { flow.card(name, "slack:send") } }
      }
      main.ifElse(
        "if",
        [
          "left-operand": .wire("start.who"), "operator": .constant("=="),
          "right-operand": .constant("x"),
        ],
        whenTrue: add(whenTrue),
        whenFalse: add(whenFalse)
      )
      return main
    }
    let difference = try Self.difference([flow(["a", "b"], [])], [flow(["a"], ["b"])])
    #expect(Self.shown(difference) == ["b reordered"])
  }

  @Test func `what a flow is called and how errors are handled are differences too`() throws {
    var renamed = Self.flow(["a"])
    renamed.overrides = ["log": false]
    let parts = try Self.difference([Self.flow(["a"])], [renamed]).parts
    #expect(
      parts.map(\.value) == [
        ["flow": "main", "fields": [["path": "saves data", "before": true, "after": false]]]
      ]
    )
    let policy: Value = ["type": "return"]
    let handled = try Self.difference([Self.flow(["a"])], [Self.flow(["a"], policy: policy)])
    #expect(handled.cards.first?.fields.map(\.path) == ["on error"])
  }
}
