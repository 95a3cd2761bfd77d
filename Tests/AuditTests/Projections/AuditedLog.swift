import Audit
import EventStore
import Flows
import Replay
import TestSupport
import Testing
import Values

/// A log with the program's views, into which tests put events and run flows.
struct AuditedLog {
  let log: EventLog

  static func with(_ body: (AuditedLog) throws -> Void) throws {
    try withTemporaryLog(projections: AuditViews.all) { log in try body(AuditedLog(log: log)) }
  }

  /// Appends files of the fixtures.
  func ingest(_ names: String...) throws {
    _ = try Ingest(into: log).run(names.map { Fixtures.path($0) })
  }

  /// Appends an event by its data; returns its position.
  @discardableResult
  func append(
    _ type: String,
    _ data: Value,
    id: String = "",
    cause: Position? = nil,
    from source: String = "https://acme.example.com"
  ) throws -> Position {
    var draft = EventStore.EventDraft(
      type: type,
      source: Array(source.utf8),
      stream: StreamID("origin-acme"),
      data: JSON.serialize(data)
    )
    draft.id = Array(id.utf8)
    draft.identity = id.isEmpty ? .streamVersion : .sourceAndID
    draft.cause = cause.map { .position($0) }
    if case .object(let object) = data, case .text(let time)? = object["timestamp"] {
      draft.timestamp = Instant(iso8601: time)?.milliseconds
    }
    return try #require(try log.append(AppendBatch([draft])).first).position
  }

  /// The positions of the events of a type.
  func positions(of type: String) throws -> [Position] {
    var found: [Position] = []
    try log.read(Position(0)..<Position(try log.size().count)) { event in
      if event.type == type { found.append(event.position) }
      return true
    }
    return found
  }

  /// Runs a flow for an event, answered by the demo's script; failures of the flow are no errors.
  @discardableResult
  func run(
    _ closure: FlowClosure,
    _ trigger: Trigger,
    cause: Position? = nil,
    id: Text,
    script: ScriptedAnswers? = nil,
    repairs: Text? = nil
  ) throws -> RunOutcome {
    let program = Program(closure)
    let header = RecordingHeader(
      execution: id,
      version: FlowVersion(closure),
      number: 1,
      mode: .local,
      actor: "ada@host",
      cause: cause.map { RecordedCause(position: $0, id: "x", type: "y", actor: "z") },
      repairs: repairs,
      input: trigger,
      salt: Array(repeating: 1, count: 16)
    )
    var driver = LocalDriver(
      program,
      closure: closure,
      script: script,
      otherwise: .typed(TypedAnswers(program)),
      ambient: AmbientSources(
        now: { Instant(milliseconds: 1_780_000_000_000) },
        random: { Array(repeating: 0.5, count: $0) },
        newID: { "id" },
        zones: ZoneDatabase { _ in nil }
      ),
      tables: TableView(log).source
    )
    return try Recorder(log).run(program, header, &driver)
  }

  /// The first flow of a test's export.
  static func closure(_ flows: [FlowBuilder], tables: Object = [:]) throws -> FlowClosure {
    let pack = try FlowPack.load(FlowBuilder.export(flows, tables: tables), source: "test")
    let id = try #require(flows.first.map { Text($0.id) })
    return try #require(pack.closure(of: id))
  }

  /// The flow of a fixture that begins with a request.
  static func fixture(_ name: String) throws -> FlowClosure {
    let pack = try FlowPack.load(try Fixtures.bytes("flows/" + name), source: name)
    let main = pack.flows.first { if case .apiEndpoint = $0.trigger { true } else { false } }
    let id = try #require(main?.id)
    return try #require(pack.closure(of: id))
  }

  static func demoScript() throws -> ScriptedAnswers {
    try ScriptedAnswers(try Fixtures.bytes("answers/demo.json"), source: "demo.json")
  }

  /// A view's rows, for comparison.
  func rows(_ projection: some Projection) throws -> [[UInt8]] {
    try log.view(projection) { view in try view.rows(prefix: []).map { $0.key + [0] + $0.value } }
  }
}
