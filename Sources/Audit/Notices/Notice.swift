public import Values

/// A message to a recipient about an alert, or about several, and what became of it.
public struct Notice: Hashable, Sendable {
  /// How it stands.
  public enum State: String, Hashable, Sendable, CaseIterable {
    /// It is being sent; where nobody does, the server that did has ended.
    case sending
    /// It was not taken, and is sent again later.
    case waiting
    /// It was taken.
    case sent
    /// It was not taken, and is not sent again.
    case failed
    /// It went out, and nobody knows whether it was taken.
    case doubted = "in-doubt"
  }

  /// Its id: the same for all attempts, and in all stores another.
  public let id: String
  /// Whom it goes to.
  public let recipient: String
  /// What it tells of; nothing, for a test.
  public let topics: [NoticeTopic]
  /// Whether it gathers what was too much to be told one by one.
  public let isSummary: Bool
  /// When it was sent first, in milliseconds since 1970, by the clock of who sent it.
  public let requested: Int64
  /// How often it was sent.
  public internal(set) var attempts = 0
  /// How often since somebody said that it has to be sent again.
  public internal(set) var tries = 0
  /// How it stands.
  public internal(set) var state = State.sending
  /// When that became so, in milliseconds since 1970.
  public internal(set) var changed: Int64
  /// The status that its receiver answered last; nil where there was none.
  public internal(set) var status: Int?
  /// Why it was not taken, or why nobody knows.
  public internal(set) var reason: String?
  /// When it is sent again, in milliseconds since 1970; nil, while it waits, for at once.
  public internal(set) var next: Int64?
  /// What a person said of it while it was in doubt, had failed, or waited.
  public internal(set) var resolution: Resolution?

  /// What a person said.
  public struct Resolution: Hashable, Sendable {
    /// Whether it had been taken; where not, it was sent again.
    public let wasSent: Bool
    /// Who, as claimed.
    public let actor: String
    /// Why.
    public let why: String
    /// When, in milliseconds since 1970.
    public let time: Int64
  }

  /// Whether it was sent by `recipient test`.
  public var isTest: Bool { topics.isEmpty }

  /// `new`, `unhandled`, `reopened`, `summary` or `test`.
  public var kind: String {
    isTest ? "test" : isSummary ? "summary" : topics[0].reason.rawValue
  }

  /// The notice as the command line's JSON shows it.
  public var json: Object {
    [
      "notice": .text(Text(id)), "recipient": .text(Text(recipient)), "kind": .text(Text(kind)),
      "alerts": .list(
        topics.map { topic in
          [
            "alert": .text(topic.alert), "reason": .text(Text(topic.reason.rawValue)),
            "opening": .whole(topic.opening),
          ]
        }
      ), "state": .text(Text(state.rawValue)), "attempts": .whole(attempts),
      "requested": .time(requested), "changed": .time(changed),
      "status": status.map { .whole($0) } ?? .null,
      "reason": .optional(reason.map { Text($0) }), "next": next.map { .time($0) } ?? .null,
      "resolution": resolution.map { .object($0.json) } ?? .null,
    ]
  }
}

extension Notice.Resolution {
  fileprivate var json: Object {
    [
      "outcome": wasSent ? "sent" : "not-sent", "actor": .text(Text(actor)),
      "why": .text(Text(why)), "time": .time(time),
    ]
  }
}
