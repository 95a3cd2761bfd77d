public import EventStore
public import Values

/// The event that an execution was started by.
public struct RecordedCause: Hashable, Sendable {
  /// Where the event is in the log.
  public let position: Position
  /// The event's own id, nil where it has none.
  public let id: Text?
  /// What happened, in the sender's words.
  public let type: Text?
  /// Who did it.
  public let actor: Text?

  /// Makes a cause.
  public init(position: Position, id: Text? = nil, type: Text? = nil, actor: Text? = nil) {
    self.position = position
    self.id = id
    self.type = type
    self.actor = actor
  }
}
