/// What sending a request twice does, as the description of its connector declares it.
public enum DeclaredEffect: String, Hashable, Sendable, CaseIterable {
  /// It only asks.
  case read
  /// Once or twice leaves the same behind.
  case idempotent
  /// The service takes a key with it and does it once.
  case keyed
  /// The service can be asked whether it was done.
  case queryable
  /// Twice does it twice, and nobody can tell.
  case unsafe
}

extension DeclaredEffect {
  /// What HTTP says of a verb in capitals (RFC 9110, section 9.2).
  public init(verb: String) {
    switch verb {
    case "GET", "HEAD", "OPTIONS", "TRACE": self = .read
    case "PUT", "DELETE": self = .idempotent
    default: self = .unsafe
    }
  }

  /// Whether a request may be sent again without asking anybody.
  public var mayBeSentAgain: Bool { self == .read || self == .idempotent || self == .keyed }
}
