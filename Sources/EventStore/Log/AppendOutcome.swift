/// What became of one event of a batch.
public enum AppendOutcome: Hashable, Sendable {
  /// It is in the log at this position.
  case appended(Position)
  /// The same id with the same bytes is already there; nothing was written.
  case duplicate(of: Position)
  /// The same id with other bytes is already there; it was appended as a conflict with the first.
  case conflicting(Position, first: Position)

  /// Where the event's bytes are in the log.
  public var position: Position {
    switch self {
    case .appended(let position), .duplicate(of: let position), .conflicting(let position, _):
      position
    }
  }
}
