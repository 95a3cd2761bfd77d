internal import EventStore

/// A notice that is ready to be sent once.
public struct NoticeLetter: Sendable {
  /// The notice's id, by which a receiver knows it again.
  public let id: String
  /// Whom it goes to.
  public let recipient: Recipient
  /// What it tells of; nothing, for a test.
  let topics: [NoticeTopic]
  /// Whether it gathers what was too much to be told one by one.
  let isSummary: Bool
  /// How often it was sent, with this time.
  public let attempt: Int
  /// The tries since somebody said that it has to be sent again, with this one.
  let tries: Int
  /// The event that opened the alert, where it is one.
  let cause: Position?
  /// When it was made, in milliseconds since 1970.
  let made: Int64
  /// What goes out.
  public let message: NoticeMessage
}
