internal import Glibc

/// Threads that prepare work for another one and leave the processor to it whenever it can go on.
///
/// They are nicer than the rest of the process, which a queue's threads could not be without staying so
/// for whoever is given them next.
struct BackgroundThreads: ~Copyable {
  private var threads: [pthread_t] = []

  /// How much nicer than the process's other threads they are.
  private static let niceness: CInt = 10

  private final class Body {
    let run: @Sendable () -> Void

    init(_ run: @escaping @Sendable () -> Void) {
      self.run = run
    }
  }

  /// Starts as many of `count` threads as the system allows.
  ///
  /// - Throws: `IngestError` where it allows none.
  init(count: Int, _ body: @escaping @Sendable () -> Void) throws {
    for _ in 0..<count {
      let passed = Unmanaged.passRetained(Body(body))
      var thread = pthread_t()
      let status = pthread_create(
        &thread,
        nil,
        { passed in
          // On Linux the priority meant is the calling thread's alone.
          _ = setpriority(__priority_which_t(PRIO_PROCESS.rawValue), 0, BackgroundThreads.niceness)
          if let passed { Unmanaged<Body>.fromOpaque(passed).takeRetainedValue().run() }
          return nil
        },
        passed.toOpaque()
      )
      guard status == 0 else {
        passed.release()
        guard !threads.isEmpty else { throw IngestError.noThread(code: status) }
        break
      }
      threads.append(thread)
    }
  }

  /// Waits until every thread's body has returned.
  consuming func join() {
    for thread in threads { pthread_join(thread, nil) }
  }
}
