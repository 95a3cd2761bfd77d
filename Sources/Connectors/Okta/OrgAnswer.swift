/// What the org behind a connection answered.
public struct OrgAnswer: Sendable {
  /// The status of HTTP.
  public let status: Int
  /// The body, exactly as it came.
  public let body: [UInt8]
  /// Where the next page is, as the answer's `Link` fields say (RFC 8288); nil where they do not.
  public let next: String?
  /// How long the org wants nobody to ask again, in milliseconds; 0 where it does not say.
  public let waitMilliseconds: Double
  /// Where a redirect leads; nil for any other answer.
  public let redirect: String?
  /// Whether the org says that it ended the search early.
  public let isCutShort: Bool
}

/// Why an org gave no answer that can be used.
public enum OrgFailure: Error, Hashable, Sendable {
  /// The address is not one of the org; nothing went out.
  case elsewhere(String)
  /// The answer is longer than the connection allows.
  case tooLong(String)
  /// No whole answer came; another attempt can succeed.
  case passing(String)
  /// It cannot be asked at all.
  case lasting(String)
}

extension OrgFailure: CustomStringConvertible {
  /// What happened, as a sentence.
  public var description: String {
    switch self {
    case .elsewhere(let reason), .tooLong(let reason), .passing(let reason),
      .lasting(let reason):
      reason
    }
  }
}
