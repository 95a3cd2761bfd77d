internal import EventStore

/// Where an alert was opened, and opened anew.
enum AlertOpenings {
  /// The positions of the events that opened an alert, in order.
  ///
  /// A decision stands until a new event comes, and so does what flows did; such an event opens the alert
  /// anew. One that comes while nobody is done with the alert only adds to it.
  ///
  /// - Parameters:
  ///   - events: Of each of its events the first copy, and where an execution ended that handled it.
  ///   - decisions: Where people decided, in order.
  /// - Returns: The positions; none of no events.
  /// - Complexity: O(*n* log *n* + *n* *m*) in the numbers of events and decisions.
  static func positions(
    _ events: [(first: Position, handled: Position?)],
    decisions: [Position]
  ) -> [Position] {
    let events = events.sorted { $0.first < $1.first }
    guard var last = events.first else { return [] }
    var openings = [last.first]
    // Where flows had handled all events so far.
    var handled = last.handled
    for event in events.dropFirst() {
      let isDecided = decisions.contains { last.first < $0 && $0 < event.first }
      let isHandled = handled.map { $0 < event.first } ?? false
      if isDecided || isHandled { openings.append(event.first) }
      handled = handled.flatMap { before in event.handled.map { max(before, $0) } }
      last = event
    }
    return openings
  }
}
