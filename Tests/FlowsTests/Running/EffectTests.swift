import Flows
import TestSupport
import Testing
import Values

@Suite struct EffectTests {
  @Test func `a request shows the service's inputs and keeps the engine's own apart`() throws {
    var main = FlowBuilder("main")
    main.card("start", "control:callable", outputs: ["who"])
    main.card(
      "find",
      "stash:searchRows2",
      [
        "parameters/resultSet": .constant("all"),
        "Filter/Where Expression:object": .constant([
          "expr": [
            [
              "lhs": "User", "op": "=", "join": "OR",
              "rhd": ["methodId": "start", "outputId": "o1"],
            ],
            ["lhs": "Age", "op": ">", "join": "AND", "rhs": 3],
          ]
        ]),
        "_expr/o1": .wire("start.who"), "Sort/Column": .constant("User"),
      ],
      outputs: ["Result/Rows:{User}[]"]
    )
    let run = try ScriptedRun([main], trigger: .call(arguments: ["who": "Ada"])) { _ in
      .outputs(ConnectorAnswer(outputs: ["Result/Rows": [["User": "Ada"]]]))
    }
    let request = try #require(run.requests.first?.connectorRequest)
    #expect(request.method == ConnectorMethod(connector: "stash", method: "searchRows2"))
    #expect(request.options == ["resultSet": "all"])
    #expect(
      request.inputs == [
        "Filter/Where Expression": [
          "expr": [
            ["lhs": "User", "op": "=", "join": "OR", "rhs": "Ada"],
            ["lhs": "Age", "op": ">", "join": "AND", "rhs": 3],
          ]
        ], "Sort/Column": "User",
      ]
    )
    #expect(run.output("Result/Rows", of: "find") == [["User": "Ada"]])
    #expect(run.result == ["Result": ["Rows": [["User": "Ada"]]]])
  }

  @Test func `records of a stream are handed to a flow one by one`() throws {
    var receiver = FlowBuilder("receiver")
    receiver.card("start", "control:callable", outputs: ["Record:object", "State:object"])
    var main = FlowBuilder("main")
    main.card("start", "control:callable")
    main.card(
      "stream",
      "okta:listUsers",
      [
        "Streaming/Flow:flo": .flow("receiver"), "Streaming/Record Limit:number": .constant(5),
        "Streaming/Team": .custom(.constant("red")),
      ],
      outputs: ["Result/Records Streamed:number"]
    )
    let run = try ScriptedRun([main, receiver]) { _ in
      .outputs(ConnectorAnswer(outputs: [:], records: [["id": "1"], ["id": "2"]]))
    }
    #expect(run.requests.first?.connectorRequest?.inputs == ["Streaming/Record Limit": 5])
    #expect(run.requests.first?.connectorRequest?.streamsRecords == true)
    #expect(run.output("Record", of: "stream[1]/start") == ["id": "2"])
    #expect(run.output("State", of: "stream[1]/start") == ["Team": "red"])
    #expect(run.output("Result/Records Streamed", of: "stream") == 2)
  }

  @Test func `a flow with one input receives record and state together, whatever it is called`()
    throws
  {
    var receiver = FlowBuilder("receiver")
    receiver.card("start", "control:callable", outputs: ["Payload:object", "context/index:number"])
    var main = FlowBuilder("main")
    main.card("start", "control:callable")
    main.card(
      "stream",
      "okta:listUsers",
      ["Streaming/Flow:flo": .flow("receiver"), "Streaming/Team": .custom(.constant("red"))],
      outputs: ["Result/Records Streamed:number"]
    )
    let run = try ScriptedRun([main, receiver]) { _ in
      .outputs(ConnectorAnswer(outputs: [:], records: [["id": "1"], ["id": "2"]]))
    }
    #expect(
      run.output("Payload", of: "stream[1]/start")
        == ["Record": ["id": "2"], "State": ["Team": "red"]]
    )
    #expect(run.output("context/index", of: "stream[1]/start") == 1)
  }

  @Test func `an ambient card asks and goes on with the answer`() throws {
    var main = FlowBuilder("main")
    main.card("start", "control:callable")
    main.card("now", "date:now", outputs: ["date:Date", "iso"])
    main.card("wait", "control:wait", ["delay:number": .constant(2), "unit": .constant("minute")])
    let instant = Instant(milliseconds: 1_000)
    let run = try ScriptedRun([main]) { request in
      guard case .ambient(let ambient) = request.ask else { return .value(.null) }
      return .value(ambient == .now ? .date(instant) : .null)
    }
    #expect(run.output("date", of: "now") == .date(instant))
    #expect(run.requests.map(\.ask).last == .ambient(.wait(milliseconds: 120_000)))
  }

  @Test func `a wait in a unit that does not exist is an error, plurals are not`() throws {
    func run(_ unit: Value) throws -> ScriptedRun {
      var main = FlowBuilder("main")
      main.card("start", "control:callable")
      main.card("wait", "control:wait", ["delay:number": .constant(2), "unit": .constant(unit)])
      return try ScriptedRun([main]) { _ in .value(.null) }
    }
    #expect(try run("fortnight").outcome.end.error?.error.kind == .invalidInput)
    #expect(try run("Hours").requests.last?.ask == .ambient(.wait(milliseconds: 7_200_000)))
    #expect(try run("").requests.last?.ask == .ambient(.wait(milliseconds: 2_000)))
  }

  @Test func `a card that reads an unknown does not run, one that builds keeps it`() throws {
    var main = FlowBuilder("main")
    main.card("start", "control:callable")
    main.card("ask", "okta:readUser", outputs: ["name"])
    main.card(
      "text",
      "string:compose",
      ["_text_": .constant("{{{n}}}"), "n": .wire("ask.name")],
      outputs: ["output"]
    )
    main.card(
      "build",
      "object:construct",
      ["a": .wire("ask.name"), "b": .constant("b")],
      outputs: ["output:object"]
    )
    main.card(
      "b",
      "object:get",
      ["object:object": .wire("build.output"), "path": .constant("b")],
      outputs: ["output"]
    )
    let unknown = Value.unknown(Unknown(requests: [3]))
    let run = try ScriptedRun([main]) { _ in .unknown(Unknown(requests: [3])) }
    #expect(run.step("text")?.status == .blocked)
    #expect(run.output("output", of: "text") == unknown)
    #expect(run.output("output", of: "build") == ["a": unknown, "b": "b"])
    #expect(run.outcome.end.status == .succeeded)
  }

  @Test
  func `events of a batch run one after another, and a failing one fails the flow at the end`()
    throws
  {
    var body = FlowBuilder("body")
    body.card("start", "control:callable", outputs: ["Output/Message"])
    body.card("send", "slack:send", ["text": .wire("start.Output/Message")])
    var main = FlowBuilder("main")
    main.card(
      "event",
      "okta:userCreated",
      outputs: ["collection:object[]", "context/execution_id"],
      model: ["webhook": true, "webhookList": true]
    )
    main.card(
      "each",
      "list:asyncEach",
      ["list:object[]": .wire("event.collection"), "flo:flo": .inline(body)]
    )
    let events: [Value] = [["Output": ["Message": "a"]], ["Output": ["Message": "b"]]]
    let run = try ScriptedRun([main], trigger: .events(events)) { request in
      request.path == "each[0]/send"
        ? .failure(CardError(kind: .httpError, message: "x"))
        : .outputs(ConnectorAnswer(outputs: [:]))
    }
    #expect(run.requests.map { $0.connectorRequest?.inputs } == [["text": "a"], ["text": "b"]])
    #expect(run.output("context/execution_id", of: "event") == "root")
    #expect(run.outcome.end.status == .failed)
    #expect(run.outcome.end.error?.path == "each[0]/send")
    #expect(run.step("each")?.status == .succeeded)
    #expect(run.executions.map(\.flowID) == ["main", "main", "main"])
  }

  @Test func `a table answers the requests of its cards`() throws {
    var main = FlowBuilder("main")
    main.card("start", "control:callable", outputs: ["who"])
    main.card(
      "add",
      "stash:createRow",
      ["parameters/stash": .constant("t"), "Fields/User": .wire("start.who")],
      outputs: ["Output/Row ID"]
    )
    main.card(
      "find",
      "stash:searchRows2",
      [
        "parameters/stash": .constant("t"), "parameters/resultSet": .constant("all"),
        "Filter/Where Expression:object": .constant([
          "expr": [["lhs": "User", "op": "=", "rhd": ["outputId": "o1"]]]
        ]),
        "_expr/o1": .wire("start.who"),
      ],
      outputs: ["Result/Rows:{User}[]"]
    )
    let export = FlowBuilder.export(
      [main],
      tables: [
        "t": ["name": "T", "data": ["structure": [["name": "User", "type": "str"]]]]
      ]
    )
    let pack = try FlowPack.load(export, source: "x")
    var state = TableState()
    for table in pack.tables { state.define(TableSchema(table)) }
    var run = Interpreter(Program(try #require(pack.closure(of: "main"))), executionID: "root")
    var transition = run.start(.call(arguments: ["who": "Ada"]))
    while case .needs(let request) = transition {
      let connector = try #require(request.connectorRequest)
      let table = try #require(TableRequest(connector))
      let reply = try state.answer(to: table, at: Instant(milliseconds: 0))
      for event in reply.events { state.apply(event) }
      transition = run.resume(
        with: .outputs(ConnectorAnswer(nested: reply.outputs, for: connector.outputs))
      )
    }
    guard case .finished(let outcome) = transition else { return }
    #expect(outcome.end.result == ["Result": ["Rows": [["User": "Ada"]]]])
  }
}
