/// How often a connector card asks again after an answer that says it asked too often.
public struct RetryPolicy: Hashable, Sendable {
  /// How often it asks again.
  public let count: Int
  /// How long it waits before, in milliseconds; the shortest of a range.
  public let delayMilliseconds: Double

  /// Asking once.
  public static let none = RetryPolicy(count: 0, delayMilliseconds: 0)
}
