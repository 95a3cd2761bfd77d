internal import Glibc

/// A process that goes on until it is killed.
final class BackgroundProcess {
  private var process: pid_t?

  /// Starts a program; what it writes goes nowhere.
  ///
  /// - Throws: `Failure` where it cannot be run.
  init(_ command: [String]) throws {
    process = try ChildProcess.spawn(command, to: "/dev/null")
  }

  /// Ends it at once, as a loss of power would.
  func kill() {
    guard let process else { return }
    Glibc.kill(process, SIGKILL)
    waitpid(process, nil, 0)
    self.process = nil
  }
}
