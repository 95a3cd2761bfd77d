public import EventStore
public import Flows
internal import Values

/// Finds the events that likely started executions which another system ran: its log tells when they
/// began, and not by what.
///
/// An event card, or an API endpoint, was likely started by the last event of its kind from before the
/// beginning, not older than five minutes. Clocks of two systems differ, so two seconds behind it count
/// as before.
public struct LikelyTriggers {
  /// What likely started an execution.
  public enum Finding: Sendable {
    /// It was started with `trigger`, by the event at `position`, the likeliest of so many.
    case found(trigger: Trigger, position: Position, candidates: Int)
    /// Nobody can say, for a reason.
    case unknown(reason: String)
  }

  private static let longestDelay: Int64 = 5 * 60 * 1000
  private static let clockDifference: Int64 = 2000

  private let log: EventLog
  private let flow: RegisteredFlow
  private let beginning: FlowTrigger
  private let planner: StartPlanner
  /// The events of the kind, by time.
  private let events: [(time: Int64, position: Position)]

  /// Looks up what can start a version of a flow.
  ///
  /// - Throws: What reading the log throws.
  /// - Complexity: O(*n* log *n*) in the number of events of the kind.
  public init(_ log: EventLog, of flow: RegisteredFlow, _ definition: Flow) throws {
    self.log = log
    self.flow = flow
    beginning = definition.trigger
    planner = try StartPlanner(log)
    events = try Self.events(in: log, definition)
  }

  private static func events(
    in log: EventLog,
    _ definition: Flow
  ) throws -> [(time: Int64, position: Position)] {
    let terms: [Term]
    switch definition.trigger {
    case .connectorEvent:
      terms =
        EventCard(definition).flatMap { EventCardMapping.source(of: $0.name)?.term }.map { [$0] }
        ?? []
    case .apiEndpoint:
      terms = InboundFormat.allCases.filter { $0 != .oktaExecutionLog && $0 != .oktaSystemLog }
        .map(\.term)
    case .helper, .delegated, .manual, .scheduled: return []
    }
    guard !terms.isEmpty else { return [] }
    let all = Position(0)..<Position(.max)
    return try log.positions(matching: [terms.map(TermPattern.exactly)], in: all).positions
      .compactMap { position in
        guard let event = try log.event(at: position), event.conflictsWith == nil else {
          return nil
        }
        return (event.timestamp ?? event.recordedTime, position)
      }
      .sorted { $0 < $1 }
  }

  /// What likely started an execution.
  ///
  /// - Parameters:
  ///   - start: When it began, in milliseconds since 1970.
  ///   - told: Where the log was told of the beginning.
  /// - Returns: The trigger, or why nobody can say.
  /// - Throws: What reading the log throws.
  /// - Complexity: O(log *n*) in the number of events of the kind, and O(*c*) in those that come into
  ///   question.
  public func trigger(startedAt start: Int64, told: Position) throws -> Finding {
    switch beginning {
    case .scheduled:
      let planned = Trigger.scheduled(at: Instant(milliseconds: start))
      return .found(trigger: planned, position: told, candidates: 1)
    case .manual: return .found(trigger: .manual, position: told, candidates: 1)
    case .helper:
      return .unknown(reason: "It begins with a call, and nobody recorded its arguments.")
    case .delegated: return .unknown(reason: "A person started it, and nobody recorded with what.")
    case .connectorEvent, .apiEndpoint: return try event(before: start)
    }
  }

  private func event(before start: Int64) throws -> Finding {
    let end = partition { $0 <= start + Self.clockDifference }
    let begin = partition { $0 < start - Self.longestDelay }
    var count = 0
    var nearest: (trigger: Trigger, position: Position)?
    for place in (begin..<max(begin, end)).reversed() {
      guard let event = try log.event(at: events[place].position),
        let trigger = try planner.decision(on: event, by: flow).trigger
      else { continue }
      count += 1
      if nearest == nil { nearest = (trigger, event.position) }
    }
    guard let nearest else {
      return .unknown(
        reason: "No event of the five minutes before it in the log could have started it."
      )
    }
    return .found(trigger: nearest.trigger, position: nearest.position, candidates: count)
  }

  /// How many of the events have a time of which something holds that holds of the earlier ones.
  private func partition(_ holds: (Int64) -> Bool) -> Int {
    var (low, high) = (0, events.count)
    while low < high {
      let middle = (low + high) / 2
      if holds(events[middle].time) { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
