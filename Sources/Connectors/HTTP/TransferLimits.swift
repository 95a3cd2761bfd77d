/// The bounds of one exchange with a service.
public struct TransferLimits: Hashable, Sendable {
  /// How long connecting may take, in milliseconds.
  public var connectMilliseconds = 10_000
  /// How long all of it may take, in milliseconds; Okta's connector cards have 30 seconds.
  public var totalMilliseconds = 30_000
  /// How many bytes a body may have, after its compression is undone.
  public var bodySize = 10 << 20
  /// How many bytes the header may have.
  public var headerSize = 64 << 10

  /// Makes the usual bounds.
  public init() {}
}
