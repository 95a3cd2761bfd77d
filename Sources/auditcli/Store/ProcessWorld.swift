internal import Foundation

/// The clock, the randomness and the environment of this process, handed to what has neither.
enum ProcessWorld {
  /// Milliseconds since 1970 by the wall clock.
  @Sendable static func now() -> Int64 {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000
  }

  /// Unpredictable bytes from the system.
  @Sendable static func entropy(_ count: Int) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: count)
    // Fails only for more than 256 bytes at once, so longer draws are cut.
    for start in stride(from: 0, to: count, by: 256) {
      bytes.withUnsafeMutableBytes { buffer in
        let part = UnsafeMutableRawBufferPointer(
          rebasing: buffer[start..<min(start + 256, count)]
        )
        guard getentropy(part.baseAddress, part.count) == 0 else {
          preconditionFailure("The system gives no randomness.")
        }
      }
    }
    return bytes
  }

  /// A variable of the environment; nil where it is not set, or empty.
  @Sendable static func variable(_ name: String) -> String? {
    ProcessInfo.processInfo.environment[name].flatMap { $0.isEmpty ? nil : $0 }
  }
}
