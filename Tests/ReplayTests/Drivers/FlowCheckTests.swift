import Flows
import Replay
import TestSupport
import Testing
import Values

@Suite struct FlowCheckTests {
  private static func closure() throws -> FlowClosure {
    var helper = FlowBuilder("helper")
    helper.card("start", "control:callable")
    helper.card("tell", "slack:sendMessage", ["Message/Text": .constant("hi")])
    var main = FlowBuilder("main")
    main.card("start", "control:callable")
    main.card("read", "okta:readUser")
    main.card("again", "okta:readUser")
    main.card("search", "okta:searchSystemLogs")
    main.card("row", "stash:createRow")
    main.card("reply", "httpfunctions:close")
    main.card("tell", "slack:sendMessage")
    main.card("call", "control:spawn", ["flo:flo": .flow("helper")])
    main.card("odd", "string:nothingLikeIt")
    let pack = try FlowPack.load(FlowBuilder.export([main, helper]), source: "test")
    return try #require(pack.closure(of: "main"))
  }

  private static func rows(_ check: FlowCheck) -> [String] {
    check.items.map { item in
      "\(item.address) \(item.effect?.rawValue ?? "-") \(item.cards) \(item.answerer.rawValue)"
    }
  }

  @Test func `what a flow and its callees ask is told once, with who answers`() throws {
    let check = FlowCheck(try Self.closure())
    #expect(
      Self.rows(check) == [
        "okta:readUser read 2 nobody", "okta:searchSystemLogs read 1 log",
        "stash:createRow write 1 tables", "httpfunctions:close reply 1 caller",
        "slack:sendMessage write 2 nobody", "string:nothingLikeIt - 1 unsupported",
      ]
    )
    #expect(check.items[4].flows == ["main", "helper"])
    #expect(
      check.missing.map(\.address) == [
        "okta:readUser", "slack:sendMessage", "string:nothingLikeIt",
      ]
    )
  }

  @Test func `an entry of an answers file answers its method`() throws {
    let script = try ScriptedAnswers(
      Array(#"{"answers":[{"connector":"okta","method":"readUser","outputs":{}}]}"#.utf8),
      source: "test"
    )
    let check = FlowCheck(try Self.closure(), script: script)
    #expect(check.items.first?.answerer == .file)
    #expect(check.missing.map(\.address) == ["slack:sendMessage", "string:nothingLikeIt"])
  }

  @Test func `a pause is asked about like a service, which no live run has`() throws {
    var main = FlowBuilder("main")
    main.card("start", "control:callable")
    main.card("pause", "control:pause")
    let pack = try FlowPack.load(FlowBuilder.export([main]), source: "test")
    let closure = try #require(pack.closure(of: "main"))
    #expect(Self.rows(FlowCheck(closure)) == ["control:pause reply 1 nobody"])
    #expect(Self.rows(FlowCheck(closure, isTyped: true)) == ["control:pause reply 1 typed"])
    let script = try ScriptedAnswers(
      Array(#"{"answers":[{"connector":"control","method":"pause","outputs":{}}]}"#.utf8),
      source: "test"
    )
    #expect(FlowCheck(closure, script: script).items.first?.answerer == .file)
    let services = Services(
      missing: { _, _, _ in nil },
      effect: { _ in .unsafe },
      perform: { _ in Services.Reply(.value(.null)) },
      ask: { _, _ throws(CardError) in nil },
      sleep: { _ in }
    )
    let live = FlowCheck(closure, services: services)
    #expect(live.missing.first?.reason?.contains("resumes") == true)
  }

  @Test func `made-up values answer everything but what is not supported`() throws {
    let check = FlowCheck(try Self.closure(), isTyped: true)
    #expect(check.missing.map(\.address) == ["string:nothingLikeIt"])
    #expect(check.items[1].answerer == .typed)
  }
}
