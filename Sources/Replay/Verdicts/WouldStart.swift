public import EventStore
public import Values

/// An event that starts the new version, but did not start the old one.
public struct WouldStart: Hashable, Sendable {
  /// Where the event is in the log.
  public let position: Position
  /// The event's own id, nil where it has none.
  public let id: Text?
  /// What happened, in the sender's words.
  public let type: Text?

  /// Makes an event.
  public init(position: Position, id: Text? = nil, type: Text? = nil) {
    self.position = position
    self.id = id
    self.type = type
  }

  /// The event as JSON shows it.
  public var value: Value {
    var object: Object = ["position": .number(Double(position.rawValue))]
    if let id { object["id"] = .text(id) }
    if let type { object["type"] = .text(type) }
    return .object(object)
  }
}
