internal import Audit
internal import EventStore
internal import Synchronization

/// The tokens as they are now, read again when they may have changed.
final class TokenBook: Sendable {
  private let log: EventLog
  private let state = Mutex(State())

  private struct State {
    var read: Int64?
    var changes: Int?
    var tokens: [[UInt8]: AccessToken] = [:]
  }

  /// For so many milliseconds nothing is read again.
  private static let age: Int64 = 1000

  init(_ log: EventLog) {
    self.log = log
  }

  /// Whose token a request came with, at a time in milliseconds since 1970; nil where it came with none
  /// that opens anything.
  ///
  /// The field may say `Bearer` or, as clients of Okta do, `SSWS` before the token, with or without a
  /// space between them. A token is found by its digest, whose comparison tells nothing about it.
  ///
  /// - Throws: Where the log cannot be read.
  func caller(_ authorization: String?, at now: Int64) throws -> Caller? {
    guard let text = authorization.flatMap(Self.token) else { return nil }
    let token = try tokens(at: now)[AccessToken.digest(of: Array(text.utf8))]
    guard let token, token.isValid(at: now) else { return nil }
    return Caller(name: token.name, roles: token.roles)
  }

  private static func token(in field: String) -> String? {
    for scheme in ["bearer ", "ssws"] where field.lowercased().hasPrefix(scheme) {
      let token = field.dropFirst(scheme.count).drop { $0 == " " }
      return token.isEmpty ? nil : String(token)
    }
    return nil
  }

  private func tokens(at now: Int64) throws -> [[UInt8]: AccessToken] {
    try state.withLock { state in
      if let read = state.read, (0..<Self.age).contains(now - read) { return state.tokens }
      let registry = AccessTokenRegistry(log)
      let changes = try registry.changeCount()
      if changes != state.changes {
        let tokens = try registry.list()
        state.tokens = Dictionary(tokens.map { ($0.digest, $0) }) { first, _ in first }
        state.changes = changes
      }
      state.read = now
      return state.tokens
    }
  }
}
