public import Audit
public import EventStore
public import Values

/// What runs flows for a server, handed in by whoever has the connectors.
public struct FlowStarter: Sendable {
  let start: @Sendable (StartDecision, Event) throws -> Void
  let unfinished: @Sendable () throws -> [Text]
  let takeUp: @Sendable (Text) throws -> Void

  /// Makes a starter.
  ///
  /// - Parameters:
  ///   - start: Runs the flow that an event starts, to its end.
  ///   - unfinished: The executions that were cut off before, oldest first.
  ///   - takeUp: Brings one of them to its end; throws where it stays as it is, with the reason.
  public init(
    start: @escaping @Sendable (StartDecision, Event) throws -> Void,
    unfinished: @escaping @Sendable () throws -> [Text],
    takeUp: @escaping @Sendable (Text) throws -> Void
  ) {
    self.start = start
    self.unfinished = unfinished
    self.takeUp = takeUp
  }
}
