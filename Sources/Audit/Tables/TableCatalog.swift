public import EventStore
public import Flows
internal import Replay
public import Values

/// The tables that a log knows: those that its flows name, and those that were ever written.
public struct TableCatalog {
  /// A table.
  public struct Entry: Sendable {
    /// Its id, name and columns; one that no flow names has its id as its name, and no columns.
    public let schema: TableSchema
    /// How many rows it has.
    public let rows: Int
    /// How many events its changes are.
    public let events: Int
    /// The flows that name it, sorted.
    public let flows: [Text]
  }

  private let log: EventLog

  /// Makes the catalog of a log.
  public init(_ log: EventLog) {
    self.log = log
  }

  /// Every table, by name and then id.
  ///
  /// Of a table that flows define differently, the flow whose current version was added last tells the name and the
  /// columns; the columns that only others have come behind.
  ///
  /// - Complexity: O(*n*) in the size of the definitions of all flows.
  public func all() throws -> [Entry] {
    let registry = FlowRegistry(log)
    var schemas: [Text: TableSchema] = [:]
    var flows: [Text: Set<Text>] = [:]
    let current = FlowRegistry.current(try registry.list()).sorted { $0.position > $1.position }
    for flow in current {
      let closure = try registry.closure(of: flow)
      for table in closure.tables {
        let schema = TableSchema(table)
        schemas[table.id] = schemas[table.id]?.joined(with: schema.columns) ?? schema
        flows[table.id, default: []].insert(flow.name)
      }
    }
    var summaries: [Text: TableView.Summary] = [:]
    for summary in try TableView(log).tables() { summaries[summary.table] = summary }
    return Set(schemas.keys).union(summaries.keys).map { id in
      Entry(
        schema: schemas[id] ?? TableSchema(id: id, name: id, columns: []),
        rows: summaries[id]?.rows ?? 0,
        events: Int(summaries[id]?.version ?? 0),
        flows: (flows[id] ?? []).sorted()
      )
    }.sorted { ($0.schema.name, $0.schema.id) < ($1.schema.name, $1.schema.id) }
  }

  /// The table of that id or name.
  ///
  /// - Throws: `TableCatalogError` where there is none, or several.
  public func table(named name: String) throws -> Entry {
    let all = try all()
    let text = Text(name)
    if let same = all.first(where: { $0.schema.id == text }) { return same }
    let named = all.filter { $0.schema.name == text }
    guard named.count <= 1 else {
      throw TableCatalogError.ambiguous(name, ids: named.map(\.schema.id))
    }
    guard let only = named.first else { throw TableCatalogError.unknown(name) }
    return only
  }
}
