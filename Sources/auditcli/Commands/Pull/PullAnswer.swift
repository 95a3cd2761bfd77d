internal import Audit
internal import EventStore
internal import Values

/// Tells what a pull did.
struct PullAnswer {
  let org: String
  let connection: String
  let filter: String?
  let json: Bool

  /// Whether somebody should know of it who has been told of the pulls before.
  static func isNews(_ report: PullReport) -> Bool {
    report.entries.appended + report.entries.conflicting + report.entries.rejected > 0
      || report.isRestarted || report.ahead > 0 || !(report.comparison?.gaps.isEmpty ?? true)
  }

  /// Whether something came one way only, or was left out.
  static func hasFound(_ report: PullReport) -> Bool {
    report.entries.rejected > 0 || !(report.comparison?.gaps.isEmpty ?? true)
  }

  func write(_ report: PullReport) {
    if report.isRestarted {
      Output.message("The org does not take the cursor any more; pulled anew with an overlap.")
    }
    if report.ahead > 0 {
      Output.message(
        "The org dates \(report.ahead == 1 ? "an entry" : "\(report.ahead) entries") far ahead of this "
          + "clock; taken all the same. See whether both clocks are right."
      )
    }
    if json {
      Output.json(line(report))
      for gap in report.comparison?.gaps ?? [] { Output.json(Self.line(gap)) }
      return
    }
    let entries = report.entries
    var parts = ["\(entries.appended) appended", "\(entries.duplicates) duplicates"]
    parts.append("\(entries.conflicting) conflicting")
    if entries.rejected > 0 { parts.append("\(entries.rejected) rejected") }
    if report.heldBack > 0 { parts.append("\(report.heldBack) left for later") }
    if let first = entries.first, let last = entries.last {
      parts.append("positions \(first) to \(last)")
    }
    Output.line(parts.joined(separator: ", "))
    let end = report.until.map { "to \(TimeText.of($0))" } ?? "not yet to the end"
    Output.line("\(org.visible) from \(TimeText.of(report.since)) \(end)")
    if let comparison = report.comparison { write(comparison) }
  }

  /// So many gaps stand in a table.
  private static let shown = 1000

  private func write(_ comparison: PullComparison) {
    for hook in comparison.hooks {
      let expected =
        hook.namesTypes
        ? "did not deliver \(hook.missed) of \(hook.expected)"
        : "names no types, so what it did not deliver is not known"
      Output.line(
        "\(hook.hook) \(expected); \(hook.absent) of \(hook.delivered) delivered are not in the org's log"
      )
    }
    guard !comparison.gaps.isEmpty else { return }
    var table = TextTable("GAP", "HOOK", "PUBLISHED", "TYPE", "ID", "POSITION")
    for gap in comparison.gaps.prefix(Self.shown) {
      table.add(
        gap.kind.rawValue,
        gap.hook,
        TimeText.of(gap.published),
        gap.type,
        gap.id,
        "\(gap.position)"
      )
    }
    table.write()
    let more = comparison.gaps.count - Self.shown
    if more > 0 { Output.message("… and \(more) further gaps, which --json names.") }
  }
}

// MARK: - JSON

extension PullAnswer {
  private func line(_ report: PullReport) -> Object {
    let entries = report.entries
    return [
      "origin": .text(Text(org)), "connection": .text(Text(connection)),
      "filter": filter.map { .text(Text($0)) } ?? .null, "pages": .number(Double(report.pages)),
      "appended": .number(Double(entries.appended)),
      "duplicates": .number(Double(entries.duplicates)),
      "conflicting": .number(Double(entries.conflicting)),
      "rejected": .number(Double(entries.rejected)),
      "heldBack": .number(Double(report.heldBack)), "ahead": .number(Double(report.ahead)),
      "first": entries.first.map { .number(Double($0.rawValue)) } ?? .null,
      "last": entries.last.map { .number(Double($0.rawValue)) } ?? .null,
      "since": Self.time(report.since), "until": report.until.map(Self.time) ?? .null,
      "restarted": .boolean(report.isRestarted),
      "gaps": .number(Double(report.comparison?.gaps.count ?? 0)),
      "hooks": .list((report.comparison?.hooks ?? []).map(Self.value)),
    ]
  }

  private static func value(_ hook: PullComparison.Tally) -> Value {
    .object([
      "hook": .text(Text(hook.hook)), "expected": .number(Double(hook.expected)),
      "missed": hook.namesTypes ? .number(Double(hook.missed)) : .null,
      "delivered": .number(Double(hook.delivered)), "absent": .number(Double(hook.absent)),
    ])
  }

  private static func line(_ gap: PullGap) -> Object {
    [
      "gap": .text(Text(gap.kind.rawValue)), "hook": .text(Text(gap.hook)),
      "published": time(gap.published), "type": .text(Text(gap.type)), "id": .text(Text(gap.id)),
      "position": .number(Double(gap.position.rawValue)),
    ]
  }

  private static func time(_ milliseconds: Int64) -> Value {
    .text(Instant(milliseconds: milliseconds).iso8601)
  }
}
