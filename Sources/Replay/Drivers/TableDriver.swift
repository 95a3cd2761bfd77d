internal import Flows
internal import Values

/// Answers table cards from the tables as they were when the run began, under the run's own writes.
struct TableDriver: Sendable {
  private let schemas: [TableSchema]
  private let source: TableSource
  private var state = TableState()
  private var versions: [Text: UInt32] = [:]
  private var isLoaded = false

  init(_ definitions: [TableDefinition], source: TableSource) {
    schemas = definitions.map(TableSchema.init)
    self.source = source
  }

  /// Forgets what was read.
  mutating func refresh() { isLoaded = false }

  mutating func answer(_ request: ConnectorRequest, at now: Instant) throws -> EffectReply {
    if !isLoaded { try load() }
    let table: TableReply
    do {
      table = try state.answer(to: TableRequest(request), at: now)
    } catch {
      return EffectReply(.failure(error))
    }
    let answer = ConnectorAnswer(
      outputs: ConnectorRequest.flattened(table.outputs),
      records: request.streamsRecords ? Self.records(in: table.outputs) : []
    )
    guard let changed = table.events.first?.table else { return EffectReply(.outputs(answer)) }
    let version = versions[changed] ?? 0
    for event in table.events { state.apply(event) }
    versions[changed] = version + UInt32(table.events.count)
    return EffectReply(.outputs(answer), changes: table.events, expectedVersion: version)
  }

  private mutating func load() throws {
    var state = TableState(schemas)
    for schema in schemas {
      let contents = try source.contents(schema.id)
      // A row number that was ever given is not given again.
      if contents.lastRow > 0 {
        let last = Text("\(contents.lastRow)")
        state.apply(
          .rowCreated(
            table: schema.id,
            row: last,
            at: Instant(milliseconds: 0),
            values: Object()
          )
        )
        state.apply(.rowDeleted(table: schema.id, row: last, at: Instant(milliseconds: 0)))
      }
      for row in contents.rows {
        state.apply(
          .rowCreated(table: schema.id, row: row.id, at: row.created, values: row.values)
        )
        guard row.updated != row.created else { continue }
        state.apply(
          .rowUpdated(table: schema.id, row: row.id, at: row.updated, values: Object())
        )
      }
      versions[schema.id] = contents.version
    }
    self.state = state
    isLoaded = true
  }

  private static func records(in outputs: Object) -> [Value] {
    guard case .object(let result)? = outputs["Result"], case .list(let rows)? = result["Rows"]
    else { return [] }
    return rows
  }
}

extension TableRequest {
  /// What a table card's request asks of the tables.
  init(_ request: ConnectorRequest) {
    var inputs = ConnectorRequest.nested(request.inputs)
    inputs["parameters"] = .object(request.options)
    var rowKeys: [Text]?
    let rows = request.outputs.first { $0.name == FieldName(group: "Result", key: "Rows") }
    if case .list(let item)? = rows?.type, case .schema(let schema) = item {
      rowKeys = schema.members.map(\.key)
    }
    self.init(method: request.method.method, inputs: inputs, rowKeys: rowKeys)
  }
}

extension ConnectorRequest {
  /// Members by `group/key` as objects of groups; a name is cut at its first slash.
  static func nested(_ members: Object) -> Object {
    var nested = Object()
    for (name, value) in members {
      guard let slash = name.bytes.firstIndex(of: UInt8(ascii: "/")) else {
        nested[name] = value
        continue
      }
      let group = Text(wtf8: Array(name.bytes[..<slash]))
      var fields = Object()
      if case .object(let present)? = nested[group] { fields = present }
      fields[Text(wtf8: Array(name.bytes[(slash + 1)...]))] = value
      nested[group] = .object(fields)
    }
    return nested
  }

  /// Outputs of a table as members by `group/key`.
  static func flattened(_ groups: Object) -> Object {
    var members = Object()
    for (group, value) in groups {
      guard case .object(let fields) = value else {
        members[group] = value
        continue
      }
      for (key, value) in fields { members[FieldName(group: group, key: key).text] = value }
    }
    return members
  }
}
