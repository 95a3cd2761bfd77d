internal import Foundation

/// What the system writes when a process ends badly: all of its memory.
enum CoreFiles {
  /// Keeps what is in memory from now on out of such files: credentials, secrets of flows.
  ///
  /// - Throws: `Failure` where the system does not allow that.
  static func forbid() throws {
    // One byte is too short for a file, and tells the kernel not to start a program for it either,
    // which a limit of none does not (core(5)).
    var least = rlimit(rlim_cur: 1, rlim_max: 1)
    guard setrlimit(__rlimit_resource_t(RLIMIT_CORE.rawValue), &least) == 0 else {
      throw Failure("core files cannot be forbidden: \(String(cString: strerror(errno)))")
    }
  }
}
