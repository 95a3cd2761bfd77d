public import EventStore
internal import Crypto

/// A token as the log has it: who bears it, and what it opens; its text is nowhere.
public struct AccessToken: Hashable, Sendable {
  /// Whose it is, as whoever added it says.
  public let name: String
  /// What its bearer may do.
  public let roles: Set<AccessRole>
  /// The SHA-256 of its text.
  public let digest: [UInt8]
  /// Where the log tells of it.
  public let position: Position
  /// When it was added, in milliseconds since 1970.
  public let since: Int64
  /// From when on it opens nothing, in milliseconds since 1970; nil for never.
  public let until: Int64?
  /// Who added it, as claimed.
  public let actor: String

  /// Whether it opens anything at a time, in milliseconds since 1970.
  public func isValid(at now: Int64) -> Bool { until.map { now < $0 } ?? true }

  /// What the log keeps of a token's text.
  ///
  /// A token has 256 random bits, so that nobody finds it by its digest.
  public static func digest(of text: [UInt8]) -> [UInt8] { Array(SHA256.hash(data: text)) }
}
