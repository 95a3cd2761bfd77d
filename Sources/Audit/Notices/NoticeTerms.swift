internal import Values

/// What a recipient wants to be told of.
public struct NoticeTerms: Hashable, Sendable {
  /// The reasons to tell it.
  public var reasons: Set<NoticeReason>
  /// After how many milliseconds an alert counts as unhandled, from when the log had the event that
  /// opened it.
  public var after: Int64
  /// The least grave alerts that it is told of.
  public var severity: AlertSeverity
  /// Whom alerts speak for; none for all.
  public var origins: [String]
  /// How many milliseconds an event may be old when it comes into the log; what is older is history.
  public var within: Int64

  /// Makes terms.
  public init(
    reasons: Set<NoticeReason> = Set(NoticeReason.allCases),
    after: Int64 = 15 * 60_000,
    severity: AlertSeverity = .low,
    origins: [String] = [],
    within: Int64 = NoticeTerms.usualWithin
  ) {
    self.reasons = reasons
    self.after = after
    self.severity = severity
    self.origins = origins
    self.within = within
  }

  /// Seven days, in milliseconds.
  public static let usualWithin: Int64 = 7 * 86_400_000
}

extension NoticeTerms {
  /// The terms of a recipient's definition; what is missing or wrong is as it is where nothing is said.
  init(_ members: Object) {
    self.init()
    let reasons = Set(members.texts("on").compactMap { NoticeReason(rawValue: $0.description) })
    if !reasons.isEmpty { self.reasons = reasons }
    after = members.integer("after") ?? after
    severity =
      members.textAt("severity").flatMap { AlertSeverity(rawValue: $0.description) } ?? .low
    origins = members.texts("origins").map(\.description)
    within = members.integer("within") ?? within
  }

  var members: Object {
    [
      "on": .list(
        NoticeReason.allCases.filter(reasons.contains).map { .text(Text($0.rawValue)) }
      ), "after": .whole(after), "severity": .text(Text(severity.rawValue)),
      "origins": .list(origins.map { .text(Text($0)) }), "within": .whole(within),
    ]
  }
}
