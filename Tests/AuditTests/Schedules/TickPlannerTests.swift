import Audit
import EventStore
import Flows
import TestSupport
import Testing
import Values

/// What starts by itself, when, and what is missed, by a clock that is handed in.
@Suite struct TickPlannerTests {
  @Test func `a flow is due once at each planned time`() throws {
    try PlannedLog.with(at: "2026-03-01T08:00:00Z") { planned in
      try planned.add("report", "00 */15 * * * *")
      try planned.add("other", "00 0 9 * * *")
      var planner = try planned.planner()
      #expect(try planned.look(&planner, at: "2026-03-01T08:10:00Z").isEmpty)
      #expect(planner.nextStart == Instant(iso8601: "2026-03-01T08:15:00Z")?.milliseconds)
      #expect(try planned.look(&planner, at: "2026-03-01T08:14:59.999Z").isEmpty)
      #expect(try planned.look(&planner, at: "2026-03-01T08:15:00Z") == ["report at 03-01 08:15"])
      #expect(try planned.look(&planner, at: "2026-03-01T08:15:00Z").isEmpty)
      #expect(try planned.look(&planner, at: "2026-03-01T08:30:07Z") == ["report at 03-01 08:30"])
      _ = try planned.look(&planner, at: "2026-03-01T08:45:00Z")
      #expect(
        try planned.look(&planner, at: "2026-03-01T09:00:00Z")
          == ["other at 03-01 09:00", "report at 03-01 09:00"]
      )
      let last = try #require(try planned.book.lastTick(of: "report"))
      #expect(last.tick.planned.iso8601 == "2026-03-01T09:00:00.000Z")
      #expect(try planned.book.missed(of: "report").isEmpty)
    }
  }

  @Test func `what went by while nobody served is told once, and nothing is caught up`() throws {
    try PlannedLog.with(at: "2026-03-01T08:00:00Z") { planned in
      try planned.add("report", "00 0 * * * *")
      var first = try planned.planner()
      #expect(try planned.look(&first, at: "2026-03-01T09:00:00Z") == ["report at 03-01 09:00"])
      try planned.put("2026-03-02T08:30:00Z")
      let overdue = try planned.book.overdue("report", at: 1_772_440_200_000)
      #expect(overdue.map(\.count) == [23])
      var second = try planned.planner()
      #expect(
        try planned.look(&second, at: "2026-03-02T08:30:00Z")
          == ["report@1 missed 23 (not-served), 03-01 10:00 to 03-02 08:00"]
      )
      #expect(try planned.look(&second, at: "2026-03-02T09:00:30Z") == ["report at 03-02 09:00"])
      var third = try planned.planner()
      #expect(try planned.look(&third, at: "2026-03-02T09:30:00Z").isEmpty)
      #expect(try planned.book.missed(of: "report").map(\.missed.count) == [23])
    }
  }

  @Test func `a start is late by a minute at most, also where a server begins meanwhile`() throws {
    try PlannedLog.with(at: "2026-03-01T08:00:00Z") { planned in
      try planned.add("report", "00 0 * * * *")
      var first = try planned.planner()
      #expect(try planned.look(&first, at: "2026-03-01T09:01:00Z") == ["report at 03-01 09:00"])
      #expect(
        try planned.look(&first, at: "2026-03-01T10:01:00.001Z")
          == ["report@1 missed 1 (late), 03-01 10:00 to 03-01 10:00"]
      )
      var second = try planned.planner()
      #expect(
        try planned.look(&second, at: "2026-03-01T12:00:45Z")
          == [
            "report@1 missed 1 (not-served), 03-01 11:00 to 03-01 11:00",
            "report at 03-01 12:00",
          ]
      )
    }
  }

  @Test func `a machine that slept, or a clock put forward, leaves missed starts`() throws {
    try PlannedLog.with(at: "2026-03-01T08:00:00Z") { planned in
      try planned.add("report", "00 */15 * * * *")
      var planner = try planned.planner()
      #expect(try planned.look(&planner, at: "2026-03-01T08:01:00Z").isEmpty)
      #expect(
        try planned.look(&planner, at: "2026-03-01T10:15:20Z") == [
          "report@1 missed 8 (late), 03-01 08:15 to 03-01 10:00", "report at 03-01 10:15",
        ]
      )
      // Of some that are due at once the latest starts.
      try planned.add("quick", "*/10 * * * * *")
      #expect(
        try planned.look(&planner, at: "2026-03-01T10:15:51Z") == [
          "quick@1 missed 3 (late), 03-01 10:15 to 03-01 10:15", "quick at 03-01 10:15",
        ]
      )
    }
  }

  @Test func `a clock that goes back starts nothing twice, and goes on from there`() throws {
    try PlannedLog.with(at: "2026-03-01T08:00:00Z") { planned in
      try planned.add("report", "00 0 * * * *")
      var planner = try planned.planner()
      #expect(try planned.look(&planner, at: "2026-03-01T09:00:00Z") == ["report at 03-01 09:00"])
      #expect(try planned.look(&planner, at: "2026-03-01T10:00:00Z") == ["report at 03-01 10:00"])
      #expect(try planned.look(&planner, at: "2026-03-01T08:30:00Z").isEmpty)
      #expect(try planned.look(&planner, at: "2026-03-01T09:00:00Z").isEmpty)
      // Another server does not either.
      var second = try planned.planner()
      #expect(try planned.look(&second, at: "2026-03-01T09:00:00Z").isEmpty)
      #expect(try planned.look(&second, at: "2026-03-01T10:00:00Z").isEmpty)
      #expect(try planned.look(&second, at: "2026-03-01T11:00:00Z") == ["report at 03-01 11:00"])
      #expect(try planned.book.missed(of: "report").isEmpty)
    }
  }

  @Test func `a clock that was far ahead for a moment does not stop a schedule`() throws {
    try PlannedLog.with(at: "2026-03-01T08:00:00Z") { planned in
      try planned.add("report", "00 0 * * * *")
      var planner = try planned.planner()
      _ = try planned.look(&planner, at: "2026-03-01T09:00:00Z")
      #expect(
        try planned.look(&planner, at: "2027-03-01T09:30:00Z")
          == ["report@1 missed 8760 (late), 03-01 10:00 to 03-01 09:00"]
      )
      #expect(try planned.look(&planner, at: "2026-03-01T09:59:00Z").isEmpty)
      #expect(try planned.look(&planner, at: "2026-03-01T10:00:00Z") == ["report at 03-01 10:00"])
      var second = try planned.planner()
      #expect(try planned.look(&second, at: "2026-03-01T10:59:00Z").isEmpty)
      #expect(try planned.look(&second, at: "2026-03-01T11:00:00Z") == ["report at 03-01 11:00"])
    }
  }

  @Test func `versions and switches count from when they are made`() throws {
    try PlannedLog.with(at: "2026-03-01T08:00:00Z") { planned in
      let first = try planned.add("report", "00 0 * * * *")
      var planner = try planned.planner()
      _ = try planned.look(&planner, at: "2026-03-01T08:00:01Z")
      try planned.put("2026-03-01T08:10:00Z")
      let second = try planned.add("report", "00 20,40 * * * *")
      #expect(try planned.look(&planner, at: "2026-03-01T08:20:00Z") == ["report at 03-01 08:20"])
      try planned.put("2026-03-01T08:30:00Z")
      try planned.deactivate(second)
      #expect(try planned.look(&planner, at: "2026-03-01T08:40:00Z").isEmpty)
      #expect(planner.nextStart == nil)
      #expect(try planned.look(&planner, at: "2026-03-01T09:10:00Z").isEmpty)
      try planned.put("2026-03-01T09:30:00Z")
      try planned.activate(first)
      #expect(try planned.look(&planner, at: "2026-03-01T09:40:00Z").isEmpty)
      #expect(try planned.look(&planner, at: "2026-03-01T10:00:00Z") == ["report at 03-01 10:00"])
    }
  }

  @Test func `what was missed is told by the versions that were active meanwhile`() throws {
    try PlannedLog.with(at: "2026-03-01T08:00:00Z") { planned in
      try planned.add("report", "00 0 * * * *")
      var first = try planned.planner()
      #expect(try planned.look(&first, at: "2026-03-01T08:30:00Z").isEmpty)
      try planned.put("2026-03-01T11:30:00Z")
      let second = try planned.add("report", "00 */10 * * * *")
      try planned.put("2026-03-01T12:05:00Z")
      try planned.deactivate(second)
      try planned.put("2026-03-02T00:00:30Z")
      try planned.activate(second)
      var other = try planned.planner()
      #expect(
        try planned.look(&other, at: "2026-03-02T00:15:00Z") == [
          "report@1 missed 3 (not-served), 03-01 09:00 to 03-01 11:00",
          "report@2 missed 4 (not-served), 03-01 11:30 to 03-01 12:00",
          "report@2 missed 1 (not-served), 03-02 00:10 to 03-02 00:10",
        ]
      )
    }
  }

  @Test func `a start whose former still waits for a worker is missed`() throws {
    try PlannedLog.with(at: "2026-03-01T08:00:00Z") { planned in
      try planned.add("report", "00 0 * * * *")
      var planner = try planned.planner()
      #expect(try planned.look(&planner, at: "2026-03-01T09:00:00Z") == ["report at 03-01 09:00"])
      #expect(
        try planned.look(&planner, at: "2026-03-01T10:00:00Z", waiting: ["report"]).isEmpty
      )
      #expect(planner.nextStart == Instant(iso8601: "2026-03-01T10:01:00Z")?.milliseconds)
      #expect(
        try planned.look(&planner, at: "2026-03-01T10:01:00Z")
          == ["report@1 missed 1 (busy), 03-01 10:00 to 03-01 10:00"]
      )
      #expect(try planned.look(&planner, at: "2026-03-01T11:00:00Z") == ["report at 03-01 11:00"])
    }
  }

  @Test func `what a busy flow misses is told as one when a tick goes through, else once a minute`()
    throws
  {
    try PlannedLog.with(at: "2026-03-01T08:00:00Z") { planned in
      try planned.add("quick", "*/10 * * * * *")
      var planner = try planned.planner()
      _ = try planned.look(&planner, at: "2026-03-01T09:00:00Z")
      func look(_ seconds: Int, waiting: Set<Text>) throws -> [String] {
        let time = try #require(Instant(iso8601: "2026-03-01T09:00:00Z")?.milliseconds)
        let instant = Instant(milliseconds: time + Int64(seconds) * 1000)
        return try planned.look(&planner, at: instant.iso8601, waiting: waiting)
      }
      for second in stride(from: 5, to: 40, by: 5) {
        #expect(try look(second, waiting: ["quick"]).isEmpty)
      }
      #expect(
        try look(40, waiting: [])
          == ["quick@1 missed 3 (busy), 03-01 09:00 to 03-01 09:00", "quick at 03-01 09:00"]
      )
      var told: [String] = []
      for second in stride(from: 45, through: 190, by: 5) {
        told += try look(second, waiting: ["quick"])
      }
      #expect(
        told == [
          "quick@1 missed 7 (busy), 03-01 09:00 to 03-01 09:01",
          "quick@1 missed 7 (busy), 03-01 09:02 to 03-01 09:03",
        ]
      )
      // What a worker that is free again comes too late for is not started.
      #expect(try look(200, waiting: ["quick"]).isEmpty)
      #expect(try look(205, waiting: []).isEmpty)
      #expect(
        try look(210, waiting: [])
          == ["quick@1 missed 2 (busy), 03-01 09:03 to 03-01 09:03", "quick at 03-01 09:03"]
      )
      let missed = try planned.book.missed(of: "quick").filter { $0.missed.reason == .busy }
      #expect(missed.map(\.missed.count) == [3, 7, 7, 2])
    }
  }

  @Test func `a clock that goes back loses and doubles nothing of what is held`() throws {
    try PlannedLog.with(at: "2026-03-01T08:00:00Z") { planned in
      try planned.add("quick", "*/10 * * * * *")
      var planner = try planned.planner()
      _ = try planned.look(&planner, at: "2026-03-01T09:00:00Z")
      for time: Text in ["2026-03-01T09:00:10Z", "2026-03-01T09:00:20Z", "2026-03-01T09:00:30Z"] {
        #expect(try planned.look(&planner, at: time, waiting: ["quick"]).isEmpty)
      }
      #expect(try planned.look(&planner, at: "2026-03-01T09:00:15Z", waiting: ["quick"]).isEmpty)
      #expect(
        try planned.look(&planner, at: "2026-03-01T09:00:20Z")
          == ["quick@1 missed 1 (busy), 03-01 09:00 to 03-01 09:00", "quick at 03-01 09:00"]
      )
    }
  }

  @Test func `a server that begins while nothing may start tells the two reasons apart`() throws {
    try PlannedLog.with(at: "2026-03-01T08:00:00Z") { planned in
      try planned.add("report", "00 0 * * * *")
      var first = try planned.planner()
      #expect(try planned.look(&first, at: "2026-03-01T08:30:00Z").isEmpty)
      var second = try planned.planner()
      for time: Text in ["2026-03-01T10:30:00Z", "2026-03-01T11:30:00Z"] {
        second.pause(at: try #require(Instant(iso8601: time)).milliseconds)
      }
      #expect(
        try planned.look(&second, at: "2026-03-01T12:30:00Z") == [
          "report@1 missed 2 (not-served), 03-01 09:00 to 03-01 10:00",
          "report@1 missed 2 (paused), 03-01 11:00 to 03-01 12:00",
        ]
      )
    }
  }

  @Test func `what is planned while nothing may start is missed`() throws {
    try PlannedLog.with(at: "2026-03-01T08:00:00Z") { planned in
      try planned.add("report", "00 0 * * * *")
      var planner = try planned.planner()
      #expect(try planned.look(&planner, at: "2026-03-01T08:30:00Z").isEmpty)
      planner.pause(at: try #require(Instant(iso8601: "2026-03-01T08:40:00Z")).milliseconds)
      #expect(
        try planned.look(&planner, at: "2026-03-01T11:30:00Z")
          == ["report@1 missed 3 (paused), 03-01 09:00 to 03-01 11:00"]
      )
      #expect(try planned.look(&planner, at: "2026-03-01T12:00:00Z") == ["report at 03-01 12:00"])
    }
  }

  @Test func `a look that could not be written is due again`() throws {
    try PlannedLog.with(at: "2026-03-01T08:00:00Z") { planned in
      try planned.add("report", "00 0 * * * *")
      var planner = try planned.planner()
      _ = try planned.look(&planner, at: "2026-03-01T08:30:00Z")
      let now = try #require(Instant(iso8601: "2026-03-01T09:00:01Z")).milliseconds
      #expect(try planner.look(at: now).ticks.count == 1)
      #expect(try planner.look(at: now + 1000).ticks.count == 1)
      #expect(try planned.look(&planner, at: "2026-03-01T09:00:03Z") == ["report at 03-01 09:00"])
    }
  }

  @Test func `a schedule that cannot be followed is told once, and hinders no other`() throws {
    try PlannedLog.with(at: "2026-03-01T08:00:00Z") { planned in
      try planned.add("lost", "00 0 * * * *", zone: "Mars/Olympus")
      try planned.add("report", "00 0 * * * *")
      var planner = try planned.planner()
      let told = try planned.look(&planner, at: "2026-03-01T08:00:01Z")
      #expect(told.count == 1)
      #expect(told.first?.contains("lost@1 does not start by itself") ?? false)
      #expect(try planned.look(&planner, at: "2026-03-01T09:00:00Z") == ["report at 03-01 09:00"])
      try planned.add("lost", "00 30 * * * *")
      #expect(try planned.look(&planner, at: "2026-03-01T09:30:00Z") == ["lost at 03-01 09:30"])
    }
  }

  @Test func `what was planned before the first server is not missed`() throws {
    try PlannedLog.with(at: "2026-03-05T08:00:30Z") { planned in
      try planned.put("2026-03-01T08:00:00Z")
      try planned.add("report", "00 0 * * * *")
      var planner = try planned.planner()
      #expect(try planned.look(&planner, at: "2026-03-05T08:00:31Z").isEmpty)
      #expect(try planned.look(&planner, at: "2026-03-05T09:00:00Z") == ["report at 03-05 09:00"])
    }
  }

  @Test func `a trace leads from a tick to who switched the flow on, and back`() throws {
    try PlannedLog.with(at: "2026-03-01T08:00:00Z") { planned in
      try planned.add("other", "00 0 9 * * *")
      let first = try planned.add("report", "00 0 * * * *")
      var planner = try planned.planner()
      var ticks: [Position] = []
      for time: Text in ["2026-03-01T09:00:00Z", "2026-03-01T10:00:00Z"] {
        _ = try planned.look(&planner, at: time)
        ticks.append(try #require(try planned.book.lastTick(of: "report")).position)
      }
      try planned.add("report", "00 30 * * * *")
      _ = try planned.look(&planner, at: "2026-03-01T10:30:00Z")
      let history = try FlowRegistry(planned.log).history(of: first.flow)
      let activation = try #require(history.first { $0.change == .activated }).position
      let up = try Tracer(planned.log).trace(.position(ticks[1]), .up, limit: 100)
      #expect(
        Set(up.edges.map { "\($0.from) \($0.kind.rawValue) \($0.to)" }) == [
          "event:\(activation) planned event:\(ticks[1])",
          "actor:ada@example.com acted event:\(activation)",
        ]
      )
      let down = try Tracer(planned.log).trace(.position(activation), .down, limit: 100)
      #expect(down.edges.map(\.to) == ticks.map { Text("event:\($0)") })
    }
  }

  @Test func `a tick starts the active version, and a person may start any by it`() throws {
    try PlannedLog.with(at: "2026-03-01T08:00:00Z") { planned in
      let first = try planned.add("report", "00 0 * * * *")
      let other = try planned.add("other", "00 30 * * * *")
      var planner = try planned.planner()
      _ = try planned.look(&planner, at: "2026-03-01T09:00:00Z")
      let (tick, position) = try #require(try planned.book.lastTick(of: "report"))
      let event = try #require(try planned.log.event(at: position))
      #expect(Tick(event) == tick)
      #expect(event.attributes.source == Array("schedule".utf8))
      let second = try planned.add("report", "00 10 * * * *")
      let start = try #require(try TickStart(planned.log).decision(on: tick))
      #expect(start.flow.version == second.version)
      #expect(start.trigger == .scheduled(at: tick.planned))
      try planned.deactivate(second)
      #expect(try TickStart(planned.log).decision(on: tick)?.reason == "the flow is switched off")
      let byHand = try StartPlanner(planned.log)
      #expect(try byHand.decision(on: event, by: first).trigger == .scheduled(at: tick.planned))
      #expect(
        try byHand.decision(on: event, by: other).reason == "it is a tick of another flow"
      )
      #expect(try byHand.starts(from: event).isEmpty)
    }
  }
}
