internal import Audit
internal import EventStore
internal import Flows
internal import Values

/// A flow with a schedule, as `schedule list` shows it.
struct ScheduleLine {
  /// The tick that came last, and what it started.
  struct Last {
    let tick: Tick
    let position: Position
    let execution: HistoryEntry?
  }

  let id: Text
  let name: Text
  /// The number of the version; nil for one of a file.
  var version: Int?
  /// Whether it starts by itself; one of a file would.
  var isActive = true
  /// Nil where it cannot be followed.
  var schedule: Schedule?
  /// Why it cannot.
  var problem: String?
  var next: [Instant] = []
  var last: Last?
  var missed: [(missed: MissedTicks, position: Position)] = []
  /// What nobody told of yet.
  var overdue: [MissedTicks] = []
}

// MARK: - Text

extension ScheduleLine {
  /// The cells of its row.
  var row: [String] {
    [
      name.description + (version.map { "@\($0)" } ?? ""),
      version == nil ? "" : isActive ? "active" : "off",
      schedule?.words ?? "never", schedule.map { Self.zone($0) } ?? "",
      last.map { TimeText.of($0.tick.planned.milliseconds) } ?? "",
      next.first.map { TimeText.of($0.milliseconds) } ?? "", missedCount,
    ]
  }

  /// What stands below its row.
  var notes: [String] {
    var notes = next.count > 1 ? next.map(shown) : []
    if let problem { notes.append("does not start by itself: \(problem)") }
    notes += overdue.map { "\($0)" }
    return notes
  }

  /// A planned start in UTC and by the clocks of the zone.
  private func shown(_ planned: Instant) -> String {
    guard let clocks = schedule?.clocks(at: planned) else { return "" }
    let (time, offset) = (planned.milliseconds, Int64(clocks.offsetSeconds) * 1000)
    return "\(TimeText.of(time)) UTC is \(TimeText.of(time + offset)) \(clocks.abbreviation)"
  }

  private var missedCount: String {
    let told = missed.reduce(0) { $0 + $1.missed.count }
    let untold = overdue.reduce(0) { $0 + $1.count }
    return untold == 0 ? (told == 0 ? "" : "\(told)") : "\(told)+\(untold)"
  }

  private static func zone(_ schedule: Schedule) -> String {
    schedule.cron.timeZone.isEmpty ? "UTC" : schedule.cron.timeZone.description
  }
}

// MARK: - JSON

extension ScheduleLine {
  /// The line of JSON.
  var json: Object {
    [
      "flow": .text(id), "name": .text(name),
      "version": version.map { .number(Double($0)) } ?? .null,
      "active": version == nil ? .null : .boolean(isActive),
      "schedule": schedule.map { .text(Text("\($0.cron)")) } ?? .null,
      "starts": schedule.map { .text(Text($0.words)) } ?? .null,
      "zone": schedule.map { .text(Text(Self.zone($0))) } ?? .null,
      "problem": problem.map { .text(Text($0)) } ?? .null,
      "next": .list(next.map(planned)), "last": last.map(started) ?? .null,
      "missed": .list(
        missed.map { missed, position in
          var line = Self.missed(missed)
          line["position"] = .number(Double(position.rawValue))
          return .object(line)
        }
      ), "overdue": .list(overdue.map { .object(Self.missed($0)) }),
    ]
  }

  private func planned(_ instant: Instant) -> Value {
    let seconds = schedule?.clocks(at: instant).offsetSeconds ?? 0
    let local = Instant(milliseconds: instant.milliseconds + Int64(seconds) * 1000).iso8601
    return [
      "planned": .text(instant.iso8601),
      "local": .text(Text(local.description.dropLast(5) + Self.offset(seconds))),
    ]
  }

  private func started(_ last: Last) -> Value {
    [
      "planned": .text(last.tick.planned.iso8601),
      "position": .number(Double(last.position.rawValue)),
      "execution": last.execution.map { .text($0.execution) } ?? .null,
      "status": last.execution.map { .text($0.status) } ?? .null,
    ]
  }

  private static func missed(_ missed: MissedTicks) -> Object {
    [
      "version": .number(Double(missed.version)), "count": .number(Double(missed.count)),
      "more": .boolean(missed.isMore), "first": .text(missed.first.iso8601),
      "last": .text(missed.last.iso8601), "reason": .text(Text(missed.reason.rawValue)),
    ]
  }

  /// `+02:00`.
  private static func offset(_ seconds: Int) -> String {
    let minutes = abs(seconds) / 60
    let parts = [minutes / 60, minutes % 60].map { $0 < 10 ? "0\($0)" : "\($0)" }
    return (seconds < 0 ? "-" : "+") + parts.joined(separator: ":")
  }
}
