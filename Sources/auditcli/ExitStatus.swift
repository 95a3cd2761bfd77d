internal import ArgumentParser
internal import Replay

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

extension ExitStatus {
  /// What a comparison tells: by the gate where there is one, else by what was found.
  init(of summary: VerdictSummary, found: Bool, gate: GateOutcome?) {
    self = gate?.status ?? (found ? .found : summary.isOnlySkipped ? .couldNot : .done)
  }
}
