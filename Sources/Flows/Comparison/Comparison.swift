public import Values

/// The one table of comparisons that all condition cards share.
public enum Comparison {
  /// How a comparison came out.
  public enum Outcome: Hashable, Sendable {
    /// The comparison holds.
    case holds
    /// It does not hold.
    case fails
    /// Whether it holds depends on answers that nobody has.
    case unknown(Unknown)
  }

  /// Compares two values that have been read by their declared types.
  public static func evaluate(
    _ left: Value,
    _ comparison: ComparisonOperator,
    _ right: Value
  ) -> Outcome {
    .fails
  }

  /// Compares the `left-operand` and `right-operand` of a condition by its `operator`.
  ///
  /// `group` is nil for every card but *If/ElseIf*, whose conditions stand in groups.
  ///
  /// - Throws: `CardError` where the operator is not one this engine knows.
  public static func condition(
    of call: CardCall,
    inGroup group: String? = nil
  ) throws(CardError) -> Outcome {
    .fails
  }
}
