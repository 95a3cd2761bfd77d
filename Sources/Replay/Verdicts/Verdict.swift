/// The outcome of comparing two flow versions on one execution: the first that holds.
public enum Verdict: String, Hashable, Sendable, CaseIterable {
  /// The execution succeeded before and fails now.
  case broken
  /// The execution failed before and succeeds now.
  case fixed
  /// A known effect, result or error differs.
  case changed
  /// Nothing known differs, and something is unknown.
  case undecidable
  /// The same effects and result by another path.
  case equivalent
  /// The same steps, effects and result.
  case identical
  /// The recording cannot be run again.
  case skipped
}

extension Verdict {
  /// Whether the new version is known or suspected to do something else.
  public var isFinding: Bool {
    switch self {
    case .broken, .fixed, .changed, .undecidable: true
    case .equivalent, .identical, .skipped: false
    }
  }
}
