import Flows
import TestSupport
import Testing
import Values

/// *Paginate*, which no public export holds.
@Suite struct PaginateTests {
  private static func pages(
    _ object: Value,
    path: String = "break",
    helper: FlowBuilder
  ) throws -> ScriptedRun {
    var main = FlowBuilder("main")
    main.card("start", "control:callable")
    main.card(
      "pages",
      "http:paginate",
      [
        "object:object": .constant(object), "path": .constant(.text(Text(path))),
        "flo:flo": .flow("helper"),
      ],
      outputs: ["output:object"]
    )
    return try ScriptedRun([main, helper]) { _ in .unknown(Unknown(requests: [3])) }
  }

  /// The page's example: counts, and takes the break out of its object at the maximum.
  private static var counting: FlowBuilder {
    var flow = FlowBuilder("helper")
    flow.card(
      "start",
      "control:callable",
      outputs: ["page_index:number", "max_page_index:number", "break:any"]
    )
    flow.card(
      "add",
      "math:add",
      ["a:number": .wire("start.page_index"), "b:number": .constant(1)],
      outputs: ["output:number"]
    )
    flow.card(
      "object",
      "object:construct",
      [
        "page_index:any": .custom(.wire("add.output")),
        "max_page_index:any": .custom(.wire("start.max_page_index")),
        "break:any": .custom(.wire("start.break")),
      ],
      outputs: ["output:object"]
    )
    flow.ifElse(
      "full",
      [
        "left-operand": .wire("add.output"), "operator": .constant("=="),
        "right-operand": .wire("start.max_page_index"),
      ],
      joined: [("object:object", "unset.output", "same.object")],
      whenTrue: {
        $0.card(
          "unset",
          "object:unset",
          ["object:object": .wire("object.output"), "path": .constant("break")],
          outputs: ["output:object"]
        )
      },
      whenFalse: {
        $0.card(
          "same",
          "control:let",
          ["object:object": .wire("object.output")],
          outputs: ["object:object"]
        )
      }
    )
    flow.card(
      "end",
      "control:return",
      ["output:object": .wire("full-join.object")],
      outputs: ["output:object"]
    )
    return flow
  }

  @Test func `pages are turned until the flow takes the break out`() throws {
    let run = try Self.pages(
      ["page_index": 0, "max_page_index": 10, "break": false],
      helper: Self.counting
    )
    #expect(run.executions.count == 11)
    #expect(run.output("output", of: "pages") == ["page_index": 10, "max_page_index": 10])
    #expect(run.output("page_index", of: "pages[9]/start") == 9)
    #expect(run.executions.last?.index == 9)
  }

  @Test func `a card turns 5,000 pages and no more`() throws {
    let object: Value = ["page_index": 0, "max_page_index": 5_000, "break": false]
    #expect(try Self.pages(object, helper: Self.counting).outcome.end.status == .succeeded)
    let run = try Self.pages(
      ["page_index": 0, "max_page_index": -1, "break": false],
      helper: Self.counting
    )
    #expect(run.step("pages")?.error?.error.kind == .invalidInput)
    #expect(run.executions.count == 5_001)
  }

  @Test(
    arguments: [
      ("break", ["a": 1], ["a": 1]), ("x", ["a": 1], ["a": 1]), ("", ["a": 1], ["a": 1]),
      ("break", .null, ["a": .null]),
    ] as [(String, Value, Value)]
  )
  func `the flow is called once where its object lacks the path at once`(
    _ path: String,
    _ object: Value,
    _ result: Value
  ) throws {
    let run = try Self.pages(object, path: path, helper: CalledFlows.plain)
    #expect(run.executions.count == 2)
    #expect(run.output("output", of: "pages") == result)
  }

  @Test func `a flow that stops ends the pages with nothing`() throws {
    let run = try Self.pages(["a": "stop", "break": 1], helper: CalledFlows.picky)
    #expect(run.executions.count == 2)
    #expect(run.output("output", of: "pages") == .null)
    #expect(run.outcome.end.status == .succeeded)
  }

  @Test func `a page at which the flow fails is the card's error`() throws {
    let run = try Self.pages(["a": "fail", "break": 1], helper: CalledFlows.picky)
    #expect(run.step("pages")?.error?.path == "pages[0]/fail")
  }

  @Test func `an unknown page hides whether there are more`() throws {
    let run = try Self.pages(["a": 1, "break": 1], helper: CalledFlows.asking)
    #expect(run.step("pages")?.status == .frontier)
    #expect(run.executions.count == 2)
    #expect(run.outcome.end.status == .undetermined)
  }

  @Test(arguments: [("u", 2), ("u.next", 2), ("a", 5_001), ("v", 2)])
  func `an unknown value at the path hides whether there are more`(
    _ path: String,
    _ executions: Int
  ) throws {
    var helper = FlowBuilder("helper")
    helper.card("start", "control:callable", outputs: ["a:any"])
    helper.card("ask", "okta:readUser", outputs: ["u:any"])
    helper.card(
      "end",
      "control:return",
      ["u:any": .wire("ask.u"), "a:any": .wire("start.a")],
      outputs: ["u:any", "a:any"]
    )
    let run = try Self.pages(["a": 1], path: path, helper: helper)
    #expect(run.executions.count == executions)
    #expect((run.step("pages")?.status == .frontier) == path.hasPrefix("u"))
  }
}
