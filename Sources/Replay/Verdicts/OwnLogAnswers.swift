internal import EventStore
internal import Flows
internal import Values

/// Answers one comparison's reads of tables and of the System Log from the log, as it was when the
/// execution began, under the writes of the run itself.
struct OwnLogAnswers {
  private let reads: LogReads
  private let start: Position
  private let schemas: [TableDefinition]
  private var driver: TableDriver?
  private var wholeTables: Set<Text> = []
  /// The tables of which nobody knows what was in them.
  private var unknownTables: Set<Text> = []
  /// The tables that the run wrote: when, nobody knows, so what is read of them is assumed.
  private var written: Set<Text> = []
  /// Whether a write could not be followed, so that no table is known any more.
  private var isLost = false

  /// Nil where there are no readers, or the recording is in no log.
  init?(_ reads: LogReads?, _ recording: Recording, tables: [TableDefinition]) {
    guard let reads, let start = recording.positions?.lowerBound else { return nil }
    self.reads = reads
    self.start = start
    schemas = tables
  }

  /// Whether the log answers a method, rather than a service.
  static func owns(_ method: ConnectorMethod) -> Bool {
    method.connector == "stash" || method == LocalDriver.systemLogSearch
  }

  /// The answer to a read, nil where the log has none.
  mutating func answer(to request: ConnectorRequest) -> FoundAnswer? {
    if request.method == LocalDriver.systemLogSearch {
      return reads.search(request, before: start).map { FoundAnswer($0, isProven: true) }
    }
    guard let reply = reply(to: request) else { return nil }
    let table = request.table
    if let table, unknownTables.contains(table) { return nil }
    let isProven = table.map { wholeTables.contains($0) && !written.contains($0) } ?? false
    return FoundAnswer(reply.answer, isProven: isProven)
  }

  /// Follows a write of the run, which was answered so.
  mutating func note(_ request: ConnectorRequest, answered answer: Answer) {
    guard request.method.connector == "stash" else { return }
    if case .failure = answer { return }
    guard request.value.containedUnknown == nil, reply(to: request) != nil else {
      isLost = true
      return
    }
    if let table = request.table { written.insert(table) } else { isLost = true }
  }

  private mutating func reply(to request: ConnectorRequest) -> EffectReply? {
    guard !isLost, var driver = driver ?? load() else { return nil }
    let reply = reads.trying { try driver.answer(request, at: Instant(milliseconds: 0)) }
    self.driver = driver
    return reply
  }

  /// The tables that the new version names, as they were.
  private mutating func load() -> TableDriver? {
    var contents: [Text: TableSource.Contents] = [:]
    for schema in schemas {
      guard let found = reads.trying({ try reads.table(schema.id, before: start) }) else {
        return nil
      }
      guard let table = found else {
        unknownTables.insert(schema.id)
        continue
      }
      contents[schema.id] = table.contents
      if table.isWhole { wholeTables.insert(schema.id) }
    }
    let loaded = contents
    return TableDriver(schemas, source: TableSource { loaded[$0] ?? TableSource.Contents() })
  }
}

extension ConnectorRequest {
  /// The table that a table card's request names.
  var table: Text? {
    guard case .text(let table)? = options["stash"] else { return nil }
    return table
  }
}
