public import Values

/// The event of a connector that starts a flow.
public struct ConnectorEvent: Hashable, Sendable {
  /// How events reach the flow.
  public enum Delivery: Hashable, Sendable {
    /// Several at once, as a list that the flow's second card takes apart.
    case batch
    /// One at a time.
    case single
  }

  /// The connector, such as `okta`.
  public let connector: Text
  /// The event, such as `userAddedToGroupMembership`.
  public let method: Text
  /// How events reach the flow.
  public let delivery: Delivery

  /// Makes an event.
  public init(connector: Text, method: Text, delivery: Delivery) {
    self.connector = connector
    self.method = method
    self.delivery = delivery
  }
}
