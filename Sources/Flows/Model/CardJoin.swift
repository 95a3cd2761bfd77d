/// The input of a join that one of its outputs copies.
public struct CardJoin: Hashable, Sendable {
  /// The place of the input.
  public let input: Int
  /// The place of the output.
  public let output: Int
}
