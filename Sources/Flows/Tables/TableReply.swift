public import Values

/// The answer to a table request, with what it changes.
public struct TableReply: Hashable, Sendable {
  /// The outputs as nested objects, `{group: {key: value}}`.
  public let outputs: Object
  /// The changes that the request makes, in order; the tables stay as they are until the events are
  /// applied.
  public let events: [TableEvent]

  /// Makes a reply.
  public init(outputs: Object = Object(), events: [TableEvent] = []) {
    self.outputs = outputs
    self.events = events
  }
}
