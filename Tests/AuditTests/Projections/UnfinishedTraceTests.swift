import Audit
import EventStore
import Flows
import Replay
import TestSupport
import Testing
import Values

/// Traces through runs that ended inside a container.
@Suite struct UnfinishedTraceTests {
  private static func flows() -> [FlowBuilder] {
    var item = FlowBuilder("item")
    item.card("item-start", "control:callable", outputs: ["who"])
    item.card("send", "slack:send", ["Message/Text": .wire("item-start.who")])
    item.card("mail", "gmail:sendEmail", ["Email/To": .wire("item-start.who")])
    var main = FlowBuilder("main")
    main.card("start", "control:callable", outputs: ["items[]"])
    main.card(
      "each",
      "list:each",
      ["list[]": .wire("start.items"), "flo:flo": .flow("item"), "who": .item("")]
    )
    return [main, item]
  }

  /// Answers the mail never.
  private struct ForgetfulDriver: Driver {
    struct Killed: Error {}

    func reach(of request: EffectRequest) -> EffectReach { .outside }

    func answer(_ request: EffectRequest) throws -> EffectReply {
      if request.path.hasSuffix("mail") { throw Killed() }
      return EffectReply(.outputs(ConnectorAnswer(outputs: [:])))
    }

    func refresh() {}
  }

  @Test func `effects that were sent before a run was cut off are found from its root`() throws {
    try AuditedLog.with { audited in
      let closure = try AuditedLog.closure(Self.flows())
      let header = RecordingHeader(
        execution: "e-1",
        version: FlowVersion(closure),
        number: 1,
        mode: .local,
        input: .call(arguments: ["items": ["ada", "ben"]])
      )
      var driver = ForgetfulDriver()
      #expect(throws: ForgetfulDriver.Killed.self) {
        try Recorder(audited.log).run(Program(closure), header, &driver)
      }
      let tracer = Tracer(audited.log)
      let down = try tracer.trace(.execution("e-1"), .down).edges
      #expect(down.contains { $0.to == "step:e-1/each" && $0.kind == .ran })
      #expect(down.contains { $0.from == "step:e-1/each" && $0.kind == .called })
      #expect(down.contains { $0.to == "effect:slack:send" })
      #expect(down.contains { $0.to == "effect:gmail:sendEmail" })
      let up = try tracer.trace(.step(execution: "e-1", path: "each[0]/mail"), .up).edges
      #expect(up.contains { $0.from == "step:e-1/each" && $0.kind == .called })
      #expect(up.contains { $0.from == "execution:e-1" && $0.kind == .ran })
    }
  }
}
