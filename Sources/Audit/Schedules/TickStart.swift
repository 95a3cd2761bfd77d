public import EventStore
internal import Flows
internal import Values

/// Says which version a tick starts: the one that is active when it is asked.
public struct TickStart {
  private let registry: FlowRegistry

  /// Asks the flows of a log.
  public init(_ log: EventLog) {
    registry = FlowRegistry(log)
  }

  /// What a tick starts, or why it does not; nil where the log has no such flow.
  ///
  /// - Throws: As `FlowRegistry.list()` does.
  public func decision(on tick: Tick) throws -> StartDecision? {
    let versions = try registry.list().filter { $0.flow == tick.flow }
    guard let flow = FlowRegistry.current(versions).first else { return nil }
    guard flow.isActive else {
      return StartDecision(flow: flow, trigger: nil, reason: "the flow is switched off")
    }
    return Self.decision(on: tick, by: flow)
  }

  /// Whether a tick starts a version of a flow, active or not.
  static func decision(on tick: Tick, by flow: RegisteredFlow) -> StartDecision {
    guard tick.flow == flow.flow else {
      return StartDecision(flow: flow, trigger: nil, reason: "it is a tick of another flow")
    }
    guard ScheduleBook.isScheduled(flow) else {
      return StartDecision(flow: flow, trigger: nil, reason: "this version has no schedule")
    }
    return StartDecision(
      flow: flow,
      trigger: .scheduled(at: tick.planned),
      reason: "its schedule planned it"
    )
  }
}
