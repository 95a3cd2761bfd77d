/// A request for a hook that was not taken in.
public struct RefusedDelivery: Sendable {
  /// The hook's name.
  public let hook: String
  /// The status of the answer.
  public let status: Int
  /// Why, without anything secret.
  public let reason: String
  /// The sender's address and port.
  public let sender: String
  /// How many bytes its body had, as far as they were read.
  public let size: Int
  /// How many refusals before it are not in the log, since there were too many.
  public var unrecorded = 0

  /// Makes a refusal.
  public init(hook: String, status: Int, reason: String, sender: String, size: Int) {
    self.hook = hook
    self.status = status
    self.reason = reason
    self.sender = sender
    self.size = size
  }
}
