/// What came in for a hook over the network, after its sender has proved itself.
///
/// An object, since it is handed from thread to thread until it is in the log.
public final class Delivery: Sendable {
  /// The hook it came in for.
  public let hook: RegisteredHook
  /// What the credential is called that it was accepted by; nil for a hook that takes none.
  public let credential: String?
  /// Who sent it, as an address and port.
  public let sender: String
  /// Its bytes as they came.
  public let body: [UInt8]

  /// Makes a delivery.
  public init(hook: RegisteredHook, credential: String?, sender: String, body: [UInt8]) {
    self.hook = hook
    self.credential = credential
    self.sender = sender
    self.body = body
  }
}

/// What became of a delivery that is in the log.
public struct DeliveryOutcome: Hashable, Sendable {
  /// How many of its events are new.
  public var appended = 0
  /// How many the log had already.
  public var duplicates = 0
  /// How many the log had with other bytes.
  public var conflicting = 0
  /// How many the hook's filter kept out.
  public var filtered = 0
  /// Where its new events stand.
  public var positions: [Range<UInt64>] = []
}
