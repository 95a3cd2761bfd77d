public import Values

/// Where a run without its secrets finds the steps that were computed from them.
public struct CoveredSteps: Sendable {
  /// The step that asks.
  public struct Place: Sendable {
    /// Its path.
    public let path: Text
    /// The place in the order in which steps began.
    public let ordinal: Int
    /// Its inputs by name, covered; a step that was recorded with others is another step.
    ///
    /// Nil where only the recording tells what they are: parts of a secret list, what a call handed on.
    public let inputs: Object?
    /// The arguments of a list card that are the same for every item, covered.
    public let arguments: Object
  }

  let find: @Sendable (Place) -> CoveredStep?

  /// Finds steps by a function without effects.
  public init(_ find: @escaping @Sendable (Place) -> CoveredStep?) {
    self.find = find
  }

  /// Knows none: whatever is computed from secrets is asked for.
  public static let none = CoveredSteps { _ in nil }
}
