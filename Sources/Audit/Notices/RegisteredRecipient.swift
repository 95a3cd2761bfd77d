public import EventStore
public import Values

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

  /// The recipient as the command line's JSON shows it.
  public var json: Object {
    let current = recipient.terms
    return [
      "recipient": .text(Text(recipient.name)), "way": .text(Text(recipient.way.rawValue)),
      "to": .text(Text(recipient.target)),
      "connection": .optional(recipient.connection.map { Text($0) }),
      "on": .list(
        NoticeReason.allCases.filter(current.reasons.contains).map { .text(Text($0.rawValue)) }
      ),
      "after": .number(Double(current.after) / 1000),
      "severity": .text(Text(current.severity.rawValue)),
      "origins": .list(current.origins.map { .text(Text($0)) }),
      "within": .number(Double(current.within) / 1000),
      "credential": .optional(credential.map { Text($0) }), "since": .time(since),
      "actor": .text(Text(actor)), "position": .whole(position.rawValue),
    ]
  }

  /// Whether both are the same registration.
  public static func == (left: RegisteredRecipient, right: RegisteredRecipient) -> Bool {
    left.position == right.position && left.credential == right.credential
  }

  /// Feeds where it is registered.
  public func hash(into hasher: inout Hasher) { hasher.combine(position) }
}
