import Audit
import EventStore
import Flows
import Replay
import TestSupport
import Testing
import Values

@Suite struct FailuresTests {
  private static let sending: FlowBuilder = {
    var flow = FlowBuilder("main")
    flow.card("start", "control:callable")
    flow.card("send", "slack:send")
    return flow
  }()

  /// Runs the flow, its message refused so.
  private static func fail(
    _ audited: AuditedLog,
    _ id: Text,
    _ message: String,
    kind: String = "Not Found",
    repairs: Text? = nil
  ) throws {
    let error: Object = ["kind": .text(Text(kind)), "message": .text(Text(message))]
    let entry: Object = [
      "connector": .text("slack"), "method": .text("send"), "error": .object(error),
    ]
    let answers = JSON.serialize(.object(["answers": .list([.object(entry)])]))
    let script = try ScriptedAnswers(answers, source: "answers.json")
    let closure = try AuditedLog.closure([sending])
    try audited.run(closure, .manual, id: id, script: script, repairs: repairs)
  }

  @Test(arguments: [
    (
      "E0000007: Not found: Resource not found: 00u1ab2 (User)",
      "E0000007: Not found: Resource not found: 00u9zz (User)", true
    ),
    ("E0000007: Not found", "E0000011: Invalid token", false),
    ("no user 'ada@example.com'", "no user 'bob@example.com'", true),
    ("no user", "no group", false),
    ("late by 30 s", "late by 1,200 s", true),
    ("tried at 2026-09-14T08:00:00Z.", "tried at 2026-09-15T11:30:00Z.", true),
    ("tried at 2026-09-14T08:00:00Z.", "tried at 2026-09-14T08:00:00Z!", false),
    (
      "id=3f0c6b1e-0000-4000-8000-000000000001, gone",
      "id=aaaaaaaa-1111-4000-8000-00000000000f, gone", true
    ),
    ("two\n lines", "two lines", true),
    ("404", "404 twice", false),
    ("ключ ada@example.com", "ключ bob@example.com", true),
  ])
  func `messages that differ in ids, addresses, times and numbers alone are one failure`(
    one: String,
    other: String,
    isOne: Bool
  ) throws {
    try AuditedLog.with { audited in
      try Self.fail(audited, "e-1", one)
      try Self.fail(audited, "e-2", other)
      let clusters = try Failures(audited.log).clusters()
      #expect(clusters.map(\.count) == (isOne ? [2] : [1, 1]))
      #expect(clusters.allSatisfy { $0.card == "send" && $0.kind == "Not Found" })
    }
  }

  @Test func `the largest cluster stands first, and names its last execution`() throws {
    try AuditedLog.with { audited in
      try Self.fail(audited, "e-1", "no channel C024BE91L")
      try Self.fail(audited, "e-2", "no user U024BE7LK4BE7LH")
      try Self.fail(audited, "e-3", "no user U024BE7LK")
      try Self.fail(audited, "e-4", "no user U024BE7LK", kind: "Timeout")
      try audited.run(try AuditedLog.closure([Self.sending]), .manual, id: "e-5")
      let clusters = try Failures(audited.log).clusters()
      #expect(clusters.first?.executions == ["e-2", "e-3"])
      #expect(clusters.first?.exemplar == "e-3")
      #expect(clusters.first?.versions == [1])
      #expect(Set(clusters.flatMap(\.executions)) == ["e-1", "e-2", "e-3", "e-4"])
      #expect(Set(clusters.map(\.id)).count == 3)
    }
  }

  @Test func `a cluster is called the same in every log`() throws {
    var names: [Text] = []
    for user in ["U024BE7LK4BE7LH", "W012A3CDE"] {
      try AuditedLog.with { audited in
        try Self.fail(audited, Text("e-" + user), "no user \(user)")
        names += try Failures(audited.log).clusters().map(\.id)
      }
    }
    #expect(names.count == 2)
    #expect(Set(names).count == 1)
  }

  @Test func `what a repair resolved is left out, and what it did not counts once`() throws {
    try AuditedLog.with { audited in
      try Self.fail(audited, "e-1", "no user U024BE7LK4BE7LH")
      try Self.fail(audited, "e-2", "no user U024BE7LK")
      try audited.run(try AuditedLog.closure([Self.sending]), .manual, id: "r-1", repairs: "e-1")
      try Self.fail(audited, "r-2", "too late", kind: "Timeout", repairs: "e-2")
      let clusters = try Failures(audited.log).clusters()
      #expect(clusters.map(\.executions) == [["e-2"]])
      #expect(clusters.first?.message == "too late")
      #expect(clusters.first?.exemplar == "r-2")
    }
  }

  @Test func `a cluster is found by the beginning of its name`() throws {
    try AuditedLog.with { audited in
      try Self.fail(audited, "e-1", "no user U024BE7LK4BE7LH")
      let cluster = try #require(try Failures(audited.log).clusters().first)
      let name = cluster.id.description
      for word in [name, String(name.dropFirst(3)), String(name.prefix(8))] {
        #expect(try Failures(audited.log).cluster(named: word)?.id == cluster.id)
      }
      #expect(try Failures(audited.log).cluster(named: "fc-0000beef") == nil)
    }
  }

  @Test func `a query limits what failed, not how it failed last`() throws {
    try AuditedLog.with { audited in
      try Self.fail(audited, "e-1", "no user U024BE7LK4BE7LH")
      var query = HistoryQuery()
      query.flow = "another flow"
      #expect(try Failures(audited.log).clusters(query).isEmpty)
      query.flow = "main"
      #expect(try Failures(audited.log).clusters(query).count == 1)
    }
  }
}
