public import EventStore
public import Values

/// Where a trace begins.
public enum TraceStart: Hashable, Sendable {
  /// An event, by its place in the log.
  case position(Position)
  /// An event, by its own id.
  case eventID(Text)
  /// An execution, by its id.
  case execution(Text)
  /// A step, by its execution and its path.
  case step(execution: Text, path: Text)
  /// All that somebody did, by login, mail or id.
  case actor(Text)
  /// All that was done to somebody or something, by login, mail or id.
  case target(Text)
  /// All that came from an address.
  case address(Text)
  /// All that an API token did.
  case token(Text)
}

/// Which way a trace goes.
public enum TraceDirection: Hashable, Sendable {
  /// To the causes.
  case up
  /// To the consequences.
  case down
}
