internal import Audit
internal import EventStore
internal import Foundation
internal import Synchronization

/// What is measured of a server, its log and the disk that it lies on.
final class ServerMetrics: Sendable {
  private let log: EventLog
  private let meter: ServerMeter
  private let clock: ServerClock
  private let waiting: @Sendable () -> Int
  private let load: @Sendable () -> RunnerLoad?
  private let notices: @Sendable () -> [(state: String, count: Int)]
  private let inDoubt = Mutex<(count: Int, at: Int64)?>(nil)

  /// For so many milliseconds the executions in doubt are not counted again: all have to be looked at.
  private static let age: Int64 = 30_000

  /// Measures a server.
  ///
  /// `waiting` tells how many deliveries wait to be written, `load` what its runner has to do,
  /// `notices` how many notices stand how, nothing where it sends none.
  init(
    _ log: EventLog,
    _ meter: ServerMeter,
    _ clock: ServerClock,
    waiting: @escaping @Sendable () -> Int,
    load: @escaping @Sendable () -> RunnerLoad?,
    notices: @escaping @Sendable () -> [(state: String, count: Int)] = { [] }
  ) {
    self.log = log
    self.meter = meter
    self.clock = clock
    self.waiting = waiting
    self.load = load
    self.notices = notices
  }

  /// All of it, as Prometheus reads it.
  ///
  /// - Throws: Where the log cannot be read.
  func text() throws -> [UInt8] {
    var text = MetricsText()
    try writeLog(&text)
    writeIntake(&text)
    try writeRunner(&text)
    writeNotices(&text)
    return text.bytes
  }

  private func writeLog(_ text: inout MetricsText) throws {
    let statistics = try log.statistics()
    let views = try log.views()
    text.single("auditcli_log_events", .gauge, "Events in the log.", statistics.events)
    text.single("auditcli_log_bytes", .gauge, "Bytes the store takes.", statistics.fileBytes)
    text.single(
      "auditcli_log_map_bytes",
      .gauge,
      "Bytes the store may take at most.",
      statistics.mapSize
    )
    if let free = Self.freeBytes(of: log.path) {
      text.single("auditcli_disk_free_bytes", .gauge, "Bytes left on the store's disk.", free)
    }
    text.single(
      "auditcli_views_degraded",
      .gauge,
      "Views that an event could not be applied to.",
      views.filter { $0.failure != nil }.count
    )
  }

  private func writeIntake(_ text: inout MetricsText) {
    let counts = meter.counts
    let requests = "auditcli_requests_total"
    text.begin(requests, .counter, "Requests by what they were for and their status.")
    for (route, count) in counts.requests.sorted(by: { $0.key < $1.key }) {
      text.value(requests, [("route", route.name), ("status", "\(route.status)")], "\(count)")
    }
    let events = "auditcli_delivered_events_total"
    text.begin(events, .counter, "Events of deliveries by hook and what became of them.")
    for (key, count) in counts.events.sorted(by: { $0.key < $1.key }) {
      text.value(events, [("hook", key.hook), ("result", key.result)], "\(count)")
    }
    text.histogram(
      "auditcli_commit_seconds",
      "How long commits of deliveries took.",
      counts.commits
    )
    text.single(
      "auditcli_committed_deliveries_total",
      .counter,
      "Deliveries that were committed.",
      counts.committed
    )
    text.single(
      "auditcli_deliveries_waiting",
      .gauge,
      "Deliveries that wait to be written.",
      waiting()
    )
  }

  private func writeRunner(_ text: inout MetricsText) throws {
    let counts = meter.counts
    let starts = "auditcli_starts_total"
    text.begin(starts, .counter, "Flows that events started, or should have.")
    text.value(starts, [("result", "started")], "\(counts.started)")
    text.value(starts, [("result", "failed")], "\(counts.notStarted)")
    if let load = load() {
      text.single(
        "auditcli_runner_paused",
        .gauge,
        "Whether flows have to wait.",
        load.isPaused ? 1 : 0
      )
      text.single(
        "auditcli_runner_backlog_events",
        .gauge,
        "Events not known to have started what they start.",
        load.backlog
      )
      text.single("auditcli_runner_working", .gauge, "Work that is being done.", load.running)
    }
    text.single(
      "auditcli_executions_in_doubt",
      .gauge,
      "Executions with a request of which nobody knows whether it was done.",
      try executionsInDoubt()
    )
  }

  private func writeNotices(_ text: inout MetricsText) {
    let counts = notices()
    guard !counts.isEmpty else { return }
    text.begin("auditcli_notices", .gauge, "Notices of alerts by how they stand.")
    for (state, count) in counts {
      text.value("auditcli_notices", [("state", state)], "\(count)")
    }
  }

  private func executionsInDoubt() throws -> Int {
    let now = clock.now
    if let known = inDoubt.withLock({ $0 }), (0..<Self.age).contains(now - known.at) {
      return known.count
    }
    var query = HistoryQuery()
    query.isInDoubt = true
    query.depth = .all
    let count = try HistoryView(log).entries(query).count
    inDoubt.withLock { $0 = (count, now) }
    return count
  }

  private static func freeBytes(of path: String) -> UInt64? {
    var status = statvfs()
    guard statvfs(path, &status) == 0 else { return nil }
    return UInt64(status.f_bavail) * UInt64(status.f_frsize)
  }
}
