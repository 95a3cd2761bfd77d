public import Flows

/// Whether an event starts a flow, and why or why not.
public struct StartDecision: Hashable, Sendable {
  /// The active version of the flow.
  public let flow: RegisteredFlow
  /// What the flow is started with; nil where the event does not start it.
  public let trigger: Trigger?
  /// Why, in a sentence without its full stop.
  public let reason: String

  /// Whether the event starts the flow.
  public var starts: Bool { trigger != nil }
}
