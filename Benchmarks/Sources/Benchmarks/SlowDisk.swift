internal import Foundation

/// A disk on which each sync takes longer, for programs that are run on it.
///
/// What waits for the disk depends on it, and what shares its waits does not: two programs compare
/// otherwise on a slow disk than on a fast one.
struct SlowDisk {
  /// What is added to each sync.
  let milliseconds: Int

  /// What does it, which is built beside this program.
  private static var preloaded: String {
    URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent().path
      + "/libSlowSync.so"
  }

  /// A command as it is run on this disk.
  func command(_ words: [String]) -> [String] {
    ["/usr/bin/env", "LD_PRELOAD=\(Self.preloaded)", "SYNC_DELAY=\(milliseconds * 1000)"] + words
  }
}
