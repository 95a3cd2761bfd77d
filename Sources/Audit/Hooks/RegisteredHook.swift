public import EventStore

/// A hook as the log has it.
public struct RegisteredHook: Hashable, Sendable {
  /// The hook.
  public let hook: Hook
  /// Where the log tells of it as it is now.
  public let position: Position
  /// When it was added, or changed last, in milliseconds since 1970.
  public let since: Int64
  /// Who did that, as claimed.
  public let actor: String
  /// What its newest credential is called, nil for a hook that takes none.
  public internal(set) var credential: String?
}
