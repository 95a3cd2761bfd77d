import Flows
import TestSupport
import Testing
import Values

/// Cards that call a flow for each item, member or page and that no public export holds.
@Suite struct CalledFlowCardTests {
  private static func list(
    _ address: String,
    _ list: Value,
    outputs: [String] = ["list:object[]"],
    helper: FlowBuilder = CalledFlows.plain
  ) throws -> ScriptedRun {
    var main = FlowBuilder("main")
    main.card("start", "control:callable")
    main.card(
      "loop",
      address,
      ["list:object[]": .constant(list), "flo:flo": .flow("helper"), "a": .item("k")],
      outputs: outputs
    )
    main.card("after", "control:noop")
    return try ScriptedRun([main, helper]) { _ in .unknown(Unknown(requests: [7])) }
  }
}

// MARK: - Lists

extension CalledFlowCardTests {
  @Test(
    arguments: [
      ([["k": false], ["k": true, "n": 1], ["k": true]], ["k": true, "n": 1], 1, 2),
      ([["k": "no"], ["k": "TRUE"]], ["k": "TRUE"], 1, 2),
      ([["k": false]], .null, -1, 1), ([], .null, -1, 0), (.null, .null, -1, 0),
    ] as [(Value, Value, Value, Int)]
  )
  func `the first item of which the flow says true is found, and no more are asked about`(
    _ list: Value,
    _ item: Value,
    _ index: Value,
    _ calls: Int
  ) throws {
    let run = try Self.list("list:find", list, outputs: ["item:object", "index:number"])
    #expect(run.output("item", of: "loop") == item)
    #expect(run.output("index", of: "loop") == index)
    #expect(run.executions.count == 1 + calls)
    #expect(run.outcome.end.status == .succeeded)
  }

  @Test(
    arguments: [
      (
        "list:unique", [["k": "b", "n": 1], ["k": "a"], ["k": "b"]],
        [["k": "b", "n": 1], ["k": "a"]]
      ),
      (
        "list:unique", [["k": 1], ["k": "1"], ["k": .null], [:]],
        [["k": 1], ["k": "1"], ["k": .null]]
      ),
      (
        "list:sort", [["k": "b"], ["k": 10], ["k": .null], ["k": "a"], ["k": 9]],
        [["k": 9], ["k": 10], ["k": "a"], ["k": "b"], ["k": .null]]
      ),
      (
        "list:sort", [["k": 1, "n": 1], ["k": 0], ["k": 1, "n": 2]],
        [["k": 0], ["k": 1, "n": 1], ["k": 1, "n": 2]]
      ),
      ("list:sort", [], []), ("list:unique", .null, []),
    ] as [(String, Value, Value)]
  )
  func `items are told apart and sorted by what the flow returns`(
    _ address: String,
    _ list: Value,
    _ result: Value
  ) throws {
    #expect(try Self.list(address, list).output("list", of: "loop") == result)
  }

  @Test(
    arguments: [
      ("list:unique", [["k": "b"], ["k": "stop"]]), ("list:sort", [["k": "b"], ["k": "stop"]]),
    ] as [(String, Value)]
  )
  func `an item for which the flow stopped counts as null`(
    _ address: String,
    _ items: Value
  ) throws {
    let run = try Self.list(address, items, helper: CalledFlows.picky)
    #expect(run.output("list", of: "loop") == items)
  }

  @Test(arguments: ["list:find", "list:unique", "list:sort"])
  func `an item at which the flow fails is the card's error`(_ address: String) throws {
    let run = try Self.list(address, [["k": "x"], ["k": "fail"]], helper: CalledFlows.picky)
    #expect(run.step("loop")?.error?.path == "loop[1]/fail")
    #expect(run.outcome.end.status == .failed)
  }

  @Test(arguments: [("list:unique", 3), ("list:sort", 3), ("list:find", 2)])
  func `an unknown result makes the outputs unknown, and hides what else would be found`(
    _ address: String,
    _ executions: Int
  ) throws {
    let run = try Self.list(address, [["k": 1], ["k": 2]], helper: CalledFlows.asking)
    #expect(run.step("loop")?.status == .frontier)
    #expect(run.output("list", of: "loop")?.isUnknown == true)
    #expect(run.executions.count == executions)
    #expect(run.outcome.end.status == (address == "list:find" ? .undetermined : .succeeded))
    #expect(run.paths.contains("after"))
  }

  @Test(arguments: ["list:find", "list:unique", "list:sort", "object:each", "http:paginate"])
  func `a card without a flow is not run`(_ address: String) throws {
    var main = FlowBuilder("main")
    main.card("loop", address, ["list[]": .constant([])], outputs: ["item"])
    #expect(try ScriptedRun([main]).step("loop")?.error?.error.kind == .notFound)
  }
}

// MARK: - Objects

extension CalledFlowCardTests {
  private static func object(
    _ address: String,
    _ object: Value,
    helper: FlowBuilder
  ) throws -> ScriptedRun {
    var main = FlowBuilder("main")
    main.card("start", "control:callable")
    main.card(
      "loop",
      address,
      [
        "object:object": .constant(object), "flo:flo": .flow("helper"), "a": .item("key"),
        "b": .item("value"),
      ],
      outputs: ["output:object"]
    )
    return try ScriptedRun([main, helper]) { _ in .unknown(Unknown(requests: [7])) }
  }

  /// A flow that returns a key and a value made of its inputs.
  private static func pair(_ key: String, _ value: String, asks: Bool = false) -> FlowBuilder {
    var flow = FlowBuilder("helper")
    flow.card("start", "control:callable", outputs: ["a", "b:any"])
    if asks { flow.card("ask", "okta:readUser", outputs: ["u:any"]) }
    flow.card(
      "stop",
      "control:continueIf",
      [
        "left-operand": .wire("start.a"), "operator": .constant("!="),
        "right-operand": .constant("stop"),
      ]
    )
    flow.card(
      "end",
      "control:return",
      ["key:any": .wire(key), "value:any": .wire(value)],
      outputs: ["key:any", "value:any"]
    )
    return flow
  }

  @Test(
    arguments: [
      (["x": 1, "y": [2]], ["x": 1, "y": [2]]), (["x": 1, "stop": 2, "y": 3], ["x": 1, "y": 3]),
      ([["x": 1], ["x": 2, "z": .null]], ["x": 2, "z": .null]), ([:], [:]), (.null, [:]),
    ] as [(Value, Value)]
  )
  func `a map of an object has the pairs that the flow returns`(
    _ object: Value,
    _ result: Value
  ) throws {
    let run = try Self.object(
      "object:process",
      object,
      helper: Self.pair("start.a", "start.b")
    )
    #expect(run.output("output", of: "loop") == result)
    #expect(run.outcome.end.status == .succeeded)
  }

  @Test func `keys may be any values, and a null key leaves the member out`() throws {
    let run = try Self.object(
      "object:process",
      ["p": 1, "q": .null, "r": "x", "s": 1],
      helper: Self.pair("start.b", "start.a")
    )
    #expect(run.output("output", of: "loop") == ["1": "s", "x": "r"])
  }

  @Test(arguments: [("start.a", "ask.u", false), ("ask.u", "start.a", true)])
  func `an unknown value is a member, an unknown key makes the object unknown`(
    _ key: String,
    _ value: String,
    _ isUnknown: Bool
  ) throws {
    let run = try Self.object(
      "object:process",
      ["x": 1],
      helper: Self.pair(key, value, asks: true)
    )
    #expect(run.output("output", of: "loop")?.isUnknown == isUnknown)
    #expect(run.step("loop")?.status == (isUnknown ? .frontier : .succeeded))
  }

  @Test func `for each calls for every key and gives nothing`() throws {
    let run = try Self.object("object:each", ["x": 1, "y": 2], helper: CalledFlows.plain)
    #expect(run.output("a", of: "loop[0]/start") == "x")
    #expect(run.output("b", of: "loop[1]/start") == 2)
    #expect(run.output("output", of: "loop") == .null)
  }

  @Test func `without arguments a flow gets key and value by name`() throws {
    var main = FlowBuilder("main")
    main.card(
      "loop",
      "object:each",
      ["object:object": .constant(["x": 1]), "flo:flo": .flow("helper")]
    )
    var helper = FlowBuilder("helper")
    helper.card("start", "control:callable", outputs: ["value:any", "key"])
    let run = try ScriptedRun([main, helper])
    #expect(run.output("key", of: "loop[0]/start") == "x")
    #expect(run.output("value", of: "loop[0]/start") == 1)
  }

  @Test(arguments: ["object:each", "object:process", "http:paginate"])
  func `what is no object is refused`(_ address: String) throws {
    let run = try Self.object(address, "x", helper: CalledFlows.plain)
    #expect(run.step("loop")?.error?.error.kind == .invalidTypeConversion)
    let list = try Self.object(address, [1], helper: CalledFlows.plain)
    #expect(list.step("loop")?.error?.error.kind == .invalidTypeConversion)
  }

  @Test(arguments: ["object:each", "object:process", "http:paginate"])
  func `a loop over an unknown object is a frontier`(_ address: String) throws {
    var main = FlowBuilder("main")
    main.card("start", "control:callable")
    main.card("ask", "okta:readUser", outputs: ["u:object"])
    main.card(
      "loop",
      address,
      ["object:object": .wire("ask.u"), "path": .constant("x"), "flo:flo": .flow("helper")],
      outputs: ["output:object"]
    )
    let run = try ScriptedRun([main, CalledFlows.plain]) { _ in .unknown(Unknown(requests: [0])) }
    #expect(run.step("loop")?.status == .frontier)
    #expect(run.executions.count == 1)
    #expect(run.outcome.end.status == .undetermined)
  }
}
