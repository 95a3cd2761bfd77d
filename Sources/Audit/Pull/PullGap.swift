public import EventStore

/// An entry of the System Log that came one way and not the other.
public struct PullGap: Hashable, Sendable {
  /// Which way it did not come.
  public enum Kind: String, Hashable, Sendable {
    /// The System Log has it, and the hook that is to deliver it did not.
    case missedByHook = "missed-by-hook"
    /// The hook delivered it, and the System Log does not have it.
    case absentInLog = "absent-in-log"
  }

  /// Which way it did not come.
  public let kind: Kind
  /// The hook.
  public let hook: String
  /// The entry's own id.
  public let id: String
  /// Its type.
  public let type: String
  /// When it was published, in milliseconds since 1970.
  public let published: Int64
  /// Where the entry is, or the delivery that brought it.
  public let position: Position
}
