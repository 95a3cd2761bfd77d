/// Where an execution comes from.
public enum ExecutionMode: String, Hashable, Sendable, CaseIterable {
  /// Run by hand or in a test, its effects answered by a script.
  case local
  /// Run by this program with real connectors.
  case live
  /// Run anew from a recording.
  case replay
  /// Run by Okta, which told of it; no card values are known.
  case observed
}
