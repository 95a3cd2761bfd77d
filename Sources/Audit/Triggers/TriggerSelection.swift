public import EventStore
internal import Values

/// The events that a filter chooses, and the executions that they started.
///
/// An execution is chosen whose trigger matches, and one whose trigger is a delivery that brought an
/// event which matches, since the delivery is what starts an API endpoint.
public struct TriggerSelection {
  private let log: EventLog
  private let delivered: DeliveredEvents
  private var positions: Set<Position> = []

  /// Searches a log.
  ///
  /// - Throws: What reading the log throws.
  /// - Complexity: As `LogSearch.run(_:)` has it.
  public init(_ query: SearchQuery, in log: EventLog) throws {
    self.log = log
    delivered = DeliveredEvents(log)
    var positions: Set<Position> = []
    try LogSearch(query, in: log).run { event in
      positions.insert(event.position)
      return true
    }
    self.positions = positions
  }

  /// Whether the event at a position is chosen, or a delivery that brought one which is.
  ///
  /// - Throws: What reading the log throws.
  /// - Complexity: O(log *n*) in the size of the log for each event that a delivery brought.
  public func contains(_ position: Position) throws -> Bool {
    if positions.isEmpty { return false }
    if positions.contains(position) { return true }
    return try delivered.brought(by: position).contains { positions.contains($0.position) }
  }
}
