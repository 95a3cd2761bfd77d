import Flows
import Replay
import TestSupport
import Testing
import Values

/// What comparing says of the executions that a run calls.
@Suite struct CalledExecutionTests {
  private static func helper(fails: Bool = false) -> FlowBuilder {
    var helper = FlowBuilder("helper")
    helper.card("start", "control:callable", outputs: ["context/execution_id"])
    helper.card("mail", "mail:sendEmail", ["Email/Body": .wire("start.context/execution_id")])
    if fails { helper.card("boom", "control:throw", ["message": .constant("no")]) }
    return helper
  }

  private static func caller(_ card: String, _ address: String) -> FlowBuilder {
    var main = FlowBuilder("main")
    main.card("start", "control:callable")
    main.card(card, address, ["list[]": .constant(["a", "b"]), "flo:flo": .flow("helper")])
    return main
  }

  @Test(arguments: ["control:spawn", "list:each", "list:asyncEach", "control:run"])
  func `a re-created caller calls the same executions`(_ address: String) throws {
    let result = try Versions(
      [Self.caller("old", address), Self.helper()],
      [Self.caller("new", address), Self.helper()]
    ).diff()
    #expect(result.verdict == .identical)
    #expect(result.notes.count == 1)
  }

  @Test(arguments: ["list:asyncEach", "control:run"])
  func `one that nobody waits for and that fails now is a change`(_ address: String) throws {
    let result = try Versions(
      [Self.caller("call", address), Self.helper()],
      [Self.caller("call", address), Self.helper(fails: true)]
    ).diff()
    #expect(result.verdict == .changed)
    #expect(Set(result.changes.map(\.kind)) == [.status])
    #expect(result.changes.first?.after == "failed")
  }

  private static func onEvents(fails: Bool) -> [FlowBuilder] {
    var body = FlowBuilder("body")
    body.card("start", "control:callable", outputs: ["Output/Message"])
    body.card("send", "slack:send")
    if fails { body.card("boom", "control:throw", ["message": .constant("no")]) }
    var main = FlowBuilder("main")
    main.card(
      "event",
      "okta:userCreated",
      outputs: ["collection:object[]"],
      model: ["webhook": true, "webhookList": true]
    )
    main.card(
      "each",
      "list:asyncEach",
      ["list:object[]": .wire("event.collection"), "flo:flo": .inline(body)]
    )
    return [main]
  }

  @Test(arguments: [(false, true, Verdict.broken), (true, false, .fixed), (true, true, .identical)])
  func `a flow of events fails with its events`(
    _ before: Bool,
    _ after: Bool,
    _ verdict: Verdict
  ) throws {
    let events = Trigger.events([["Output": ["Message": "a"]]])
    let versions = try Versions(
      Self.onEvents(fails: before),
      Self.onEvents(fails: after),
      trigger: events
    )
    #expect(versions.diff().verdict == verdict)
  }

  @Test func `what a removed caller did is put down to it`() throws {
    var main = FlowBuilder("main")
    main.card("start", "control:callable")
    let result = try Versions([Self.caller("call", "control:spawn"), Self.helper()], [main]).diff()
    #expect(result.changes.map(\.kind) == [.missing])
    #expect(result.card?.uuid == "call")
  }

  @Test func `a card that asks again is one effect`() throws {
    func flow(_ id: Value) -> [FlowBuilder] {
      var main = FlowBuilder("main")
      main.card("start", "control:callable")
      main.card(
        "put",
        "okta:updateUser",
        ["User/id": .constant(id)],
        policy: ["type": "finish", "retry": 3, "delay": [1]]
      )
      return [main]
    }
    let result = try Versions(flow("u1"), flow("u2")) { request in
      request.attempt < 3
        ? .failure(CardError(kind: .httpError, message: "slow down", statusCode: 429))
        : RunInMemory.done
    }.diff()
    #expect(result.changes.map(\.kind) == [.arguments])
  }
}
