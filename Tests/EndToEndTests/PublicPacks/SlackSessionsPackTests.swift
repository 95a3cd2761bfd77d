import TestSupport
import Testing
import Values

/// The public pack that ends Slack sessions of which Slack's audit log says that they are odd.
///
/// The readme and the notes say: on its schedule the flow asks for the anomalies of the last 15
/// minutes, keeps those with one of three combinations of reasons, ends the sessions of their
/// users, each named once, and tells a channel. Where no user is left, nobody is told anything.
/// Where Slack says no or cannot be reached, the flow *1.1* tells a channel which flow failed, in
/// which execution and why.
@Suite(.enabled(if: SharedData.isPresent, "needs ../shared/data"))
struct SlackSessionsPackTests {
  /// Four users with reasons that count, one of them twice, and one with reasons that do not.
  private static let anomalies = """
    {"ok": true, "entries": [
      {"entity": {"user": {"id": "U1"}},
       "details": {"reason": ["asn", "ip_address", "user_agent"]}},
      {"entity": {"user": {"id": "U2"}}, "details": {"reason": ["asn", "user_agent"]}},
      {"entity": {"user": {"id": "U3"}}, "details": {"reason": ["ip_address"]}},
      {"entity": {"user": {"id": "U4"}}, "details": {"reason": ["ip_address", "user_agent"]}},
      {"entity": {"user": {"id": "U1"}}, "details": {"reason": ["asn", "user_agent"]}}
    ]}
    """

  private static let refusal = """
    "error": {"kind": "HTTP Error", "message": "Slack is away", "statusCode": 503}
    """

  /// An answer of Slack's audit log.
  private static func audit(_ body: String) -> String {
    "\"outputs\": {\"Response/Status Code\": 200, \"Response/Body\": \(body)}"
  }

  /// Runs the flow as its schedule does at a quarter past six.
  private func withTick(
    audit: String,
    reset: String = "\"outputs\": {}",
    endWith status: Int32 = 0,
    _ body: (ProgramStore, Object, [AskedOfConnector]) throws -> Void
  ) throws {
    try withProgramStore { store in
      let pack = PublicPack(name: "invalidate_anomalous_slack_sessions")
      try store.must("flow", "add", pack.export)
      let answers = try store.file(
        "answers.json",
        """
        {"answers": [
          {"connector": "httpfunctions", "method": "get", \(audit)},
          {"connector": "httpfunctions", "method": "post",
           "when": {"Request/URL": {"endsWith": "/admin.users.session.resetBulk"}}, \(reset)},
          {"connector": "httpfunctions", "method": "post",
           "when": {"Request/URL": {"endsWith": "/chat.postMessage"}},
           "outputs": {"Response/Body": {"ok": true}}}
        ]}
        """
      )
      try store.must(
        "run",
        "1.0 Invalidate Anomalous Slack Sessions",
        "--input",
        "\"2026-09-14T06:15:00.000Z\"",
        "--answers",
        answers,
        endWith: status
      )
      let execution = try #require(try store.history().first)
      try body(store, execution, try store.effects(of: execution))
      #expect(try store.expectIdenticalReplayElsewhere() == 1)
    }
  }

  /// The last words of the addresses that were asked.
  private func asked(_ effects: [AskedOfConnector]) -> [String] {
    effects.map { effect in
      let address = effect.inputs.string("Request/URL").prefix { $0 != "?" }
      return String(address.split(separator: "/").last ?? "")
    }
  }

  @Test func `users with the reasons that count lose their sessions, and a channel is told`() throws
  {
    try withTick(audit: Self.audit(Self.anomalies)) { store, execution, effects in
      #expect(execution["status"] == "succeeded")
      try #require(
        asked(effects) == ["logs", "admin.users.session.resetBulk", "chat.postMessage"]
      )
      // Six o'clock in seconds, 15 minutes before the schedule's time.
      #expect(
        effects[0].inputs["Request/URL"]
          == "https://api.slack.com/audit/v1/logs?oldest=1789365600&action=anomaly"
      )
      let body = try JSON.parse(Text(effects[1].inputs.string("Request/Body")))
      #expect(body == ["user_ids": ["U1", "U2", "U4"]])
      #expect(effects[2].inputs.string("Request/Body").contains("<@U1>, <@U2>, <@U4>"))
      #expect(try store.called(by: execution).isEmpty)
    }
  }

  @Test func `where no anomaly has reasons that count, nothing is reset`() throws {
    let harmless = """
      {"ok": true, "entries": [
        {"entity": {"user": {"id": "U3"}}, "details": {"reason": ["ip_address"]}}
      ]}
      """
    try withTick(audit: Self.audit(harmless)) { _, execution, effects in
      #expect(execution["status"] == "stopped")
      #expect(asked(effects) == ["logs"])
    }
  }

  /// Expects that the error flow ran once and told of an execution and its error, and nothing else.
  private func expectTold(
    _ message: String,
    _ store: ProgramStore,
    _ execution: Object,
    _ effect: AskedOfConnector
  ) throws {
    #expect(execution["status"] == "failed")
    #expect(execution.string("error") == message)
    let called = try store.called(by: execution)
    try #require(called.map { $0.string("flow") } == ["1.1 - Error Handling Helper Flow"])
    #expect(called[0]["status"] == "succeeded")
    let text = effect.inputs.string("Request/Body")
    for part in [
      "1.0 Invalidate Anomalous Slack Sessions", execution.string("execution"), "`\(message)`",
    ] {
      #expect(text.contains(part), "\(part) is missing in \(text)")
    }
  }

  @Test func `where the audit log cannot be reached, the error flow tells a channel`() throws {
    try withTick(audit: Self.refusal, endWith: 2) { store, execution, effects in
      try #require(asked(effects) == ["logs", "chat.postMessage"])
      try expectTold("Slack is away", store, execution, effects[1])
    }
  }

  @Test func `where Slack says no, the error flow tells what Slack said`() throws {
    let refused = Self.audit("{\"ok\": false, \"error\": \"invalid_auth\"}")
    try withTick(audit: refused, endWith: 2) { store, execution, effects in
      try #require(asked(effects) == ["logs", "chat.postMessage"])
      try expectTold("invalid_auth", store, execution, effects[1])
    }
  }

  @Test func `where sessions cannot be reset, a channel is told of the error and not of success`()
    throws
  {
    try withTick(audit: Self.audit(Self.anomalies), reset: Self.refusal, endWith: 2) {
      store,
      execution,
      effects in
      try #require(
        asked(effects) == ["logs", "admin.users.session.resetBulk", "chat.postMessage"]
      )
      try expectTold("Slack is away", store, execution, effects[2])
    }
  }
}
