import Audit
import EventStore
import Flows
import Foundation
import Server
import Synchronization
import TestSupport
import Testing
import Values

/// A server whose clock a test puts: what it starts, and what it tells of as missed.
@Suite(.waiting) struct ServerClockTests {
  /// What a server did, and the time it reads.
  private final class Watched: Sendable {
    private let state = Mutex(State())

    private struct State {
      var now: Int64 = 0
      var reads = 0
      var started: [String] = []
      var told: [String] = []
    }

    /// The time; how often it was read is counted.
    var now: Int64 {
      state.withLock {
        $0.reads += 1
        return $0.now
      }
    }

    /// How often the time was read.
    var reads: Int { state.withLock { $0.reads } }
    var started: [String] { state.withLock { $0.started } }
    var told: [String] { state.withLock { $0.told } }

    func put(_ time: Text) throws {
      let now = try #require(Instant(iso8601: time)).milliseconds
      state.withLock { $0.now = now }
    }

    func start(_ decision: StartDecision) {
      guard case .scheduled(let planned)? = decision.trigger else { return }
      let time = planned.iso8601.description.dropFirst(5).prefix(11)
      state.withLock { $0.started.append("\(decision.flow.label) \(time)") }
    }

    func tell(_ message: String) { state.withLock { $0.told.append(message) } }
  }

  private static let author = FlowRegistry.Author(actor: "ada@example.com", why: nil)

  private static func add(_ id: String, _ fields: String, to log: EventLog) throws -> RegisteredFlow
  {
    let pack = try FlowPack.load(
      FlowBuilder.export([FlowBuilder.scheduled(id, fields)]),
      source: id
    )
    let added = try FlowRegistry(log).add(pack, source: id, by: author)
    return try #require(added.first).flow
  }

  private static func activate(_ flow: RegisteredFlow, in log: EventLog) throws {
    try FlowRegistry(log).activate(flow, by: author)
  }

  private static func deactivate(_ flow: RegisteredFlow, in log: EventLog) throws {
    try FlowRegistry(log).deactivate(flow, by: author)
  }

  /// Serves a log for the length of `body`.
  private func withServer(
    _ watched: Watched,
    on log: EventLog,
    _ body: () async throws -> Void
  ) async throws {
    let server = AuditServer(
      log,
      ServerSettings(host: "127.0.0.1", port: 0),
      credentials: { HookCredentials() },
      clock: ServerClock { watched.now },
      entropy: { [UInt8](repeating: 7, count: $0) },
      starter: FlowStarter(
        start: { decision, _, _ in watched.start(decision) },
        unfinished: { [] },
        takeUp: { _ in }
      ),
      zones: ZoneDatabase { _ in nil },
      report: { watched.tell($0) }
    )
    let (listening, isListening) = AsyncStream<Int>.makeStream()
    let serving = Task { try await server.run { isListening.yield($0) } }
    for await _ in listening { break }
    try await body()
    serving.cancel()
    _ = await serving.result
  }

  private func wait(_ isSo: () throws -> Bool) async throws {
    for _ in 0..<1200 {
      if try isSo() { return }
      try await Task.sleep(for: .milliseconds(50))
    }
    Issue.record("it did not come about in a minute")
  }

  /// A log whose clock is the server's, at a time.
  private func withLog(
    at time: Text,
    _ body: (EventLog, Watched) async throws -> Void
  ) async throws {
    let watched = Watched()
    try watched.put(time)
    let folder = FileManager.default.temporaryDirectory.path + "/clock-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    var options = deterministicOptions(projections: AuditViews.all)
    options.clock = { watched.now }
    let log = try EventLog(at: folder + "/store", options: options)
    try await body(log, watched)
    #expect(try log.verify(.deep).problems.isEmpty)
  }

  @Test func `flows follow the server's clock, and switches count without a restart`() async throws
  {
    try await withLog(at: "2026-03-01T08:00:00Z") { log, watched in
      try await withServer(watched, on: log) {
        let first = try Self.add("report", "00 0 * * * *", to: log)
        _ = try Self.add("probe", "00 */5 * * * *", to: log)
        try watched.put("2026-03-01T09:00:01Z")
        try await wait { watched.started.count >= 2 }
        #expect(Set(watched.started) == ["report@1 03-01T09:00", "probe@1 03-01T09:00"])
        // Put back, the clock starts nothing twice; another version starts as soon as it is there.
        for time: Text in ["2026-03-01T08:59:59Z", "2026-03-01T09:00:02Z"] {
          let reads = watched.reads
          try watched.put(time)
          // A look reads the time twice.
          try await wait { watched.reads > reads + 4 }
        }
        let second = try Self.add("report", "00 10 * * * *", to: log)
        try watched.put("2026-03-01T09:10:00Z")
        try await wait { watched.started.count >= 4 }
        #expect(
          Set(watched.started.dropFirst(2)) == ["report@2 03-01T09:10", "probe@1 03-01T09:10"]
        )
        try Self.deactivate(second, in: log)
        try watched.put("2026-03-01T10:10:00Z")
        try await wait { watched.started.count >= 5 }
        #expect(watched.started.last == "probe@1 03-01T10:10")
        try Self.activate(first, in: log)
        try watched.put("2026-03-01T11:00:00Z")
        try await wait { watched.started.count >= 7 }
        #expect(
          Set(watched.started.dropFirst(5)) == ["report@1 03-01T11:00", "probe@1 03-01T11:00"]
        )
      }
    }
  }

  @Test func `what a server missed is told by the next, and the log has it`() async throws {
    try await withLog(at: "2026-03-01T08:00:00Z") { log, watched in
      try await withServer(watched, on: log) {
        _ = try Self.add("report", "00 0 * * * *", to: log)
        try watched.put("2026-03-01T09:00:01Z")
        try await wait { watched.started.count == 1 }
      }
      try watched.put("2026-03-02T08:00:20Z")
      try await withServer(watched, on: log) {
        try await wait { watched.started.count == 2 }
        #expect(watched.started.last == "report@1 03-02T08:00")
        let missed = try ScheduleBook(log, zones: ZoneDatabase { _ in nil }).missed(of: "report")
        #expect(missed.map(\.missed.count) == [22])
        try await wait { !watched.told.isEmpty }
        #expect(
          watched.told == [
            "report@1 missed 22 starts while no server ran flows, planned for "
              + "2026-03-01T10:00:00.000Z to 2026-03-02T07:00:00.000Z; nothing was caught up. "
              + "`auditcli run report --live --input '\"TIME\"'` runs one of them"
          ]
        )
      }
    }
  }
}
