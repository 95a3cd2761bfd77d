/// How a step ended.
public enum StepStatus: String, Hashable, Sendable, CaseIterable {
  /// The card did its work.
  case succeeded
  /// The card failed.
  case failed
  /// A *Continue If* whose condition did not hold ended its body.
  case stopped
  /// A branch, loop or call needed a value that nobody has; it was skipped.
  case frontier
  /// The card did not run, because an input is unknown.
  case blocked
  /// The card asked, and nobody has the answer.
  case unanswered
}
