import Flows
import TestSupport
import Testing
import Values

/// Made-up values have what flows read behind the cards that no public export holds.
@Suite struct MadeUpValueTests {
  /// A flow that reads the member `name` of its input.
  private static var reading: FlowBuilder {
    var helper = FlowBuilder("helper")
    helper.card("start", "control:callable", outputs: ["a:object"])
    helper.card(
      "get",
      "object:get",
      ["object:object": .wire("start.a"), "path": .constant("name")],
      outputs: ["output:string"]
    )
    helper.card("end", "control:return", ["a": .wire("get.output")], outputs: ["a"])
    return helper
  }

  private static func run(_ flows: [FlowBuilder], seed: UInt64) throws -> TypedRun {
    TypedRun(try ScriptedRun.program(flows), seed: seed)
  }

  @Test(arguments: ["object:each", "object:map", "object:process"], 0..<6 as Range<UInt64>)
  func `a made object has members as the called flow reads them`(
    _ address: String,
    _ seed: UInt64
  ) throws {
    var main = FlowBuilder("main")
    main.card("start", "control:callable", outputs: ["people:object"])
    main.card(
      "loop",
      address,
      [
        "object:object": .wire("start.people"), "flo:flo": .flow("helper"), "a": .item("value"),
      ],
      outputs: ["output:any"]
    )
    let run = try Self.run([main, Self.reading], seed: seed)
    #expect(run.outcome.end.status == .succeeded)
    let name = run.steps.first { $0.path == "loop[0]/get" }?.namedOutputs["output"]
    guard case .text? = name else {
      Issue.record("the flow read \(String(describing: name))")
      return
    }
  }

  @Test(arguments: 0..<6 as Range<UInt64>)
  func `what is read from an item that is found is in the items`(_ seed: UInt64) throws {
    var main = FlowBuilder("main")
    main.card("start", "control:callable", outputs: ["people:object[]"])
    main.card(
      "find",
      "list:find",
      [
        "list:object[]": .wire("start.people"), "flo:flo": .flow("helper"), "a": .item(""),
      ],
      outputs: ["item:object", "index:number"]
    )
    main.card(
      "get",
      "object:get",
      ["object:object": .wire("find.item"), "path": .constant("mail")],
      outputs: ["output:string"]
    )
    var helper = FlowBuilder("helper")
    helper.card("start", "control:callable", outputs: ["a:object"])
    helper.card("end", "control:return", ["a:boolean": .constant(true)], outputs: ["a:boolean"])
    let run = try Self.run([main, helper], seed: seed)
    let start = run.steps.first { $0.path == "start" }?.namedOutputs["people"]
    guard case .list(let people)? = start, case .object(let person)? = people.first else { return }
    #expect(person["mail"] != nil)
  }

  @Test(arguments: 0..<6 as Range<UInt64>)
  func `a text that is parsed as XML is XML with the elements that are read`(
    _ seed: UInt64
  ) throws {
    var main = FlowBuilder("main")
    main.card("start", "control:callable", outputs: ["document"])
    main.card("parse", "xml:parse", ["xml": .wire("start.document")], outputs: ["output:object"])
    main.card(
      "get",
      "object:get",
      ["object:object": .wire("parse.output"), "path": .constant("users.user.0")],
      outputs: ["output:string"]
    )
    let run = try Self.run([main], seed: seed)
    #expect(run.outcome.end.status == .succeeded)
    guard case .text(let document)? = run.steps.first?.namedOutputs["document"] else {
      Issue.record("no text was made")
      return
    }
    #expect(document.contains("<users"))
    let user = run.steps.first { $0.path == "get" }?.namedOutputs["output"]
    #expect(user?.isNull == !document.contains("<user>"))
  }

  @Test(arguments: 0..<6 as Range<UInt64>)
  func `the first page has what the flow reads of every page`(_ seed: UInt64) throws {
    var main = FlowBuilder("main")
    main.card("start", "control:callable", outputs: ["state:object"])
    main.card(
      "pages",
      "http:paginate",
      [
        "object:object": .wire("start.state"), "path": .constant("more"),
        "flo:flo": .flow("helper"),
      ],
      outputs: ["output:object"]
    )
    var helper = FlowBuilder("helper")
    helper.card("start", "control:callable", outputs: ["url"])
    helper.card("end", "control:return", ["url": .wire("start.url")], outputs: ["url"])
    let run = try Self.run([main, helper], seed: seed)
    let url = run.steps.first { $0.path == "pages[0]/start" }?.namedOutputs["url"]
    #expect(url?.isNull == false)
  }

  @Test(arguments: ["list:filter", "list:sort", "list:unique", "list:find", "http:paginate"])
  func `a card whose output nobody declared is passed over`(_ address: String) throws {
    var main = FlowBuilder("main")
    main.card("start", "control:callable", outputs: ["people:object[]", "state:object"])
    let source: (String, FlowInput) =
      address == "http:paginate"
      ? ("object:object", .wire("start.state")) : ("list:object[]", .wire("start.people"))
    main.card(
      "loop",
      address,
      [source.0: source.1, "path": .constant("more"), "flo:flo": .flow("helper")]
    )
    let run = try Self.run([main, CalledFlows.plain], seed: 1)
    #expect(run.outcome.end.status == .succeeded)
  }
}
