public import EventStore

/// The projections of the program, in the order they are applied.
public enum AuditViews {
  /// All of them.
  public static let all: [any Projection] = [
    FlowsView(), HistoryProjection(), AlertProjection(), TableProjection(),
  ]
}
