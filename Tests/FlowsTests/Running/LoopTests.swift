import Flows
import TestSupport
import Testing
import Values

@Suite struct LoopTests {
  private static func helper(
    _ inputs: [String],
    returns: KeyValuePairs<String, FlowInput>
  ) -> FlowBuilder {
    var flow = FlowBuilder("helper")
    flow.card("start", "control:callable", outputs: inputs + ["context/index:number"])
    flow.card("end", "control:return", returns, outputs: returns.map(\.key))
    return flow
  }

  private static func loop(
    _ address: String,
    _ list: Value,
    _ arguments: [(String, FlowInput)],
    output: String? = nil
  ) -> FlowBuilder {
    var main = FlowBuilder("main")
    main.card("start", "control:callable")
    // Literal pairs cannot be joined, so the cases with arguments are spelled out.
    switch arguments.count {
    case 0:
      main.card(
        "loop",
        address,
        ["list:object[]": .constant(list), "flo:flo": .flow("helper")],
        outputs: output.map { [$0] } ?? []
      )
    case 1:
      main.card(
        "loop",
        address,
        [
          "list:object[]": .constant(list), "flo:flo": .flow("helper"),
          arguments[0].0: arguments[0].1,
        ],
        outputs: output.map { [$0] } ?? []
      )
    default:
      main.card(
        "loop",
        address,
        [
          "list:object[]": .constant(list), "flo:flo": .flow("helper"),
          arguments[0].0: arguments[0].1, arguments[1].0: arguments[1].1,
        ],
        outputs: output.map { [$0] } ?? []
      )
    }
    return main
  }

  @Test(arguments: [
    ("new list:object[]", ["a": "1"] as Value), ("new list[]", "1" as Value),
    ("new list:{a,b}[]", ["a": "1"] as Value), ("new list:{z}[]", "1" as Value),
  ])
  func `a map wraps its entries as its result declares`(_ output: String, _ entry: Value) throws {
    let main = Self.loop(
      "list:map",
      [["id": "1"]],
      [("a", .item("id"))],
      output: output
    )
    let run = try ScriptedRun([main, Self.helper(["a"], returns: ["a": .wire("start.a")])])
    #expect(run.output("new list", of: "loop") == .list([entry]))
  }

  @Test func `items are read by path, fixed arguments are the same for all`() throws {
    let main = Self.loop(
      "list:each",
      [["u": ["id": 7]], ["u": ["id": 8]]],
      [("a", .item("u.id")), ("b", .fixed(.constant("same")))]
    )
    let run = try ScriptedRun(
      [main, Self.helper(["a", "b"], returns: ["a": .wire("start.a")])])
    #expect(run.output("a", of: "loop[0]/start") == "7")
    #expect(run.output("b", of: "loop[1]/start") == "same")
    #expect(run.output("context/index", of: "loop[1]/start") == 1)
    #expect(run.step("loop")?.namedInputs["argument/b"] == "same")
    #expect(run.step("loop")?.callees.count == 2)
    #expect(run.executions.map(\.index) == [nil, 0, 1])
  }

  @Test func `without arguments the item's members are spread by group and key`() throws {
    let main = Self.loop("list:each", [["Output": ["Message": "m"], "x": "y"]], [])
    let run = try ScriptedRun(
      [main, Self.helper(["Output/Message", "x", "z"], returns: ["a": .wire("start.x")])])
    #expect(run.output("Output/Message", of: "loop[0]/start") == "m")
    #expect(run.output("x", of: "loop[0]/start") == "y")
    #expect(run.output("z", of: "loop[0]/start") == .null)
  }

  @Test func `a scalar item is the one input of the flow it is handed to`() throws {
    let main = Self.loop("list:each", ["text"], [])
    let run = try ScriptedRun([main, Self.helper(["x"], returns: ["a": .wire("start.x")])])
    #expect(run.output("x", of: "loop[0]/start") == "text")
  }

  @Test func `a filter keeps the items whose single field is true, in order`() throws {
    let main = Self.loop(
      "list:filter",
      [["k": "true", "n": 1], ["k": "no", "n": 2], ["k": "TRUE", "n": 3]],
      [("a", .item("k"))],
      output: "list:object[]"
    )
    let run = try ScriptedRun([main, Self.helper(["a"], returns: ["a": .wire("start.a")])])
    #expect(
      run.output("list", of: "loop") == [["k": "true", "n": 1], ["k": "TRUE", "n": 3]]
    )
  }

  @Test func `a reduce hands the running memo to its callee whatever the card says`() throws {
    var main = FlowBuilder("main")
    main.card("start", "control:callable")
    main.card(
      "loop",
      "list:reduce",
      [
        "list[]": .constant(["a", "b"]), "memo": .constant("-"), "flo:flo": .flow("helper"),
        "i": .item(""),
      ],
      outputs: ["item"]
    )
    var helper = FlowBuilder("helper")
    helper.card("start", "control:callable", outputs: ["i", "memo"])
    helper.card(
      "text",
      "string:compose",
      [
        "_text_": .constant("{{{m}}}{{{i}}}"), "m": .wire("start.memo"), "i": .wire("start.i"),
      ],
      outputs: ["output"]
    )
    let run = try ScriptedRun([main, helper])
    #expect(run.output("item", of: "loop") == "-ab")
  }

  @Test(arguments: [(0.0, 0), (-3, 0), (2.7, 2), (10_001, nil), (1e300, nil)] as [(Double, Int?)])
  func `repeat takes a count from 0 to 10,000`(_ count: Double, _ calls: Int?) throws {
    var main = FlowBuilder("main")
    main.card("start", "control:callable")
    main.card(
      "loop",
      "control:times",
      ["count:number": .constant(.number(count)), "flo:flo": .flow("helper")]
    )
    let run = try ScriptedRun([main, Self.helper(["a"], returns: ["a": .wire("start.a")])])
    #expect(run.outcome.end.status == (calls == nil ? .failed : .succeeded))
    #expect(run.executions.count - 1 == calls ?? 0)
  }

  @Test func `repeat calls count times with an index`() throws {
    var main = FlowBuilder("main")
    main.card("start", "control:callable")
    main.card(
      "loop",
      "control:times",
      ["count:number": .constant(3), "flo:flo": .flow("helper")]
    )
    let run = try ScriptedRun([main, Self.helper(["a"], returns: ["a": .wire("start.a")])])
    #expect(run.executions.compactMap(\.index) == [0, 1, 2])
  }

  @Test(
    arguments: [
      ("object", "memo:number", 2, ["memo": 2]), ("number", "memo:number", 2, 2),
      ("object", "memo:object", ["n": 1], ["n": 1]), ("any", "memo", "2", "2"),
    ] as [(String, String, Value, Value)]
  )
  func `a reduce's single field is an object's where its output is declared one`(
    _ declared: String,
    _ memo: String,
    _ returned: Value,
    _ item: Value
  ) throws {
    var main = FlowBuilder("main")
    main.card("start", "control:callable")
    main.card(
      "loop",
      "list:reduce",
      [
        "list[]": .constant(["a", "b"]), "memo": .constant(0), "flo:flo": .flow("helper"),
        "i": .item(""),
      ],
      outputs: ["item:\(declared)"]
    )
    var helper = FlowBuilder("helper")
    helper.card("start", "control:callable", outputs: ["i"])
    helper.card("end", "control:return", [memo: .constant(returned)], outputs: [memo])
    #expect(try ScriptedRun([main, helper]).output("item", of: "loop") == item)
  }

  @Test(arguments: [("list:each", ExecutionStatus.failed, 1), ("list:asyncEach", .succeeded, 2)])
  func `an item's error ends a loop unless the loop ignores errors`(
    _ address: String,
    _ status: ExecutionStatus,
    _ items: Int
  ) throws {
    var helper = FlowBuilder("helper")
    helper.card("start", "control:callable")
    helper.card(
      "boom",
      "control:throw",
      ["statusCode:number": .constant(418), "message": .constant("tea")]
    )
    let run = try ScriptedRun([Self.loop(address, ["a", "b"], []), helper])
    #expect(run.outcome.end.status == status)
    #expect(run.executions.count == 1 + items)
    #expect(run.step("loop")?.error?.path == (status == .failed ? "loop[0]/boom" : nil))
  }

  @Test(arguments: [("list:each", ExecutionStatus.undetermined), ("list:asyncEach", .succeeded)])
  func `a loop over an unknown list is a frontier`(
    _ address: String,
    _ status: ExecutionStatus
  ) throws {
    var main = FlowBuilder("main")
    main.card("start", "control:callable")
    main.card("ask", "okta:list", outputs: ["items:object[]"])
    main.card(
      "loop",
      address,
      ["list:object[]": .wire("ask.items"), "flo:flo": .flow("helper")]
    )
    main.card("end", "control:return", ["r": .constant("x")], outputs: ["r"])
    let run = try ScriptedRun([main, Self.helper(["a"], returns: ["a": .wire("start.a")])]) { _ in
      .unknown(Unknown(requests: [0]))
    }
    #expect(run.step("loop")?.status == .frontier)
    #expect(run.executions.count == 1)
    #expect(run.outcome.end.status == status)
    #expect(run.result == ["r": "x"])
  }

  @Test func `a wrong map is found in its outputs`() throws {
    var cards = CardTable.standard
    cards["list:map"]?.adjustment = { outputs, _ in outputs[0] = [] }
    let main = Self.loop("list:map", ["a"], [("a", .item(""))], output: "new list[]")
    let run = try ScriptedRun(
      [main, Self.helper(["a"], returns: ["a": .wire("start.a")])],
      cards: cards
    )
    #expect(run.output("new list", of: "loop") == [])
  }
}
