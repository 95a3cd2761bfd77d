public import EventStore
public import Values

/// A breached-credential alert: one user's events of one UTC day, and what became of them.
public struct Alert: Hashable, Sendable {
  /// An event that raised the alert or belongs to it.
  public struct Evidence: Hashable, Sendable {
    /// The event's own id.
    public let id: Text
    /// When it happened, in milliseconds since 1970.
    public let time: Int64
    /// Where its copies are; the hook's and the API's may differ in their bytes.
    public let positions: [Position]
    /// How grave it is.
    public let severity: AlertSeverity
  }

  /// A decision of a person.
  public struct Decided: Hashable, Sendable {
    /// What was decided.
    public let decision: AlertDecision
    /// When, in milliseconds since 1970.
    public let time: Int64
    /// Where it is in the log.
    public let position: Position
    /// Who decided, as claimed.
    public let actor: Text
    /// Why.
    public let note: Text?
  }

  /// What flows did about an alert.
  public enum Handling: String, Hashable, Sendable, CaseIterable {
    /// No execution was started by its events.
    case none
    /// Executions had its events, and not all of them ended well and wrote or notified.
    case seen
    /// For each event an execution ended well that wrote or notified.
    case handled
  }

  /// The alert's id.
  public let id: Text
  /// The user's login or mail, else their id.
  public let user: Text
  /// The user's id, where the events name one.
  public let userID: Text?
  /// The user's name, where the events give one.
  public let userName: Text?
  /// The gravest of its events.
  public let severity: AlertSeverity
  /// Its events in order of their times.
  public let events: [Evidence]
  /// What people decided, in order.
  public let decisions: [Decided]
  /// What flows did.
  public let handling: Handling
  /// The execution that handled it, the last one where there are several.
  public let handledBy: Text?
  /// From its first event to the end of what handled it, in milliseconds.
  public let latency: Int64?
  /// Where the events stand that opened it: the first that came, and each that came when a person had
  /// decided since the one before, or flows had handled all before.
  public let openings: [Position]
}

extension Alert {
  /// Every status there is.
  public static let statuses: [Text] =
    [.init("open"), .init(Handling.seen.rawValue), .init(Handling.handled.rawValue)]
    + AlertDecision.allCases.map { Text($0.rawValue) }

  /// `acknowledged`, `resolved` or `suppressed` where somebody decided since its last new event,
  /// else `handled`, `seen` or `open`.
  public var status: Text {
    let newest = events.compactMap { $0.positions.min() }.max()
    if let last = decisions.last, newest.map({ $0 < last.position }) ?? true {
      return Text(last.decision.rawValue)
    }
    return handling == .none ? "open" : Text(handling.rawValue)
  }

  /// When the first of its events happened, in milliseconds since 1970.
  public var first: Int64 { events.first?.time ?? 0 }

  /// When the last of its events happened.
  public var last: Int64 { events.last?.time ?? 0 }

  /// The alert as the command line's JSON shows it; latency in seconds.
  public var json: Value {
    [
      "alert": .text(id), "user": .text(user), "severity": .text(Text(severity.rawValue)),
      "status": .text(status), "first": .time(first), "last": .time(last),
      "events": .list(events.map { .object($0.json) }), "handledBy": .optional(handledBy),
      "handling": .text(Text(handling.rawValue)),
      "latency": latency.map { .number(Double($0) / 1000) } ?? .null,
      "openings": .list(openings.map { .whole($0.rawValue) }),
      "decisions": .list(decisions.map { .object($0.json) }),
    ]
  }

  /// Whether neither a flow nor a person did anything about it: `open` or `seen`.
  public var isUnhandled: Bool { status == "open" || status == Text(Handling.seen.rawValue) }
}

extension Alert.Decided {
  fileprivate var json: Object {
    [
      "decision": .text(Text(decision.rawValue)), "time": .time(time), "actor": .text(actor),
      "note": .optional(note), "position": .whole(position.rawValue),
    ]
  }
}

extension Alert.Evidence {
  fileprivate var json: Object {
    [
      "id": .text(id), "time": .time(time),
      "positions": .list(positions.map { .whole($0.rawValue) }),
    ]
  }
}
