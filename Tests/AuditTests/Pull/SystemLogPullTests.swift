import Audit
import EventStore
import TestSupport
import Testing

/// An org's System Log is pulled whole and once, whatever goes wrong on the way.
@Suite struct SystemLogPullTests {
  private static func entries(_ count: Int, seed: UInt64 = 8) -> [[UInt8]] {
    var generator = EventGenerator(seed: seed)
    return (0..<count).map { _ in generator.nextEvent() }
  }

  private static var resumed: PullOptions {
    var options = PulledLog.options
    options.since = nil
    return options
  }

  private func withPulledLog(
    _ org: SystemLogStandIn = SystemLogStandIn(pageSize: 50),
    _ body: (PulledLog) throws -> Void
  ) throws {
    try withTemporaryLog(projections: AuditViews.all) { log in try body(PulledLog(log, org)) }
  }

  @Test func `all entries are pulled as they came, and a second pull appends nothing`() throws {
    try withPulledLog { pulled in
      let entries = Self.entries(230)
      pulled.org.publish(entries)
      let report = try pulled.pull()
      #expect(report.entries.appended == 230)
      #expect(report.pages == 6)
      #expect(report.until == PulledLog.now)
      let contents = try pulled.contents()
      let kept = contents.filter { $0.hasPrefix("inbound.okta-system-log pull-Acme ") }
      #expect(
        kept.map { $0.dropFirst("inbound.okta-system-log pull-Acme ".count) }
          == entries.map { Substring(String(decoding: $0, as: UTF8.self)) }
      )
      let again = try pulled.pull(Self.resumed)
      #expect(again.entries.appended + again.entries.duplicates == 0)
      #expect(again.pages == 1)
      #expect(try pulled.contents() == contents)
      // From the beginning: all is known.
      let anew = try pulled.pull()
      #expect(anew.entries.duplicates == 230 && anew.entries.appended == 0)
    }
  }

  @Test func `a pull goes on where the last one ended`() throws {
    try withPulledLog { pulled in
      pulled.org.publish(Self.entries(120))
      var options = PulledLog.options
      options.pageLimit = 1
      #expect(try pulled.pull(options).entries.appended == 50)
      options.since = nil
      let second = try pulled.pull(options)
      #expect(second.entries.appended == 50 && second.until == nil)
      #expect(second.since == PulledLog.options.since)
      pulled.org.publish(Self.entries(30, seed: 9))
      let rest = try pulled.pull(Self.resumed)
      #expect(rest.entries.appended == 50 && rest.until == PulledLog.now)
      #expect(rest.entries.duplicates == 0)
    }
  }

  @Test(arguments: [
    [0: SystemLogStandIn.Fault.tooMany(seconds: 1), 2: .tooMany(seconds: 1)],
    [1: .status(503), 2: .status(500), 3: .status(502)], [0: .hangUp, 3: .hangUp], [1: .damaged],
    [0: .status(503), 1: .damaged, 2: .hangUp, 3: .tooMany(seconds: 1)],
  ])
  func `what passes is asked again for, with patience`(
    _ faults: [Int: SystemLogStandIn.Fault]
  ) throws {
    try withPulledLog { pulled in
      pulled.org.publish(Self.entries(180))
      pulled.org.fail(faults)
      let report = try pulled.pull()
      #expect(report.entries.appended == 180)
      #expect(pulled.waits.milliseconds.count == faults.count)
      #expect(pulled.waits.milliseconds.allSatisfy { $0 >= 500 })
      for fault in faults.values {
        if case .tooMany = fault { #expect(pulled.waits.milliseconds.contains { $0 >= 2_500 }) }
      }
    }
  }

  @Test(arguments: [
    (SystemLogStandIn.Fault.redirect("https://evil.example.com/"), "evil.example.com"),
    (.next("https://evil.example.com/api/v1/logs?after=1"), "elsewhere"),
    (.nextIsSelf, "came already"), (.status(401), "status 401"), (.status(418), "status 418"),
  ])
  func `what does not pass ends the pull, and what came before is kept`(
    _ fault: SystemLogStandIn.Fault,
    _ part: String
  ) throws {
    try withPulledLog { pulled in
      pulled.org.publish(Self.entries(180))
      pulled.org.fail([1: fault])
      let error = #expect(throws: InterruptedPull.self) { try pulled.pull() }
      #expect(error?.reason.contains(part) ?? false, "\(error?.reason ?? "")")
      #expect(error?.isPassing == false)
      #expect((error?.report.entries.appended ?? 0) >= 50)
      let rest = try pulled.pull(Self.resumed)
      #expect(rest.until == PulledLog.now)
      #expect(try pulled.count("inbound.okta-system-log") == 180)
    }
  }

  @Test func `who never answers whole is given up`() throws {
    try withPulledLog { pulled in
      pulled.org.publish(Self.entries(10))
      pulled.org.fail(Dictionary(uniqueKeysWithValues: (0..<50).map { ($0, .hangUp) }))
      let error = #expect(throws: InterruptedPull.self) { try pulled.pull() }
      #expect(error?.reason.contains("6 attempts") ?? false)
      #expect(error?.isPassing == true)
      #expect(pulled.waits.milliseconds == [500, 1000, 2000, 4000, 8000])
      #expect(pulled.org.count == 6)
    }
  }

  @Test func `a pull that an outage ended goes on from there, and not from its beginning`() throws {
    try withPulledLog { pulled in
      pulled.org.publish(Self.entries(180))
      pulled.org.fail(Dictionary(uniqueKeysWithValues: (1...6).map { ($0, .status(503)) }))
      var pull = try pulled.prepared()
      let error = #expect(throws: InterruptedPull.self) { try pull.run() }
      #expect(error?.isPassing == true && error?.report.entries.appended == 50)
      let rest = try pull.run()
      #expect(rest.entries.appended == 130 && rest.entries.duplicates == 0)
    }
  }

  @Test func `a cursor that is not taken any more is made good by an overlap`() throws {
    try withPulledLog { pulled in
      pulled.org.publish(Self.entries(120))
      _ = try pulled.pull()
      pulled.org.forgetCursors()
      var late = EventGenerator(seed: 77, start: 1_788_220_900_000)
      pulled.org.publish((0..<20).map { _ in late.nextEvent() })
      let report = try pulled.pull(Self.resumed)
      #expect(report.isRestarted)
      #expect(report.entries.appended == 20)
      #expect(report.entries.duplicates > 0)
      #expect(report.since == PulledLog.options.since)
      #expect(try pulled.pull(Self.resumed).isRestarted == false)
    }
  }

  @Test func `each filter has a cursor of its own`() throws {
    try withPulledLog { pulled in
      pulled.org.publish(Self.entries(60))
      _ = try pulled.pull()
      var filtered = Self.resumed
      filtered.filter = #"severity eq "WARN""#
      // The stand-in does not filter: all comes again, and is known.
      filtered.since = 1_780_000_000_000
      #expect(try pulled.pull(filtered).entries.duplicates == 60)
      filtered.since = nil
      #expect(try pulled.pull(filtered).entries.duplicates == 0)
      filtered.filter = "severity xx"
      #expect(throws: FilterError.self) { try pulled.pull(filtered) }
    }
  }

  @Test func `entries that are none are counted and left out`() throws {
    try withPulledLog { pulled in
      pulled.org.publish(Self.entries(3) + [Array("5".utf8), Array("[]".utf8)])
      pulled.org.publish([Array(#"{"uuid":"\ud800","eventType":"t"}"#.utf8)])
      let report = try pulled.pull()
      #expect(report.entries.rejected == 2)
      #expect(report.entries.appended == 4)
    }
  }
}
