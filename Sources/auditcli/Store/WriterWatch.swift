internal import EventStore
internal import Foundation
internal import Synchronization

/// Says who else has the store open where a process waits long to write to it.
///
/// LMDB waits for a writer without end, and cannot tell which process that is.
final class WriterWatch: WriterWaiting {
  /// After how many milliseconds a wait is told of, and how many later again.
  private static let patience: (first: UInt64, again: UInt64) = (5_000, 60_000)

  private let store: String
  private let tell: @Sendable (String) -> Void
  /// When the wait began, in milliseconds since the machine started; 0 while nothing waits.
  private let began = Atomic<UInt64>(0)

  /// A watch over the waits for the writer of a store, that gives `tell` what there is to say.
  init(store: String, tell: @escaping @Sendable (String) -> Void) {
    self.store = store
    self.tell = tell
    let watch = Thread { [weak self] in
      var next = Self.patience.first
      while true {
        usleep(500_000)
        guard let self else { return }
        let began = self.began.load(ordering: .relaxed)
        let waited = began == 0 ? 0 : Self.now() - began
        if waited < Self.patience.first { next = Self.patience.first }
        guard waited >= next else { continue }
        next = waited + Self.patience.again
        self.tell(ofWait: waited)
      }
    }
    watch.start()
  }

  func waitBegins() { began.store(Self.now(), ordering: .relaxed) }

  func waitEnds() { began.store(0, ordering: .relaxed) }

  private static func now() -> UInt64 { DispatchTime.now().uptimeNanoseconds / 1_000_000 }

  private func tell(ofWait waited: UInt64) {
    let others = StoreProcess.others(of: store)
    // Where nobody else has it open, another thread of this process writes.
    guard !others.isEmpty else { return }
    let title = "Waiting for \(waited / 1_000) s to write to \(store.visible), which is open in:"
    tell(([title] + others.map { "  \($0)" }).joined(separator: "\n"))
  }
}
