import Audit
import EventStore
import TestSupport
import Testing
import Values

/// What hooks did not deliver, and what they delivered that the System Log does not have.
@Suite struct DeliveryComparisonTests {
  /// An entry as the API gives it, or as a hook does, published so many minutes after the hooks were added.
  private static func entry(
    _ number: Int,
    _ type: String = "user.session.start",
    result: String = "FAILURE",
    minute: Int = 10,
    asHook: Bool = false
  ) -> [UInt8] {
    let published = Instant(milliseconds: 1_780_000_000_000 + Int64(minute) * 60_000).iso8601
    let chain = asHook ? #""client":{"ipChain":[]}"# : #""request":{"ipChain":[]}"#
    return Array(
      (#"{"uuid":"id-\#(number)","published":"\#(published)","eventType":"\#(type)","#
        + #""outcome":{"result":"\#(result)"},\#(chain)}"#).utf8
    )
  }

  private static func delivery(
    _ number: Int,
    _ entries: [[UInt8]],
    of org: String = "acme"
  ) -> [UInt8] {
    Array(
      (#"{"eventType":"com.okta.event_hook","cloudEventsVersion":"0.1","#
        + #""source":"https://\#(org).example.com/api/v1/eventHooks/w","eventId":"d-\#(number)","#
        + #""data":{"events":["#).utf8
    ) + Array(entries.joined(separator: Array(",".utf8))) + Array("]}}".utf8)
  }

  private struct Hooked {
    let pulled: PulledLog

    func add(_ name: String, _ members: Object = [:]) throws {
      var definition: Object = ["name": .text(Text(name)), "format": "okta-event-hook"]
      for (key, value) in members { definition[key] = value }
      try HookRegistry(pulled.log).add(
        definition,
        credential: nil,
        by: .init(actor: "ada@example.com", why: nil)
      )
    }

    func deliver(_ bodies: [UInt8]..., by name: String = "h") throws {
      try deliver(bodies, by: name)
    }

    func deliver(_ bodies: [[UInt8]], by name: String) throws {
      let hook = try HookRegistry(pulled.log).hook(name)
      let deliveries = bodies.map {
        Delivery(hook: hook, credential: "k1", sender: "127.0.0.1:1", body: $0)
      }
      for result in try DeliveryIntake(pulled.log).append(deliveries) { _ = try result.get() }
    }
  }

  private static let failures: Object = [
    "events": [["type": "user.session.start", "filter": "event.outcome.result eq 'FAILURE'"]]
  ]

  private func withHook(
    _ members: Object = Self.failures,
    _ body: (Hooked) throws -> Void
  ) throws {
    try withTemporaryLog(projections: AuditViews.all) { log in
      let hooked = Hooked(pulled: PulledLog(log, SystemLogStandIn()))
      try hooked.add("h", members)
      try body(hooked)
    }
  }

  private static var resumed: PullOptions {
    var options = PulledLog.options
    options.since = nil
    return options
  }

  @Test func `what the hook was to deliver and did not is named once`() throws {
    try withHook { hooked in
      hooked.pulled.org.publish([
        Self.entry(1), Self.entry(2), Self.entry(3, "user.session.end"),
        Self.entry(4, result: "SUCCESS"), Self.entry(5, minute: -10),
      ])
      try hooked.deliver(Self.delivery(1, [Self.entry(1, asHook: true)]))
      let report = try hooked.pulled.pull()
      let comparison = try #require(report.comparison)
      #expect(comparison.gaps.map(\.id) == ["id-2"])
      #expect(comparison.gaps.map(\.kind) == [.missedByHook])
      #expect(comparison.hooks.map(\.expected) == [2])
      #expect(comparison.hooks.map(\.absent) == [0])
      // The API's form of what the hook delivered is kept beside it.
      #expect(report.entries.conflicting == 1 && report.entries.appended == 4)
      let again = try #require(try hooked.pulled.pull(Self.resumed).comparison)
      #expect(again.isEmpty)
      #expect(try hooked.pulled.pull().comparison?.gaps == [])
      #expect(try hooked.pulled.count("pull.compared") == 1)
    }
  }

  @Test func `what the hook delivered and the System Log does not have is named once`() throws {
    try withHook { hooked in
      hooked.pulled.org.publish([Self.entry(1), Self.entry(3)])
      try hooked.deliver(
        Self.delivery(1, [Self.entry(1, asHook: true), Self.entry(2, asHook: true)])
      )
      // Byte for byte as the API gives it, before and behind the pull.
      try hooked.deliver(Self.delivery(2, [Self.entry(3)]))
      let comparison = try #require(try hooked.pulled.pull().comparison)
      #expect(comparison.gaps.map(\.id) == ["id-2"])
      #expect(comparison.gaps.map(\.kind) == [.absentInLog])
      #expect(comparison.hooks.map(\.delivered) == [3])
      hooked.pulled.org.publish([Self.entry(4, minute: 11)])
      _ = try hooked.pulled.pull(Self.resumed)
      try hooked.deliver(Self.delivery(3, [Self.entry(4, minute: 11)]))
      let late = try #require(try hooked.pulled.pull(Self.resumed).comparison)
      #expect(late.gaps.isEmpty && late.hooks.map(\.delivered) == [1])
    }
  }

  @Test func `an entry that was pulled before its delivery came is no gap`() throws {
    try withHook { hooked in
      hooked.pulled.org.publish([Self.entry(1)])
      var limited = PulledLog.options
      limited.patience = 0
      try hooked.deliver(Self.delivery(1, [Self.entry(1)]))
      let comparison = try #require(try hooked.pulled.pull(limited).comparison)
      #expect(comparison.gaps.isEmpty)
      #expect(comparison.hooks.map(\.expected) == [1])
    }
  }

  @Test func `what hooks may still deliver is left for later`() throws {
    try withHook { hooked in
      let minutes = Int((PulledLog.now - 1_780_000_000_000) / 60_000)
      hooked.pulled.org.publish([
        Self.entry(1), Self.entry(2, minute: minutes - 1), Self.entry(3, minute: 20),
      ])
      var patient = PulledLog.options
      patient.patience = 600_000
      let report = try hooked.pulled.pull(patient)
      #expect(report.heldBack == 1)
      #expect(report.entries.appended == 2)
      #expect(report.until == PulledLog.now - 600_000)
      #expect(report.comparison?.gaps.map(\.id) == ["id-1", "id-3"])
      patient.since = nil
      let again = try hooked.pulled.pull(patient)
      #expect(again.heldBack == 1 && again.entries.appended == 0)
      #expect(again.comparison?.gaps == [])
      let last = try hooked.pulled.pull(Self.resumed)
      #expect(last.entries.appended == 1)
      #expect(last.comparison?.gaps.map(\.id) == ["id-2"])
    }
  }

  @Test func `all gaps are named and in the log, however many there are`() throws {
    try withHook { hooked in
      hooked.pulled.org.publish((0..<2500).map { Self.entry($0) })
      let comparison = try #require(try hooked.pulled.pull().comparison)
      #expect(comparison.gaps.map(\.id) == (0..<2500).map { "id-\($0)" })
      let kept = try hooked.pulled.contents().filter { $0.hasPrefix("pull.compared ") }
      #expect(kept.count == 3)
      #expect(kept.map { $0.ranges(of: "missed-by-hook").count } == [1000, 1000, 500])
      #expect(try hooked.pulled.pull(Self.resumed).comparison?.gaps == [])
      #expect(try hooked.pulled.count("pull.compared") == 3)
    }
  }

  @Test func `what was compared is not compared again, also where nothing was expected`() throws {
    try withHook { hooked in
      hooked.pulled.org.publish([Self.entry(1, "user.session.end")])
      #expect(try hooked.pulled.pull().comparison?.isEmpty == true)
      #expect(try hooked.pulled.count("pull.compared") == 1)
      _ = try hooked.pulled.pull(Self.resumed)
      #expect(try hooked.pulled.count("pull.compared") == 1)
    }
  }

  @Test func `an entry that is dated far ahead keeps nothing behind it from coming in`() throws {
    try withHook { hooked in
      let minutes = Int((PulledLog.now - 1_780_000_000_000) / 60_000)
      hooked.pulled.org.publish([Self.entry(1), Self.entry(2, minute: minutes + 500_000)])
      var patient = PulledLog.options
      patient.patience = 600_000
      let report = try hooked.pulled.pull(patient)
      #expect(report.heldBack == 0 && report.ahead == 1 && report.entries.appended == 2)
      // Where the cursor is not taken any more, it is not what is gone on from.
      hooked.pulled.org.publish([Self.entry(3, minute: 11)])
      hooked.pulled.org.forgetCursors()
      patient.since = nil
      let rest = try hooked.pulled.pull(patient)
      #expect(rest.isRestarted && rest.entries.appended == 1)
    }
  }

  @Test
  func
    `a hook that delivers for another org is expected to deliver nothing, however long ago it did`()
    throws
  {
    try withHook { hooked in
      try hooked.add("other", Self.failures)
      try hooked.deliver(Self.delivery(0, [Self.entry(0, asHook: true)], of: "other"), by: "other")
      try hooked.deliver(
        (1...1100).map { Self.delivery($0, [Self.entry($0, asHook: true)]) },
        by: "h"
      )
      hooked.pulled.org.publish((1...1100).map { Self.entry($0) })
      let comparison = try #require(try hooked.pulled.pull().comparison)
      #expect(comparison.hooks.map(\.hook) == ["h"])
      #expect(comparison.gaps.isEmpty)
    }
  }

  @Test func `hooks of other orgs, and what a pull's filter leaves out, are not compared`() throws {
    try withHook { hooked in
      try hooked.add("other", ["origin": "https://other.example.com", "events": [["type": "x"]]])
      try hooked.add("all")
      hooked.pulled.org.publish([Self.entry(1)])
      try hooked.deliver(
        Self.delivery(1, [Self.entry(1, asHook: true), Self.entry(2, result: "FAILURE")])
      )
      var filtered = PulledLog.options
      filtered.filter = #"outcome.result eq "SUCCESS""#
      let comparison = try #require(try hooked.pulled.pull(filtered).comparison)
      #expect(comparison.hooks.map(\.hook) == ["all", "h"])
      #expect(comparison.hooks.map(\.namesTypes) == [false, true])
      #expect(comparison.hooks.map(\.delivered) == [0, 0])
      #expect(comparison.gaps.isEmpty)
    }
  }

  @Test func `without hooks of the org nothing is compared and nothing left for later`() throws {
    try withTemporaryLog { log in
      let pulled = PulledLog(log, SystemLogStandIn())
      let minutes = Int((PulledLog.now - 1_780_000_000_000) / 60_000)
      pulled.org.publish([Self.entry(1, minute: minutes - 1)])
      var patient = PulledLog.options
      patient.patience = 600_000
      let report = try pulled.pull(patient)
      #expect(report.comparison == nil && report.heldBack == 0)
      #expect(report.entries.appended == 1)
    }
  }

  @Test func `what is pulled starts no flow`() throws {
    try withHook { hooked in
      hooked.pulled.org.publish([Self.entry(1)])
      try hooked.deliver(Self.delivery(1, [Self.entry(1, asHook: true)]))
      _ = try hooked.pulled.pull()
      let planner = try StartPlanner(hooked.pulled.log)
      var conflicts = 0
      try hooked.pulled.log.read(Position(0)..<Position(.max)) { event in
        if event.conflictsWith != nil {
          conflicts += 1
          let starts = try planner.starts(from: event)
          #expect(starts.isEmpty)
        }
        return true
      }
      #expect(conflicts == 1)
    }
  }
}
