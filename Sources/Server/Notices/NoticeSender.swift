public import Audit

/// What sends notices for a server, handed in by whoever has the connectors.
public struct NoticeSender: Sendable {
  let send: @Sendable (NoticeLetter) -> NoticeOutcome

  /// Makes a sender of what sends a letter once and waits for what comes of it.
  public init(_ send: @escaping @Sendable (NoticeLetter) -> NoticeOutcome) {
    self.send = send
  }
}
