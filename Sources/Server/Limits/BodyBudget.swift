internal import Synchronization

/// How much of bodies that are being read is held at once, whoever sends them: many connections that each
/// send a little less than is allowed would fill the memory.
///
/// What most deliveries have is free, so that those of honest senders are taken meanwhile.
final class BodyBudget: Sendable {
  private let limit: Int
  private let held = Mutex(0)

  /// So many bytes of each body are not counted.
  static let free = 8 << 10

  /// A budget of so many bytes.
  init(_ limit: Int = 10 << 20) {
    self.limit = limit
  }

  /// Takes so many bytes; whether there were as many.
  func take(_ count: Int) -> Bool {
    // Most bodies are short, and take nothing.
    guard count > 0 else { return true }
    return held.withLock { held in
      guard held + count <= limit else { return false }
      held += count
      return true
    }
  }

  /// Gives so many bytes back.
  func giveBack(_ count: Int) {
    if count > 0 { held.withLock { $0 -= count } }
  }
}
