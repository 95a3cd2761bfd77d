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
  /// Whom alerts speak for, as events name it; none for all.
  public let origins: [String]
  /// How many milliseconds an event may be old when it comes into the log; what is older is history.
  public var within: Int64

  /// Makes terms; an origin is a URL, of which scheme and host count, a host, or a name such as
  /// `slack:T0123`.
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
    self.origins = origins.map { String(decoding: Origin.normalized($0), as: UTF8.self) }
    self.within = within
  }

  /// Seven days, in milliseconds.
  public static let usualWithin: Int64 = 7 * 86_400_000
}

extension NoticeTerms {
  /// The terms of a recipient's definition; what is missing or wrong is as it is where nothing is said.
  init(_ members: Object) {
    let usual = Self()
    let reasons = Set(members.texts("on").compactMap { NoticeReason(rawValue: $0.description) })
    self.init(
      reasons: reasons.isEmpty ? usual.reasons : reasons,
      after: members.integer("after") ?? usual.after,
      severity: members.textAt("severity").flatMap { AlertSeverity(rawValue: $0.description) }
        ?? usual.severity,
      origins: members.texts("origins").map(\.description),
      within: members.integer("within") ?? usual.within
    )
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
