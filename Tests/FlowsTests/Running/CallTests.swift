import Flows
import TestSupport
import Testing
import Values

@Suite struct CallTests {
  private static var greeter: FlowBuilder {
    var flow = FlowBuilder("greeter")
    flow.card(
      "start",
      "control:callable",
      outputs: ["name", "context/index:number", "context/parent:object"]
    )
    flow.card(
      "text",
      "string:compose",
      ["_text_": .constant("Hi {{{name}}}"), "name": .wire("start.name")],
      outputs: ["output"]
    )
    flow.card("end", "control:return", ["greeting": .wire("text.output")], outputs: ["greeting"])
    return flow
  }

  @Test func `a call binds arguments by key and takes fields of the result by key`() throws {
    var main = FlowBuilder("main")
    main.card("start", "control:callable", outputs: ["who"])
    main.card(
      "call",
      "control:spawn",
      ["flo:flo": .flow("greeter"), "name": .wire("start.who")],
      outputs: ["greeting", "missing"]
    )
    main.card("end", "control:return", ["said": .wire("call.greeting")], outputs: ["said"])
    let run = try ScriptedRun(
      [main, Self.greeter],
      trigger: .call(arguments: ["who": "Ada", "other": 1])
    )
    #expect(run.result == ["said": "Hi Ada"])
    #expect(run.output("missing", of: "call") == .null)
    #expect(run.paths == ["start", "call", "call/start", "call/text", "call/end", "end"])
    let child = try #require(run.executions.last)
    #expect(run.executions.count == 2)
    #expect(child.parent == "root")
    #expect(child.callSite == "call")
    #expect(run.step("call")?.callees == [child.id])
    guard case .object(let parent)? = run.output("context/parent", of: "call/start") else {
      Issue.record("a callee knows its caller")
      return
    }
    #expect(parent["execution_id"] == "root")
    #expect(parent["method"] == "call")
  }

  @Test func `a call that is stopped gives null, but its message to an output of that name`() throws
  {
    var stopped = FlowBuilder("stopped")
    stopped.card("start", "control:callable")
    stopped.card(
      "gate",
      "control:continueIf",
      [
        "left-operand": .constant("a"), "operator": .constant("=="),
        "right-operand": .constant("b"),
        "otherwise/message": .constant("no b"),
      ],
      outputs: ["message"]
    )
    stopped.card("end", "control:return", ["x": .constant("1")], outputs: ["x"])
    var main = FlowBuilder("main")
    main.card("start", "control:callable")
    main.card("call", "control:spawn", ["flo:flo": .flow("stopped")], outputs: ["x", "message"])
    let run = try ScriptedRun([main, stopped])
    #expect(run.output("x", of: "call") == .null)
    #expect(run.output("message", of: "call") == "no b")
    #expect(run.step("call/gate")?.status == .stopped)
    #expect(run.step("call/end") == nil)
    #expect(run.outcome.end.status == .succeeded)
  }

  @Test func `asynchronous calls run after the root, first come first served`() throws {
    var inner = FlowBuilder("inner")
    inner.card("start", "control:callable")
    var outer = FlowBuilder("outer")
    outer.card("start", "control:callable")
    outer.card("late", "control:run", ["flo:flo": .flow("inner")])
    outer.card(
      "boom",
      "control:throw",
      ["statusCode:number": .constant(500), "message": .constant("x")]
    )
    var main = FlowBuilder("main")
    main.card("start", "control:callable")
    main.card("first", "control:run", ["flo:flo": .flow("outer")])
    main.card("second", "control:run", ["flo:flo": .flow("inner")])
    main.card("last", "control:noop")
    let run = try ScriptedRun([main, outer, inner])
    #expect(
      run.paths == [
        "start", "first", "second", "last", "first/start", "first/late", "first/boom",
        "second/start", "first/late/start",
      ]
    )
    #expect(run.outcome.end.status == .succeeded)
  }

  @Test func `a flow that calls itself ends in a card error at the limit`() throws {
    var main = FlowBuilder("main")
    main.card("start", "control:callable")
    main.card("again", "control:spawn", ["flo:flo": .flow("main")])
    let run = try ScriptedRun([main], options: RunOptions(maximumDepth: 40))
    #expect(run.outcome.end.status == .failed)
    #expect(run.outcome.end.error?.error.kind == .invalidFlow)
    #expect(run.executions.count == 40)
    let deep = try ScriptedRun([main], options: RunOptions(maximumDepth: 5_000))
    #expect(deep.executions.count == 5_000)
  }

  @Test func `a run with too many steps ends, whatever would handle the error`() throws {
    var body = FlowBuilder("body")
    body.card("start", "control:callable")
    var main = FlowBuilder("main")
    main.card("start", "control:callable")
    main.card(
      "loop",
      "list:asyncEach",
      ["list[]": .constant(["a", "b", "c"]), "flo:flo": .flow("body")]
    )
    let run = try ScriptedRun([main, body], options: RunOptions(maximumSteps: 4))
    #expect(run.outcome.end.status == .failed)
    #expect(run.outcome.end.error?.isFatal == true)
  }

  @Test func `a run of too many executions ends, whatever would handle the error`() throws {
    var main = FlowBuilder("main")
    main.card("start", "control:callable")
    main.card(
      "loop",
      "list:asyncEach",
      ["list[]": .constant(["a", "b"]), "flo:flo": .flow("main")]
    )
    let run = try ScriptedRun([main], options: RunOptions(maximumExecutions: 200))
    #expect(run.outcome.end.status == .failed)
    #expect(run.outcome.abortedBy?.error.message.contains("200 executions") == true)
    #expect(run.executions.count == 201)
  }

  @Test func `ids of children follow from root and path alone`() throws {
    var main = FlowBuilder("main")
    main.card("start", "control:callable")
    main.card("call", "control:spawn", ["flo:flo": .flow("greeter"), "name": .constant("A")])
    var renamed = main
    renamed.card("more", "control:noop")
    let first = try ScriptedRun([main, Self.greeter]).executions.map(\.id)
    let second = try ScriptedRun([renamed, Self.greeter]).executions.map(\.id)
    #expect(first == second)
    #expect(first.last?.description.count == 36)
  }

  @Test func `a copy of a waiting run continues on its own`() throws {
    var main = FlowBuilder("main")
    main.card("start", "control:callable")
    main.card("ask", "okta:readUser", outputs: ["name"])
    main.card("end", "control:return", ["name": .wire("ask.name")], outputs: ["name"])
    var interpreter = Interpreter(try ScriptedRun.program([main]), executionID: "root")
    _ = interpreter.start(.manual)
    for name: Value in ["Ada", "Grace"] {
      var copy = interpreter
      let end = copy.resume(with: .outputs(ConnectorAnswer(outputs: ["name": name])))
      guard case .finished(let outcome) = end else {
        Issue.record("the run goes to its end")
        continue
      }
      #expect(outcome.end.result == ["name": name])
    }
  }
}
