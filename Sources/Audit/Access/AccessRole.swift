/// What the bearer of a token may do.
public enum AccessRole: String, CaseIterable, Sendable {
  /// Deliver to every hook whose proof is a token.
  case ingest
  /// Look at the log and at what the server does.
  case read
  /// Say what the server does: pause and go on.
  case operate
}
