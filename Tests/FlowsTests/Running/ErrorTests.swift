import Flows
import TestSupport
import Testing
import Values

@Suite struct ErrorTests {
  private static func failing(_ policy: Value, retry: Bool = false) -> FlowBuilder {
    var main = FlowBuilder("main")
    main.card("start", "control:callable")
    main.card(
      "ask",
      "okta:readUser",
      ["User/id": .constant("u1"), "message": .constant("custom"), "who": .custom(.constant("w"))],
      outputs: ["name"],
      policy: policy
    )
    main.card("after", "control:noop")
    return main
  }

  private static let notFound = CardError(
    kind: .notFound,
    message: "no such user",
    statusCode: 404,
    details: ["errorSummary": "gone"]
  )

  @Test func `an error stops the flow and names the card, flow and execution`() throws {
    let run = try ScriptedRun([Self.failing(["type": "finish"])]) { _ in .failure(Self.notFound) }
    let error = try #require(run.outcome.end.error)
    #expect(run.paths == ["start", "ask"])
    #expect(
      error.value == [
        "message": "no such user", "code": 404, "statusCode": 404, "kind": "Not Found",
        "method": "ask", "flo": "main", "execution": "root", "errorSummary": "gone",
      ]
    )
    #expect(run.step("ask")?.outputs == [])
  }

  @Test func `a card type that is not supported ends the run, whatever handles errors`() throws {
    var body = FlowBuilder("body")
    body.card("body-start", "control:callable")
    body.card("replace", "string:titleCase", ["string": .constant("a")])
    var handler = FlowBuilder("handler")
    handler.card("handler-start", "control:callable")
    var item = FlowBuilder("item")
    item.card("item-start", "control:callable")
    item.card(
      "try",
      "control:tryCatch",
      ["flo:flo": .inline(body)],
      policy: ["type": "handler", "flo": handler.body, "merge": "join"]
    )
    var main = FlowBuilder("main")
    main.card("start", "control:callable")
    main.card(
      "each",
      "list:asyncEach",
      ["list:string[]": .constant(["a", "b"]), "flo:flo": .flow("item")]
    )
    let run = try ScriptedRun([main, item])
    #expect(run.outcome.end.status == .failed)
    #expect(run.outcome.abortedBy?.error.kind == .unsupportedCard)
    #expect(run.outcome.abortedBy?.error.message.contains("string:titleCase") == true)
    #expect(run.step("each[0]/try:try/replace")?.status == .failed)
    #expect(!run.paths.contains("each[0]/handler-start") && run.executions.count == 2)
  }

  @Test(arguments: [(Value.number(0), 500.0), (.null, 500), ("", 500), (404, 404), ("409", 409)])
  func `an author's error without a status has 500`(_ given: Value, _ status: Double) throws {
    var main = FlowBuilder("main")
    main.card("start", "control:callable")
    main.card(
      "boom",
      "control:throw",
      ["statusCode:number": .constant(given), "message": .constant("no")]
    )
    let run = try ScriptedRun([main])
    #expect(run.outcome.end.error?.value["statusCode"] == .number(status))
  }

  @Test func `a policy may replace the message`() throws {
    let run = try ScriptedRun([Self.failing(["type": "return"])]) { _ in .failure(Self.notFound) }
    #expect(run.outcome.end.error?.value["message"] == "custom")
    #expect(run.requests.first?.connectorRequest?.inputs["message"] == nil)
  }

  @Test func `a policy may tell another flow, whose own failure changes nothing`() throws {
    var teller = FlowBuilder("teller")
    teller.card("start", "control:callable", outputs: ["who", "context/error:object"])
    teller.card(
      "boom",
      "control:throw",
      ["statusCode:number": .constant(1), "message": .constant("mine")]
    )
    let run = try ScriptedRun([Self.failing(["type": "flo", "flo": "teller"]), teller]) { _ in
      .failure(Self.notFound)
    }
    #expect(run.paths == ["start", "ask", "ask:error/start", "ask:error/boom"])
    #expect(run.output("who", of: "ask:error/start") == "w")
    guard case .object(let error)? = run.output("context/error", of: "ask:error/start") else {
      Issue.record("the flow is told the error")
      return
    }
    #expect(error["errorSummary"] == "gone")
    #expect(run.outcome.end.error?.value["message"] == "no such user")
  }

  @Test(arguments: [(429.0, 2, 3), (504, 2, 3), (500, 2, 1), (429, 0, 1)])
  func `a connector that is asked too often is asked again`(
    _ status: Double,
    _ retries: Int,
    _ asked: Int
  ) throws {
    let policy: Value = [
      "type": "finish", "retry": .number(Double(retries)), "delay": [60_000, 180_000],
    ]
    let run = try ScriptedRun([Self.failing(policy)]) { _ in
      .failure(CardError(kind: .httpError, message: "slow down", statusCode: status))
    }
    #expect(run.requests.count == asked)
    #expect(run.requests.map(\.attempt) == Array(1...asked))
    #expect(run.requests.dropFirst().allSatisfy { $0.delayMilliseconds == 60_000 })
    #expect(run.steps.count { $0.path == "ask" } == 1)
    #expect(run.step("ask")?.requests.count == asked)
  }

  private static func guarded(_ body: FlowBuilder) -> FlowBuilder {
    var handler = FlowBuilder("handler")
    handler.card(
      "start",
      "control:callable",
      outputs: ["context/error:object", "context/cap1"]
    )
    handler.card(
      "get",
      "object:get",
      ["object:object": .wire("start.context/error"), "path": .constant("message")],
      outputs: ["output"]
    )
    handler.card("end", "control:return", ["out": .wire("get.output")], outputs: ["out"])
    var main = FlowBuilder("main")
    main.card("start", "control:callable", outputs: ["x"])
    main.card(
      "try",
      "control:tryCatch",
      ["flo:flo": .inline(body), "context/cap1": .wire("start.x")],
      outputs: ["out"],
      policy: ["type": "handler", "flo": handler.body, "merge": "join"]
    )
    main.card("end", "control:return", ["out": .wire("try.out")], outputs: ["out"])
    return main
  }

  @Test func `an error inside If Error runs its second body`() throws {
    var body = FlowBuilder("body")
    body.card("start", "control:callable", outputs: ["context/cap1"])
    body.card("ask", "okta:readUser", ["User/id": .wire("start.context/cap1")])
    body.card("end", "control:return", ["out": .wire("start.context/cap1")], outputs: ["out"])
    let main = Self.guarded(body)
    let failed = try ScriptedRun([main], trigger: .call(arguments: ["x": "cap"])) { _ in
      .failure(Self.notFound)
    }
    #expect(
      failed.paths == [
        "start", "try", "try:try/start", "try:try/ask", "try:error/start", "try:error/get",
        "try:error/end", "end",
      ]
    )
    #expect(failed.result == ["out": "no such user"])
    #expect(failed.executions.count == 1)
    let passed = try ScriptedRun([main], trigger: .call(arguments: ["x": "cap"]))
    #expect(passed.result == ["out": "cap"])
    #expect(passed.requests.first?.connectorRequest?.inputs == ["User/id": "cap"])
  }

  @Test func `a Continue If inside If Error leaves only the body`() throws {
    var body = FlowBuilder("body")
    body.card("start", "control:callable")
    body.card(
      "gate",
      "control:continueIf",
      ["left-operand": .constant(""), "operator": .constant("is not empty")]
    )
    let run = try ScriptedRun([Self.guarded(body)])
    #expect(run.step("try")?.status == .succeeded)
    #expect(run.result == ["out": .null])
    #expect(run.outcome.end.status == .succeeded)
  }

  @Test func `a conversion that fails is the reading card's error, without inputs`() throws {
    var main = FlowBuilder("main")
    main.card("start", "control:callable", outputs: ["json"])
    main.card(
      "pick",
      "object:get",
      ["object:object": .converted("start.json", by: "parse"), "path": .constant("a")],
      outputs: ["output"]
    )
    let run = try ScriptedRun([main], trigger: .call(arguments: ["json": "{broken"]))
    #expect(run.step("pick")?.status == .failed)
    #expect(run.step("pick")?.inputs == [])
    #expect(run.outcome.end.error?.error.kind == .parseError)
  }

  @Test func `an author's error carries its status and fields`() throws {
    var main = FlowBuilder("main")
    main.card("start", "control:callable")
    main.card(
      "check",
      "control:throwIf",
      [
        "left-operand": .constant("a"), "operator": .constant("=="),
        "right-operand": .constant("a"),
        "message": .constant("bad"), "statusCode:number": .constant(400),
        "extra": .custom(.constant("more")),
      ]
    )
    let run = try ScriptedRun([main])
    let error = try #require(run.outcome.end.error)
    #expect(error.error.kind == .userError)
    #expect(error.value["code"] == 400)
    #expect(error.value["extra"] == "more")
  }

  @Test func `whether a Return Error If fails can be unknown, and ends its body`() throws {
    var main = FlowBuilder("main")
    main.card("start", "control:callable")
    main.card("ask", "okta:readUser", outputs: ["name"])
    main.card(
      "check",
      "control:throwIf",
      ["left-operand": .wire("ask.name"), "operator": .constant("is empty")]
    )
    main.card("after", "control:noop")
    let run = try ScriptedRun([main]) { _ in .unknown(Unknown(requests: [0])) }
    #expect(run.paths == ["start", "ask", "check"])
    #expect(run.outcome.end.status == .undetermined)
  }

  @Test func `an If ElseIf runs the first body whose condition holds`() throws {
    func body(_ value: Value) -> FlowBuilder {
      var flow = FlowBuilder("b")
      flow.card("start", "control:callable")
      flow.card("end", "control:return", ["out": .constant(value)], outputs: ["out"])
      return flow
    }
    var main = FlowBuilder("main")
    main.card("start", "control:callable", outputs: ["x"])
    main.card(
      "br",
      "control:branch",
      [
        "if/left-operand": .wire("start.x"), "if/operator": .constant("=="),
        "if/right-operand": .constant("a"), "if/flo:flo": .inline(body("first")),
        "r1/left-operand": .wire("start.x"), "r1/operator": .constant("=="),
        "r1/right-operand": .constant("b"), "r1/flo:flo": .inline(body("second")),
        "else/flo:flo": .inline(body("third")),
      ],
      outputs: ["out"]
    )
    for (x, out, path) in [
      ("a", "first", "br:if/end"), ("b", "second", "br:r1/end"), ("c", "third", "br:else/end"),
    ] as [(Value, Value, Text)] {
      let run = try ScriptedRun([main], trigger: .call(arguments: ["x": x]))
      #expect(run.output("out", of: "br") == out)
      #expect(run.step(path) != nil)
      #expect(run.steps.count == 4)
    }
  }
}
