public import Audit
public import EventStore
public import Flows
public import Values

/// What runs flows for a server, handed in by whoever has the connectors.
public struct FlowStarter: Sendable {
  let start: Start
  let unfinished: @Sendable () throws -> [Text]
  let takeUp: @Sendable (Text) throws -> Void

  /// Runs the flow that an event starts to its end, and tells what the caller of an API endpoint is
  /// answered with as soon as that is settled.
  public typealias Start =
    @Sendable (StartDecision, Event, _ answered: @escaping @Sendable (HTTPAnswer) -> Void) throws ->
    Void

  /// Makes a starter.
  ///
  /// - Parameters:
  ///   - start: Runs the flow that an event starts.
  ///   - unfinished: The executions that were cut off before, oldest first.
  ///   - takeUp: Brings one of them to its end; throws where it stays as it is, with the reason.
  public init(
    start: @escaping Start,
    unfinished: @escaping @Sendable () throws -> [Text],
    takeUp: @escaping @Sendable (Text) throws -> Void
  ) {
    self.start = start
    self.unfinished = unfinished
    self.takeUp = takeUp
  }
}
