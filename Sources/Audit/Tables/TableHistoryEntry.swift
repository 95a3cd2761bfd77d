public import EventStore
public import Flows
public import Values

/// A change of a table, and who made it.
public struct TableHistoryEntry: Sendable {
  /// Where in the log it stands.
  public let position: Position
  /// When it was recorded, in milliseconds since 1970.
  public let recordedTime: Int64
  /// The change.
  public let change: TableEvent
  /// The execution that made it, nil where a person did by hand.
  public let execution: Text?
  /// The step that made it.
  public let step: Text?
  /// Who made it, or ran the execution that did, as claimed.
  public let actor: Text?

  /// The row that changed; nil where all were deleted.
  public var row: Text? {
    switch change {
    case .rowCreated(_, let row, _, _), .rowUpdated(_, let row, _, _), .rowDeleted(_, let row, _):
      row
    case .tableCleared: nil
    }
  }
}
