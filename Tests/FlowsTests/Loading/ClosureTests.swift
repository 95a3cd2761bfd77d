import Flows
import TestSupport
import Testing
import Values

@Suite struct ClosureTests {
  private static var export: String {
    var main = FlowBuilder("main")
    main.card("start", "control:callable", outputs: ["x"])
    main.card("note", "control:comment")
    main.card("call", "control:spawn", ["flo:flo": .flow("other"), "a": .constant("one")])
    main.card("sum", "math:hypot", outputs: ["output"])
    var other = FlowBuilder("other")
    other.card("begin", "control:callable", outputs: ["a"])
    var apart = FlowBuilder("apart")
    apart.card("begin", "control:callable")
    return String(decoding: FlowBuilder.export([main, other, apart]), as: UTF8.self)
  }

  private static func version(_ text: String) throws -> FlowVersion {
    let pack = try FlowPack.load(Array(text.utf8), source: "x")
    return FlowVersion(try #require(pack.closure(of: "main")))
  }

  @Test func `a closure holds what the flow can reach and no more`() throws {
    let version = try Self.version(Self.export)
    #expect(version.flowCount == 2)
    #expect(version.cardCount == 4)
    #expect(version.hash.description.count == 64)
    #expect(version.unsupportedCards == ["math:hypot"])
    #expect(!version.isRunnable)
  }

  @Test(arguments: [
    ("\"one\"", "\"two\""), ("\"spawn\"", "\"run\""), (":spawn\"", ":run\""),
    ("\"key\":\"a\"", "\"key\":\"b\""), ("\"type\":\"finish\"", "\"type\":\"return\""),
    ("[\"start\",\"note\"]", "[\"start\",\"note\"],\"x\":[\"start\",\"start\"]"),
  ])
  func `what can alter a run alters the hash`(_ replace: String, _ with: String) throws {
    let changed = Self.export.replacing(replace, with: with)
    let same = replace == "\"spawn\"" || replace.hasPrefix("[")
    #expect((try Self.version(changed).hash == Self.version(Self.export).hash) == same)
  }

  @Test func `order of keys and what editors show do not`() throws {
    let value = try JSON.parse(Array(Self.export.utf8))
    let sorted = String(decoding: CanonicalJSON.serialize(value), as: UTF8.self)
    #expect(try Self.version(sorted).hash == Self.version(Self.export).hash)
    let labelled = Self.export.replacing("\"name\":\"call\"", with: "\"name\":\"Call it\"")
    #expect(labelled != Self.export)
    #expect(try Self.version(labelled).hash == Self.version(Self.export).hash)
  }

  @Test func `a flow outside the closure does not count`() throws {
    let changed = Self.export.replacing("\"name\":\"apart\"", with: "\"name\":\"elsewhere\"")
    #expect(changed != Self.export)
    #expect(try Self.version(changed).hash == Self.version(Self.export).hash)
  }
}
