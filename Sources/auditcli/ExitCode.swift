internal import ArgumentParser

/// What the program's exit status tells, everywhere the same.
enum ExitStatus: Int32 {
  /// Done, and nothing to report.
  case done = 0
  /// It could not be done; the message says why.
  case couldNot = 1
  /// Done, and something was found: a difference, a failure, a rejected line.
  case found = 2
  /// The store is intact, but no checkpoint outside vouches for it.
  case unanchored = 3

  /// The error that ends a command with this status and no message.
  var exit: ExitCode { ExitCode(rawValue) }
}
