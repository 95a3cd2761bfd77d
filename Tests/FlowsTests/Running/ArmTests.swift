import Flows
import TestSupport
import Testing
import Values

@Suite struct ArmTests {
  private static var flow: FlowBuilder {
    var main = FlowBuilder("main")
    main.card("start", "control:callable", outputs: ["x", "y"])
    main.ifElse(
      "if",
      [
        "left-operand": .wire("start.x"), "operator": .constant("=="),
        "right-operand": .constant("a"),
      ],
      joined: [("picked", "one.v", "two.v"), ("half", "one.v", nil)],
      whenTrue: {
        $0.card("one", "control:let", ["v": .constant("first")], outputs: ["v"])
        $0.ifElse(
          "nested",
          [
            "left-operand": .wire("start.y"), "operator": .constant("=="),
            "right-operand": .constant("a"),
          ],
          whenTrue: { $0.card("deep", "control:noop") },
          whenFalse: { _ in }
        )
      },
      whenFalse: { $0.card("two", "control:let", ["v": .constant("second")], outputs: ["v"]) }
    )
    main.card(
      "end",
      "control:return",
      ["picked": .wire("if-join.picked"), "half": .wire("if-join.half")],
      outputs: ["picked", "half"]
    )
    return main
  }

  @Test func `one arm runs and the join gives its values`() throws {
    let yes = try ScriptedRun([Self.flow], trigger: .call(arguments: ["x": "a", "y": "b"]))
    #expect(
      yes.paths == [
        "start", "if", "if-yes", "one", "nested", "nested-no", "nested-join", "if-join", "end",
      ]
    )
    #expect(yes.result == ["picked": "first", "half": "first"])
    let no = try ScriptedRun([Self.flow], trigger: .call(arguments: ["x": "b"]))
    #expect(no.paths == ["start", "if", "if-no", "two", "if-join", "end"])
    #expect(no.result == ["picked": "second", "half": .null])
    let deep = try ScriptedRun([Self.flow], trigger: .call(arguments: ["x": "a", "y": "a"]))
    #expect(deep.step("deep") != nil)
  }

  @Test func `an unknown condition skips both arms and the run goes on behind`() throws {
    var main = FlowBuilder("main")
    main.card("start", "control:callable")
    main.card("ask", "okta:readUser", outputs: ["x"])
    main.ifElse(
      "if",
      [
        "left-operand": .wire("ask.x"), "operator": .constant("=="),
        "right-operand": .constant("a"),
      ],
      joined: [("picked", "one.v", nil)],
      whenTrue: { $0.card("one", "control:let", ["v": .constant("1")], outputs: ["v"]) },
      whenFalse: { _ in }
    )
    main.card("note", "slack:send", ["text": .wire("if-join.picked")])
    main.card("end", "control:return", ["r": .constant("done")], outputs: ["r"])
    let unknown = Unknown(requests: [4])
    let run = try ScriptedRun([main]) { request in
      request.path == "ask" ? .unknown(unknown) : .outputs(ConnectorAnswer(outputs: [:]))
    }
    #expect(run.paths == ["start", "ask", "if", "if-join", "note", "end"])
    #expect(run.step("ask")?.status == .unanswered)
    #expect(run.step("if")?.status == .frontier)
    #expect(run.requests.last?.connectorRequest?.unknown == unknown)
    #expect(run.outcome.end.status == .undetermined)
    #expect(run.outcome.hiddenBy == unknown)
    #expect(run.result == ["r": "done"])
  }

  @Test func `a join without a wire in the arm that ran gives its constant`() throws {
    let export = String(decoding: FlowBuilder.export([Self.flow]), as: UTF8.self)
    let with = export.replacing(
      "\"key\":\"half\",\"value\":{\"type\":\"string\",\"collection\":false,\"data\":null}",
      with:
        "\"key\":\"half\",\"value\":{\"type\":\"string\",\"collection\":false,\"data\":\"fallback\"}"
    )
    let pack = try FlowPack.load(Array(with.utf8), source: "x")
    let program = Program(try #require(pack.closure(of: "main")))
    let run = TypedRun(program, seed: 0, trigger: .call(arguments: ["x": "b"]))
    #expect(run.outcome.end.result == ["picked": "second", "half": "fallback"])
  }

  @Test func `an if that decides wrongly takes the other arm`() throws {
    var cards = CardTable.standard
    cards["control:if"]?.adjustment = { outputs, _ in outputs = [true] }
    let adjusted = try ScriptedRun(
      [Self.flow],
      trigger: .call(arguments: ["x": "b"]),
      cards: cards
    )
    #expect(adjusted.result == ["picked": "first", "half": "first"])
    cards["control:if"] = FunctionCard("control:if") { call throws(CardError) in
      call.set("result", to: true)
    }
    let replaced = try ScriptedRun(
      [Self.flow],
      trigger: .call(arguments: ["x": "b"]),
      cards: cards
    )
    #expect(replaced.result == ["picked": "first", "half": "first"])
  }

  @Test func `a card that the table lacks ends the run when it is reached`() throws {
    var cards = CardTable.standard
    cards["control:let"] = nil
    let run = try ScriptedRun([Self.flow], trigger: .call(arguments: ["x": "b"]), cards: cards)
    #expect(run.outcome.end.status == .failed)
    #expect(run.step("two")?.error?.error.kind == .unsupportedCard)
  }
}
