import Audit
import EventStore
import Flows
import Replay
import TestSupport
import Testing
import Values

@Suite struct HistoryTests {
  private static let sending: FlowBuilder = {
    var flow = FlowBuilder("main")
    flow.card("start", "control:callable")
    flow.card("send", "slack:send")
    return flow
  }()

  @Test func `a run that was cut off is listed as running`() throws {
    try AuditedLog.with { audited in
      let closure = try AuditedLog.closure([Self.sending])
      let header = RecordingHeader(
        execution: "e-1",
        version: FlowVersion(closure),
        mode: .live,
        input: .manual
      )
      var run = RecordingRun(Program(closure), header: header, log: audited.log)
      if case .needs(let request) = try run.start() { try run.announce(request) }
      let entry = try #require(try HistoryView(audited.log).execution("e-1"))
      #expect(entry.status == "running")
      #expect(entry.mode == .live)
      #expect(entry.steps == nil)
      #expect(try RecordingReader(audited.log).recording(of: "e-1")?.openRequests.count == 1)
    }
  }

  @Test func `a repair resolves what it repairs`() throws {
    try AuditedLog.with { audited in
      let closure = try AuditedLog.closure([Self.sending])
      let failing = try ScriptedAnswers(
        Array(
          #"{"answers":[{"connector":"slack","method":"send","error":{"kind":"Timeout","message":"\#(String(repeating: "late ", count: 200))"}}]}"#
            .utf8
        ),
        source: "answers.json"
      )
      try audited.run(closure, .manual, id: "e-1", script: failing)
      try audited.run(closure, .manual, id: "e-2", repairs: "e-1")
      let failed = try #require(try HistoryView(audited.log).execution("e-1"))
      #expect(failed.status == "failed")
      #expect(failed.resolvedBy == "e-2")
      guard case .text(let message)? = failed.error?["message"] else {
        Issue.record("a long message is lost")
        return
      }
      #expect(message.hasPrefix("late late"))
      #expect(failed.json["error"] == .text(message))
    }
  }

  @Test func `the line of the command line has the keys it promises`() throws {
    try AuditedLog.with { audited in
      try audited.run(try AuditedLog.closure([Self.sending]), .manual, id: "e-1")
      let entry = try #require(try HistoryView(audited.log).execution("e-1"))
      let line = entry.json
      #expect(
        line.keys == [
          "execution", "flow", "version", "mode", "status", "stoppedBy", "trigger", "started",
          "finished", "steps", "error", "parent", "root", "resolvedBy",
        ]
      )
      #expect(line["steps"] == 2)
    }
  }
}
