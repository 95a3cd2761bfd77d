import Audit
import EventStore
import Flows
import Replay
import TestSupport
import Testing
import Values

/// A changed read of a table is answered from the table as it was, not from another's answer.
@Suite struct TableDiffTests {
  /// Writes a row, may clear the table, then searches for rows by a user.
  private static func closure(
    writes user: Value,
    clears: Bool = false,
    searches wanted: Value,
    column: Text = "User"
  ) throws -> FlowClosure {
    var flow = FlowBuilder("main")
    flow.card("start", "control:callable")
    flow.card(
      "create",
      "stash:createRow",
      ["parameters/stash": .constant("t1"), "Fields/User": .constant(user)],
      outputs: ["Output/Row ID"]
    )
    if clears {
      flow.card("clear", "stash:clearTable", ["parameters/stash": .constant("t1")])
    }
    flow.card(
      "read",
      "stash:readRow",
      ["parameters/stash": .constant("t1"), "Read By/Row ID": .constant(wanted)],
      outputs: ["Fields/User"]
    )
    flow.card("send", "slack:send", ["Message/Text": .wire("read.Fields/User")])
    let tables: Object = [
      "t1": [
        "id": "t1", "name": "T", "description": "",
        "data": [
          "class": "simple",
          "structure": [["name": .text(column), "type": "str", "default": .null]],
        ],
      ]
    ]
    return try AuditedLog.closure([flow], tables: tables)
  }

  private static func diff(
    _ log: EventLog,
    _ execution: Text,
    _ old: FlowClosure,
    _ new: FlowClosure
  ) throws -> DiffResult {
    let recording = try #require(try RecordingReader(log).recording(of: execution))
    let reads = LogReads(of: log)
    let recorded = RecordedAnswers(log)
    let sources = AnswerSources(
      newestInLog: { request, recording in
        reads.trying { try recorded.newest(for: request, before: recording) } ?? nil
      },
      log: reads
    )
    let result = Differ(old: Program(old), new: Program(new)).diff(recording, answers: sources)
    #expect(reads.failure == nil)
    return result
  }

  private static let script = """
    {"answers": [{"connector": "slack", "method": "send", "outputs": {}}]}
    """

  @Test func `a table with other columns is read anew`() throws {
    try AuditedLog.with { audited in
      let script = try ScriptedAnswers(Array(Self.script.utf8), source: "test")
      let old = try Self.closure(writes: "ada", searches: "1")
      try audited.run(old, .manual, id: "e-0", script: script)
      try audited.run(old, .manual, id: "e-1", script: script)
      let renamed = try Self.closure(writes: "ada", searches: "1", column: "Login")
      let result = try Self.diff(audited.log, "e-1", old, renamed)
      #expect(result.verdict == .changed)
      #expect(result.changes.first?.before == "ada")
      #expect(result.changes.first?.after == .null)
    }
  }

  @Test func `a table is read as it was when the execution began, under its own writes`() throws {
    try AuditedLog.with { audited in
      let script = try ScriptedAnswers(Array(Self.script.utf8), source: "test")
      for (number, user) in ["ada", "ben", "cyd"].enumerated() {
        let closure = try Self.closure(writes: .text(Text(user)), searches: "1")
        try audited.run(closure, .manual, id: Text("e-\(number)"), script: script)
      }
      let old = try Self.closure(writes: "ben", searches: "1")
      // The row of the run itself.
      let own = try Self.diff(
        audited.log,
        "e-1",
        old,
        try Self.closure(writes: "ben", searches: "2")
      )
      #expect(own.changes.last?.after == "ben")
      #expect(own.assumptions.map(\.reason).contains(.ownLog))
      // The row of a later run was not there yet.
      let later = try Self.diff(
        audited.log,
        "e-1",
        old,
        try Self.closure(writes: "ben", searches: "3")
      )
      #expect(later.changes.contains { $0.path == "Read By/Row ID" })
      #expect(!later.changes.contains { $0.after == "cyd" })
      // What the run writes instead is what it reads.
      let other = try Self.diff(
        audited.log,
        "e-1",
        old,
        try Self.closure(writes: "dee", searches: "2")
      )
      #expect(other.changes.last?.after == "dee")
    }
  }

  @Test func `the same read behind a new write reads what that write left`() throws {
    try AuditedLog.with { audited in
      let script = try ScriptedAnswers(Array(Self.script.utf8), source: "test")
      let old = try Self.closure(writes: "ada", searches: "1")
      try audited.run(old, .manual, id: "e-0", script: script)
      let cleared = try Self.closure(writes: "ada", clears: true, searches: "1")
      let result = try Self.diff(audited.log, "e-0", old, cleared)
      #expect(result.verdict == .broken)
      #expect(result.proof == .assumed)
      #expect(result.assumptions.map(\.reason).contains(.ownLog))
    }
  }
}
