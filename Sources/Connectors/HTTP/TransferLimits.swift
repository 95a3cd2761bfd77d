/// The bounds of one exchange with a service.
struct TransferLimits: Hashable, Sendable {
  /// How long connecting may take, in milliseconds.
  var connectMilliseconds = 10_000
  /// How long all of it may take, in milliseconds; Okta's connector cards have 30 seconds.
  var totalMilliseconds = 30_000
  /// How many bytes a body may have, after its compression is undone.
  var bodySize = 10 << 20
  /// How many bytes the header may have.
  var headerSize = 64 << 10

  /// Makes the usual bounds.
  init() {}
}
