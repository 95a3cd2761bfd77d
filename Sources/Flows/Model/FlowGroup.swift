public import Values

/// A folder of flows and tables.
public struct FlowGroup: Hashable, Sendable {
  /// The folder's id.
  public let id: Text
  /// The name its author gave it.
  public let name: Text
}
