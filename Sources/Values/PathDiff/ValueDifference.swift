/// One place at which two values differ.
public struct ValueDifference: Hashable, Sendable {
  /// Where; an index counts in the list that has the item, and in both where both have it.
  public let path: ValuePath
  /// What the first value has there; nil where it has nothing.
  public let before: Value?
  /// What the second value has there; nil where it has nothing.
  public let after: Value?

  /// Makes a difference.
  public init(path: ValuePath, before: Value?, after: Value?) {
    self.path = path
    self.before = before
    self.after = after
  }
}
