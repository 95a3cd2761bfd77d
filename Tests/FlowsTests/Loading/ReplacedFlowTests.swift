import Flows
import TestSupport
import Testing
import Values

/// Which flows of exports take the places of those of a closure.
@Suite struct ReplacedFlowTests {
  /// A flow that calls a helper for each item, and sends a text.
  private static func main(_ text: Value) -> FlowBuilder {
    var main = FlowBuilder("main")
    main.card("start", "control:callable")
    main.card("each", "list:each", ["list[]": .constant(["1"]), "flo:flo": .flow("helper")])
    main.card("send", "slack:send", ["Message/Text": .constant(text)])
    return main
  }

  private static func helper(_ text: Value) -> FlowBuilder {
    var helper = FlowBuilder("helper")
    helper.card("start", "control:callable")
    helper.card("send", "slack:send", ["Message/Text": .constant(text)])
    return helper
  }

  private static func pack(_ flows: FlowBuilder...) throws -> FlowPack {
    try FlowPack.load(FlowBuilder.export(flows), source: "test")
  }

  private static func closure() throws -> FlowClosure {
    try #require(try pack(main("a"), helper("a")).closure(of: "main"))
  }

  private static func hash(_ closure: FlowClosure?) throws -> Text {
    FlowVersion(try #require(closure)).hash
  }

  @Test func `the flow and its helpers are replaced by their ids`() throws {
    let pack = try Self.pack(Self.main("b"), Self.helper("b"))
    let replaced = try Self.closure().replacing(with: [pack], knowing: ["main", "helper"])
    #expect(try Self.hash(replaced) == Self.hash(pack.closure(of: "main")))
  }

  @Test func `a helper alone is replaced, and the rest stays`() throws {
    let pack = try Self.pack(Self.helper("b"))
    let replaced = try Self.closure().replacing(with: [pack], knowing: ["main", "helper"])
    let whole = try Self.pack(Self.main("a"), Self.helper("b"))
    #expect(try Self.hash(replaced) == Self.hash(whole.closure(of: "main")))
  }

  @Test func `of several exports the last counts`() throws {
    let packs = try ["b", "c"].map { try Self.pack(Self.helper(.text($0))) }
    let replaced = try Self.closure().replacing(with: packs, knowing: ["main", "helper"])
    let whole = try Self.pack(Self.main("a"), Self.helper("c"))
    #expect(try Self.hash(replaced) == Self.hash(whole.closure(of: "main")))
  }

  @Test func `an export of other flows changes nothing`() throws {
    var other = FlowBuilder("other")
    other.card("start", "control:callable")
    let pack = try Self.pack(other)
    let closure = try Self.closure()
    #expect(!closure.isReached(by: pack, knowing: ["main", "helper"]))
    let replaced = closure.replacing(with: [pack], knowing: ["main", "helper"])
    #expect(try Self.hash(replaced) == Self.hash(closure))
  }
}
