public import EventStore

/// A recipient as the log has it.
public struct RegisteredRecipient: Hashable, Sendable {
  /// The recipient.
  public let recipient: Recipient
  /// Where the log tells of it as it is now.
  public let position: Position
  /// When it was added, or changed last, in milliseconds since 1970.
  public let since: Int64
  /// Who did that, as claimed.
  public let actor: String
  /// What its newest secret is called, nil for one that has none.
  public internal(set) var credential: String?
  /// The terms that it has had, each with where the log tells of them, in order.
  let terms: [(position: Position, terms: NoticeTerms)]

  /// The terms under which it is told of an alert that was opened at a position; nil where it was not
  /// there yet.
  func terms(at opening: Position) -> NoticeTerms? {
    terms.last { $0.position < opening }?.terms
  }

  /// Whether both are the same registration.
  public static func == (left: RegisteredRecipient, right: RegisteredRecipient) -> Bool {
    left.position == right.position && left.credential == right.credential
  }

  /// Feeds where it is registered.
  public func hash(into hasher: inout Hasher) { hasher.combine(position) }
}
