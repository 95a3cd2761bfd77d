internal import Synchronization
internal import Values

/// Which flows have a tick that waits for a free worker.
final class WaitingTicks: Sendable {
  private let counts = Mutex<[Text: Int]>([:])

  /// The flows of which one waits.
  var flows: Set<Text> { counts.withLock { Set($0.keys) } }

  func add(_ flow: Text) { counts.withLock { $0[flow, default: 0] += 1 } }

  /// A tick of the flow is run now; one that nobody added is nobody's.
  func remove(_ flow: Text) {
    counts.withLock { counts in
      guard let count = counts[flow] else { return }
      counts[flow] = count > 1 ? count - 1 : nil
    }
  }
}
