internal import Values

/// What a notice says to people.
struct NoticeText {
  /// An alert, and why it is told of.
  typealias Item = (topic: NoticeTopic, alert: Alert)

  /// What it is.
  enum Kind {
    case single
    case summary
    case test
  }

  let recipient: Recipient
  let kind: Kind
  let items: [Item]

  /// A summary names so many alerts.
  static let named = 20

  /// The lines, the first of which says it all; `quote` makes the text of a stranger harmless.
  func lines(_ quote: (Text) -> String) -> [String] {
    if kind == .test { return test(quote) }
    guard let item = items.first else {
      return ["Withdrawn: what this notice told of is no longer in the log"]
    }
    return kind == .summary ? summary(quote) : single(item, quote)
  }

  /// The first line for a header, where nothing is marked up.
  var subject: String { lines { PlainText.withoutLinks($0) }[0] }

  private func test(_ quote: (Text) -> String) -> [String] {
    [
      "Test of auditcli: no credential is concerned",
      "Notices for the recipient \(quote(Text(recipient.name))) come here.",
    ]
  }

  private func single(_ item: Item, _ quote: (Text) -> String) -> [String] {
    let alert = item.alert
    var lines = [
      "\(reason(item.topic.reason)): breached credential of \(quote(alert.user)), severity "
        + alert.severity.rawValue
    ]
    if let name = alert.userName { lines.append("Name: \(quote(name))") }
    lines.append("Since: \(Self.time(alert.first))\(last(alert))")
    lines.append("Flows: \(flows(alert))")
    if let decided = alert.decisions.last, alert.status == Text(decided.decision.rawValue) {
      let note = decided.note.map { ": \(quote($0))" } ?? ""
      lines.append("\(decided.decision.rawValue) by \(quote(decided.actor))\(note)")
    }
    lines.append("To acknowledge: " + quote(Text(Self.acknowledgement(alert.id))))
    return lines
  }

  private func summary(_ quote: (Text) -> String) -> [String] {
    let sorted = items.sorted { left, right in
      left.alert.severity == right.alert.severity
        ? left.alert.first < right.alert.first : left.alert.severity > right.alert.severity
    }
    let reasons = NoticeReason.allCases.compactMap { reason in
      Self.count(items.filter { $0.topic.reason == reason }.count, reason.rawValue)
    }
    let severities = AlertSeverity.allCases.reversed().compactMap { severity in
      Self.count(items.filter { $0.alert.severity == severity }.count, severity.rawValue)
    }
    let noun = items.count == 1 ? "alert" : "alerts"
    var lines = [
      "\(items.count) \(noun) of breached credentials: " + reasons.joined(separator: ", "),
      "Severity: " + severities.joined(separator: ", "),
    ]
    lines += sorted.prefix(Self.named).map { item in
      "\(item.alert.severity.rawValue), \(item.topic.reason.rawValue): \(quote(item.alert.user)), since "
        + "\(Self.time(item.alert.first)), \(item.alert.id)"
    }
    let rest = items.count - Self.named
    if rest > 0 { lines.append("and \(rest) more") }
    lines.append("All that nobody handled: " + quote("auditcli alerts --unhandled"))
    return lines
  }

  private func reason(_ reason: NoticeReason) -> String {
    switch reason {
    case .new: "New"
    case .unhandled: "Still unhandled after \(Self.span(recipient.terms.after))"
    case .reopened: "Reopened"
    }
  }

  private func last(_ alert: Alert) -> String {
    guard alert.events.count > 1 else { return "" }
    return ", \(alert.events.count) events, the last \(Self.time(alert.last))"
  }

  private func flows(_ alert: Alert) -> String {
    switch alert.handling {
    case .none: "none has had its events"
    case .seen: "had its events, and did not handle them"
    case .handled: "handled it" + (alert.handledBy.map { ", execution \($0)" } ?? "")
    }
  }

  /// The command by which somebody says that they look after an alert.
  static func acknowledgement(_ alert: Text) -> String {
    "auditcli alerts ack \(alert) --note \"…\""
  }

  private static func count(_ number: Int, _ word: String) -> String? {
    number == 0 ? nil : "\(number) \(word)"
  }

  private static func time(_ milliseconds: Int64) -> String {
    let text = Instant(milliseconds: milliseconds).iso8601.description
    return text.prefix { $0 != "." }.replacing("T", with: " ") + " UTC"
  }

  static func span(_ milliseconds: Int64) -> String {
    let seconds = milliseconds / 1000
    return seconds % 60 == 0 ? "\(seconds / 60) min" : "\(seconds) s"
  }
}
