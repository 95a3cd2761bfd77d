internal import Audit
internal import EventStore
internal import Foundation
internal import Glibc

/// The clock, randomness and projections that the program has too.
enum BenchmarkWorld {
  /// How logs are opened.
  static func options(projections: [any Projection] = AuditViews.all) -> EventLogOptions {
    EventLogOptions(clock: now, entropy: entropy, projections: projections)
  }

  @Sendable static func now() -> Int64 {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000
  }

  @Sendable static func entropy(_ count: Int) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: count)
    // The system gives at most 256 bytes at a time.
    for start in stride(from: 0, to: count, by: 256) {
      bytes.withUnsafeMutableBytes { buffer in
        let part = UnsafeMutableRawBufferPointer(rebasing: buffer[start..<min(start + 256, count)])
        precondition(getentropy(part.baseAddress, part.count) == 0)
      }
    }
    return bytes
  }
}
