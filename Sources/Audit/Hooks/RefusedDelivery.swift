public import EventStore
internal import Values

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

extension RefusedDelivery {
  /// Notes in the log what was not taken in, and why; who sent it, and nothing of what it held.
  ///
  /// - Throws: `EventLogError` where it cannot be appended.
  @available(*, noasync)
  public static func append(_ refusals: [RefusedDelivery], to log: EventLog) throws {
    let drafts = refusals.map { refusal in
      var data: Object = [
        "hook": .text(Text(refusal.hook)), "sender": .text(Text(refusal.sender)),
        "status": .number(Double(refusal.status)), "reason": .text(Text(refusal.reason)),
        "size": .number(Double(refusal.size)),
      ]
      if refusal.unrecorded > 0 { data["unrecorded"] = .number(Double(refusal.unrecorded)) }
      return DeliveryEventType.refused.draft(of: refusal.hook, data)
    }
    try log.append(AppendBatch(drafts))
  }
}
