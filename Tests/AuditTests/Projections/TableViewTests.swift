import Audit
import EventStore
import Flows
import Replay
import Synchronization
import TestSupport
import Testing
import Values

@Suite struct TableViewTests {
  /// Writes a row, and reads it back within the run if it is to.
  private static func writing(readsBehind: Bool) -> FlowBuilder {
    var flow = FlowBuilder("main")
    flow.card("start", "control:callable", outputs: ["user"])
    flow.card(
      "create",
      "stash:createRow",
      ["parameters/stash": .constant("t1"), "Fields/User": .wire("start.user")],
      outputs: ["Output/Row ID"]
    )
    guard readsBehind else { return flow }
    flow.card(
      "read",
      "stash:readRow",
      ["parameters/stash": .constant("t1"), "Read By/Row ID": .wire("create.Output/Row ID")],
      outputs: ["Fields/User"]
    )
    return flow
  }

  private func closure(readsBehind: Bool = true) throws -> FlowClosure {
    try AuditedLog.closure(
      [Self.writing(readsBehind: readsBehind)],
      tables: AlertHandlingTests.tables
    )
  }

  @Test func `a run sees its own writes, and so does the next`() throws {
    try AuditedLog.with { audited in
      for user in ["ada", "ben"] {
        let outcome = try audited.run(
          try closure(),
          .call(arguments: ["user": .text(Text(user))]),
          id: Text("e-" + user)
        )
        #expect(outcome.end.result == ["Fields": ["User": .text(Text(user))]])
      }
      let rows = try TableView(audited.log).rows(of: "t1")
      #expect(rows.map(\.id) == ["1", "2"])
      #expect(rows.map(\.values) == [["User": "ada"], ["User": "ben"]])
      #expect(try TableView(audited.log).tables().map(\.rows) == [2])
    }
  }

  @Test func `a row's event names the step that made it`() throws {
    try AuditedLog.with { audited in
      try audited.run(try closure(), .call(arguments: ["user": "ada"]), id: "e-1")
      let row = try #require(try audited.positions(of: "row.created").first)
      let up = try Tracer(audited.log).trace(.position(row), .up).edges
      #expect(up.first?.from == "step:e-1/create")
      #expect(up.first?.kind == .wrote)
      let down = try Tracer(audited.log).trace(.execution("e-1"), .down).edges
      #expect(down.contains { $0.to == Text("event:\(row)") && $0.kind == .wrote })
    }
  }

  @Test func `a row that somebody else wrote between is not given twice`() throws {
    try AuditedLog.with { audited in
      let closure = try closure()
      let program = Program(closure)
      let source = TableView(audited.log).source
      // The first reading is of the empty table, though a row has been made since.
      try audited.log.append(
        AppendBatch([
          TableChange.draft(
            of: .rowCreated(
              table: "t1",
              row: "1",
              at: Instant(milliseconds: 1),
              values: ["User": "eve"]
            )
          )
        ])
      )
      let readings = Readings()
      var driver = LocalDriver(
        program,
        closure: closure,
        ambient: .still,
        tables: TableSource { table in
          readings.next() == 1 ? TableSource.Contents() : try source.contents(table)
        }
      )
      let header = RecordingHeader(
        execution: "e-1",
        version: FlowVersion(closure),
        mode: .local,
        input: .call(arguments: ["user": "ada"])
      )
      try Recorder(audited.log).run(program, header, &driver)
      let rows = try TableView(audited.log).rows(of: "t1")
      #expect(rows.map(\.id) == ["1", "2"])
      let recording = try #require(try RecordingReader(audited.log).recording(of: "e-1"))
      #expect(recording.steps.map(\.path) == ["start", "create", "read"])
      #expect(recording.steps[1].outputs == ["Output/Row ID": "2"])
    }
  }

  @Test(arguments: [true, false])
  func `runs of a group see what those before them wrote`(readsBehind: Bool) throws {
    try AuditedLog.with { audited in
      let closure = try closure(readsBehind: readsBehind)
      let program = Program(closure)
      var group = RecordingGroup<LocalDriver>(audited.log)
      var ended: [RecordingGroup<LocalDriver>.Ended] = []
      for number in 1...10 {
        let driver = LocalDriver(
          program,
          closure: closure,
          ambient: .still,
          tables: TableView(audited.log).source
        )
        let header = RecordingHeader(
          execution: Text("e-\(number)"),
          version: FlowVersion(closure),
          mode: .local,
          input: .call(arguments: ["user": .text(Text("user \(number)"))])
        )
        ended += group.add(program, header, driver)
      }
      ended += group.finish()
      for run in ended { #expect(try run.outcome.get().end.status == .succeeded) }
      let rows = try ended.map { ended in
        try RecordingReader(audited.log).recording(of: ended.execution)?.steps[1].outputs
      }
      #expect(rows == (1...10).map { ["Output/Row ID": .text(Text("\($0)"))] })
      #expect(try TableView(audited.log).rows(of: "t1").count == 10)
    }
  }

  @Test func `rows at a position are those made before it`() throws {
    try AuditedLog.with { audited in
      let changes: [TableEvent] = [
        .rowCreated(table: "t", row: "1", at: Instant(milliseconds: 1), values: ["a": 1, "b": 2]),
        .rowUpdated(table: "t", row: "1", at: Instant(milliseconds: 2), values: ["a": 3]),
        .rowCreated(table: "t", row: "2", at: Instant(milliseconds: 3), values: [:]),
        .rowDeleted(table: "t", row: "1", at: Instant(milliseconds: 4)),
        .tableCleared(table: "t", rows: 1, at: Instant(milliseconds: 5)),
        .rowCreated(table: "t", row: "3", at: Instant(milliseconds: 6), values: [:]),
      ]
      var state = TableState()
      let view = TableView(audited.log)
      for change in changes {
        try audited.log.append(AppendBatch([TableChange.draft(of: change)]))
        state.apply(change)
        #expect(try view.rows(of: "t") == state.rows(of: "t"))
        let end = Position(try audited.log.size().count)
        #expect(try view.rows(of: "t", before: end) == state.rows(of: "t"))
      }
      #expect(try view.contents(of: "t").lastRow == 3)
    }
  }
}

/// Counts how often a table was read.
private final class Readings: Sendable {
  private let count = Mutex(0)

  func next() -> Int {
    count.withLock {
      $0 += 1
      return $0
    }
  }
}

extension AmbientSources {
  /// Time stands still, and there is no chance.
  fileprivate static var still: AmbientSources {
    AmbientSources(
      now: { Instant(milliseconds: 2) },
      random: { _ in [] },
      newID: { "" },
      zones: ZoneDatabase { _ in nil }
    )
  }
}
