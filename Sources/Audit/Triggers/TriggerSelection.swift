public import EventStore

/// The events that a filter chooses as triggers of executions.
///
/// An event is chosen that matches the filter, and a delivery that brought one which matches, since
/// the delivery is what starts an API endpoint.
public struct TriggerSelection: Sendable {
  private let positions: Set<Position>

  /// Searches a log.
  ///
  /// - Throws: What reading the log throws.
  /// - Complexity: As `LogSearch.run(_:)` has it.
  public init(_ query: SearchQuery, in log: EventLog) throws {
    var positions: Set<Position> = []
    try LogSearch(query, in: log).run { event in
      positions.insert(event.position)
      if let delivery = try event.copy().cause { positions.insert(delivery) }
      return true
    }
    self.positions = positions
  }

  /// Whether the event at a position is chosen.
  public func contains(_ position: Position) -> Bool { positions.contains(position) }
}
