/// What somebody decides of an effect that a plan leaves open.
public enum RepairDecision: String, Hashable, Sendable, CaseIterable {
  /// It is sent.
  case send
  /// It is not sent; what was done already stands.
  case skip
}
