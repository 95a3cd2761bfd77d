import Audit
import EventStore
import Flows
import Synchronization
import TestSupport
import Testing
import Values

/// A log whose clock a test puts, with flows that start by schedules.
final class PlannedLog {
  let log: EventLog
  private let clock: VirtualClock
  private static let author = FlowRegistry.Author(actor: "ada@example.com", why: nil)
  private static let zones = ZoneDatabase { _ in nil }

  private init(_ log: EventLog, _ clock: VirtualClock) {
    (self.log, self.clock) = (log, clock)
  }

  /// Makes one at a time, which a server has served since.
  static func with(at time: Text, _ body: (PlannedLog) throws -> Void) throws {
    let clock = VirtualClock()
    var options = deterministicOptions(projections: AuditViews.all)
    options.clock = { clock.now }
    try withTemporaryFolder { folder in
      let planned = PlannedLog(try EventLog(at: folder + "/store", options: options), clock)
      try planned.put(time)
      let served = EventStore.EventDraft(
        type: "runner.advanced",
        source: Array("auditcli".utf8),
        stream: ScheduleBook.runnerStream,
        data: Array(#"{"position":0}"#.utf8)
      )
      try planned.log.append(AppendBatch([served]))
      try body(planned)
      #expect(try planned.log.verify(.deep).problems.isEmpty)
    }
  }

  /// Puts the clock.
  func put(_ time: Text) throws {
    clock.put(try #require(Instant(iso8601: time)).milliseconds)
  }

  /// Adds a version of a flow with six fields, which is active then unless the flow is switched off.
  @discardableResult
  func add(_ name: String, _ fields: String, zone: Text = "UTC") throws -> RegisteredFlow {
    let words = fields.split(separator: " ").map { Text(String($0)) }
    var flow = FlowBuilder(name)
    flow.overrides = [
      "scheduled": true,
      "cron": [
        "seconds": .text(words[0]), "minutes": .text(words[1]), "hours": .text(words[2]),
        "dayOfTheMonth": .text(words[3]), "month": .text(words[4]), "dayOfTheWeek": .text(words[5]),
        "timeZone": .text(zone),
      ],
    ]
    flow.card("start", "control:callable", outputs: ["context/execution_time"])
    let pack = try FlowPack.load(FlowBuilder.export([flow]), source: name)
    let added = try FlowRegistry(log).add(pack, source: name, by: Self.author)
    return try #require(added.first).flow
  }

  func deactivate(_ flow: RegisteredFlow) throws {
    try FlowRegistry(log).deactivate(flow, by: Self.author)
  }

  func activate(_ flow: RegisteredFlow) throws {
    try FlowRegistry(log).activate(flow, by: Self.author)
  }

  /// What a server does that begins now.
  func planner() throws -> TickPlanner { try TickPlanner(log, zones: Self.zones) }

  var book: ScheduleBook { ScheduleBook(log, zones: Self.zones) }

  /// Looks at a time and appends what is due; what came of it, as short texts.
  func look(
    _ planner: inout TickPlanner,
    at time: Text,
    waiting: Set<Text> = []
  ) throws -> [String] {
    try put(time)
    let look = try planner.look(at: clock.now, waiting: waiting)
    let outcomes = try log.append(AppendBatch(look.drafts))
    planner.settle(look)
    let missed = look.missed.map { missed in
      "\(missed.name)@\(missed.version) missed \(missed.count) (\(missed.reason.rawValue)), "
        + "\(Self.short(missed.first)) to \(Self.short(missed.last))"
    }
    let started = zip(look.ticks, outcomes.dropFirst(look.missed.count)).compactMap {
      tick,
      outcome in
      if case .appended = outcome { "\(tick.flow) at \(Self.short(tick.planned))" } else { nil }
    }
    return missed + started + look.problems
  }

  private static func short(_ instant: Instant) -> String {
    String(instant.iso8601.description.dropFirst(5).prefix(11)).replacing("T", with: " ")
  }
}

/// A clock that stands still until it is put.
final class VirtualClock: Sendable {
  private let time = Mutex<Int64>(0)

  var now: Int64 { time.withLock { $0 } }

  func put(_ now: Int64) { time.withLock { $0 = now } }
}
