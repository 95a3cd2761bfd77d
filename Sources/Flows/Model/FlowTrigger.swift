/// How a flow begins, as its first card says.
public enum FlowTrigger: Hashable, Sendable {
  /// Another flow calls it, or somebody runs it by hand.
  case helper
  /// A schedule starts it.
  case scheduled(Cron)
  /// It has no event; somebody runs it by hand.
  case manual
  /// An HTTP request starts it.
  case apiEndpoint
  /// An administrator starts it.
  case delegated
  /// An event of a connector starts it.
  case connectorEvent(ConnectorEvent)
}

extension FlowTrigger {
  /// The kind of trigger in one word, as listings show it.
  public var name: String {
    switch self {
    case .helper: "helper"
    case .scheduled: "scheduled"
    case .manual: "manual"
    case .apiEndpoint: "api-endpoint"
    case .delegated: "delegated"
    case .connectorEvent: "event"
    }
  }
}
