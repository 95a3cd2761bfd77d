internal import Synchronization
internal import Values

/// The bearer tokens that were asked for, by who asked whom, while they hold.
final class TokenCache: Sendable {
  private struct Held {
    let token: Secret
    let until: Instant
  }

  private let tokens = Mutex<[String: Held]>([:])

  /// Every token that was ever handed out, for what must not be written down.
  private let all = Mutex<[Secret]>([])

  var secrets: [Secret] { all.withLock { $0 } }

  func token(for label: String, now: Instant) -> Secret? {
    tokens.withLock { tokens in
      guard let held = tokens[label], held.until > now else { return nil }
      return held.token
    }
  }

  func keep(_ token: Secret, for label: String, until: Instant) {
    all.withLock { $0.append(token) }
    tokens.withLock { $0[label] = Held(token: token, until: until) }
  }

  func forget(_ label: String) { tokens.withLock { $0[label] = nil } }
}
