public import EventStore
internal import Flows
internal import Replay
internal import Values

/// The projection of tables: the fold of their rows' events.
///
/// Rows: `m` table for the stream's length and the last row's number, `i` table NUL row for a row's
/// place, `r` table NUL place for the row itself, in the order of creation.
public struct TableProjection: Projection {
  /// The view's name.
  public let name = "tables"
  /// The version of the fold.
  public let version: UInt32 = 1

  /// Makes the projection.
  public init() {}

  /// Whether events of that type concern the view.
  public func reads(type: [UInt8]) -> Bool {
    switch String(decoding: type, as: UTF8.self) {
    case "row.created", "row.updated", "row.deleted", "table.cleared": true
    default: false
    }
  }

  /// Takes the change of a table into the view.
  public func apply(_ event: Event, to view: ViewWriter) throws {
    guard let change = TableChange.read(event) else {
      throw RecordingError.malformed(at: event.position, reason: "it is no change of a table")
    }
    let table = change.table
    let key = ViewKey.id("m", table)
    var summary = try view.object(key) ?? ["table": .text(table), "last": 0, "rows": 0]
    summary["version"] = .whole(UInt64(event.version) + 1)
    var count = summary.integer("rows") ?? 0
    switch change {
    case .rowCreated(_, let row, let at, let values):
      if try remove(row, of: table, view) { count -= 1 }
      count += 1
      view.put(ViewKey.id("i", table, ViewKey.part(row.bytes)), ViewKey.bytes(event.position))
      put(
        TableRow(id: row, created: at, updated: at, values: values),
        ViewKey.id("r", table, ViewKey.bytes(event.position)),
        view
      )
      if let number = Int64(row.description), number > summary.integer("last") ?? 0,
        number < 1 << 53
      {
        summary["last"] = .whole(number)
      }
    case .rowUpdated(_, let row, let at, let values):
      try update(row, of: table, at, values, view)
    case .rowDeleted(_, let row, _):
      if try remove(row, of: table, view) { count -= 1 }
    case .tableCleared:
      for letter: Unicode.Scalar in ["r", "i"] {
        for row in try view.rows(prefix: ViewKey.id(letter, table, [])) { view.remove(row.key) }
      }
      count = 0
    }
    summary["rows"] = .whole(count)
    view.put(key, summary)
  }

  private func update(
    _ row: Text,
    of table: Text,
    _ at: Instant,
    _ values: Object,
    _ view: ViewWriter
  ) throws {
    guard let place = try view.value(ViewKey.id("i", table, ViewKey.part(row.bytes))) else {
      return
    }
    let key = ViewKey.id("r", table, place)
    guard let stored = try view.value(key).flatMap(Self.row) else { return }
    var merged = stored.values
    for (column, value) in values { merged[column] = value }
    put(TableRow(id: row, created: stored.created, updated: at, values: merged), key, view)
  }

  /// Removes a row; whether there was one.
  private func remove(_ row: Text, of table: Text, _ view: ViewWriter) throws -> Bool {
    let index = ViewKey.id("i", table, ViewKey.part(row.bytes))
    guard let place = try view.value(index) else { return false }
    view.remove(index)
    view.remove(ViewKey.id("r", table, place))
    return true
  }

  private func put(_ row: TableRow, _ key: [UInt8], _ view: ViewWriter) {
    let value: Value = [
      "id": .text(row.id), "created": .date(row.created), "updated": .date(row.updated),
      "values": .object(row.values),
    ]
    view.put(key, RecordedValue.encode(value))
  }

  static func row(_ bytes: [UInt8]) -> TableRow? {
    guard let value = try? RecordedValue.decode(bytes), case .object(let object) = value,
      let id = object.textAt("id"), case .date(let created)? = object["created"],
      case .date(let updated)? = object["updated"], let values = object.object("values")
    else { return nil }
    return TableRow(id: id, created: created, updated: updated, values: values)
  }
}
