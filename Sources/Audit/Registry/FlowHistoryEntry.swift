public import EventStore
public import Values

/// What was done with a flow: a version added, switched on, or the flow switched off.
public struct FlowHistoryEntry: Hashable, Sendable {
  /// What was done.
  public enum Change: String, Hashable, Sendable, CaseIterable {
    /// A version was added.
    case registered
    /// Events start the version from then on.
    case activated
    /// Events start no version from then on.
    case deactivated
  }

  /// Where in the log it stands.
  public let position: Position
  /// When it was recorded, in milliseconds since 1970.
  public let recordedTime: Int64
  /// What was done.
  public let change: Change
  /// The version's number.
  public let version: Int
  /// The version's hash.
  public let hash: Text
  /// Who did it, as claimed.
  public let actor: Text
  /// Why, if told.
  public let why: Text?
  /// The file that a version came from.
  public let source: Text?
}
