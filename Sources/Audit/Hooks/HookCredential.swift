internal import EventStore

/// What proves that a delivery is a hook's: a secret, or enough of it to know it again.
public struct HookCredential: Hashable, Sendable {
  /// What is kept of the secret.
  public enum Kept: Hashable, Sendable {
    /// The SHA-256 of salt and secret, for a secret that comes with every delivery.
    case digest([UInt8], salt: [UInt8])
    /// The secret itself, for one that signs.
    case secret([UInt8])
  }

  /// What the log calls it, such as `k1`.
  public let id: String
  /// What is kept of the secret.
  public let kept: Kept
  /// From when on it is valid, in milliseconds since 1970.
  public let since: Int64
  /// From when on it is not, nil for never.
  public var until: Int64?

  /// Makes a credential of a secret.
  ///
  /// - Parameters:
  ///   - id: What the log calls it.
  ///   - secret: The secret.
  ///   - proof: What it is for, which decides what is kept of it.
  ///   - salt: Random bytes.
  ///   - since: From when on it is valid, in milliseconds since 1970.
  public init(id: String, _ secret: [UInt8], for proof: DeliveryProof, salt: [UInt8], since: Int64)
  {
    self.init(
      id: id,
      proof.signs ? .secret(secret) : .digest(Self.digest(secret, salt), salt: salt),
      since: since
    )
  }

  init(id: String, _ kept: Kept, since: Int64, until: Int64? = nil) {
    self.id = id
    self.kept = kept
    self.since = since
    self.until = until
  }

  /// Whether it is valid at a time, in milliseconds since 1970.
  public func isValid(at now: Int64) -> Bool { until.map { now < $0 } ?? true }

  /// Whether a secret that came with a delivery is this one; in constant time.
  public func isSecret(_ given: [UInt8]) -> Bool {
    switch kept {
    case .digest(let digest, let salt): Self.isEqual(Self.digest(given, salt), digest)
    case .secret(let secret): Self.isEqual(Self.digest(given, []), Self.digest(secret, []))
    }
  }

  private static func digest(_ secret: [UInt8], _ salt: [UInt8]) -> [UInt8] {
    Digest(of: salt + secret).array
  }

  /// Whether both are the same; takes as long wherever they differ.
  private static func isEqual(_ left: [UInt8], _ right: [UInt8]) -> Bool {
    guard left.count == right.count else { return false }
    var difference: UInt8 = 0
    for (left, right) in zip(left, right) { difference |= left ^ right }
    return difference == 0
  }
}

extension HookCredential: CustomStringConvertible, CustomReflectable {
  /// What it is called, and nothing of the secret.
  public var description: String { id }

  /// Nothing, so that no dump shows the secret.
  public var customMirror: Mirror { Mirror(self, children: [:]) }
}
