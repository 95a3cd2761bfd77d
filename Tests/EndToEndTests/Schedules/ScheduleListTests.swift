import TestSupport
import Testing
import Values

/// What `schedule list` tells of a store that nobody serves, and of an export.
@Suite(.waiting) struct ScheduleListTests {
  private func lines(_ run: ProgramRun) throws -> [Object] {
    try run.objects().filter { $0.has("starts") }
  }

  @Test func `flows with schedules are listed with their next starts`() throws {
    try withProgramStore { store in
      try store.must("flow", "add", Fixtures.path("flows/failed-logins-report.flopack"))
      try store.add([FlowBuilder.scheduled("idle", "00 */15 * * * *")])
      try store.must("flow", "deactivate", "idle")
      let all = try lines(store.must("--json", "schedule", "list", "--next", "3"))
      #expect(all.map { $0.string("name") } == ["Report failed sign-ins", "idle"])
      let report = all[0]
      #expect(report.string("starts") == "at 06:00 every day")
      #expect(report.string("schedule") == "00 0 6 * * * Europe/Vienna")
      #expect(report.string("zone") == "Europe/Vienna")
      #expect(report["active"] == true)
      #expect(report["last"] == .null)
      let next = report.list("next")
      #expect(next.count == 3)
      for case .object(let start) in next {
        #expect(start.string("local").contains("T06:00:00+0"))
        #expect(["04", "05"].contains(start.string("planned").dropFirst(11).prefix(2)))
      }
      #expect(all[1]["active"] == false)
      #expect(all[1].list("next").isEmpty)
      let text = try store.must("schedule", "list", "--next", "2")
      #expect(text.lines.first?.contains("STARTS") ?? false)
      #expect(text.output.contains("at 06:00 every day"))
      #expect(text.output.contains("06:00:00 CE"))
    }
  }

  @Test func `an export is listed without a store`() throws {
    try withTemporaryFolder { folder in
      let run = try ProgramRun(
        [
          "--store", folder + "/none", "--json", "schedule", "list",
          Fixtures.path("flows/failed-logins-report.flopack"),
        ]
      )
      #expect(run.status == 0, "\(run)")
      let line = try #require(try lines(run).first)
      #expect(line.string("name") == "Report failed sign-ins")
      #expect(line["version"] == .null)
      #expect(line.list("next").count == 1)
    }
  }

  @Test func `a schedule that cannot be followed is listed with the reason`() throws {
    try withProgramStore { store in
      try store.add([FlowBuilder.scheduled("broken", "00 99 * * * *")])
      let line = try #require(try lines(store.must("--json", "schedule", "list")).first)
      #expect(line.string("problem").contains("its minutes are \"99\""))
      #expect(line["next"] == [])
      #expect(try store.must("schedule", "list").output.contains("does not start by itself"))
    }
  }

  @Test func `a schedule that never comes is listed so`() throws {
    try withProgramStore { store in
      try store.add([FlowBuilder.scheduled("never", "00 0 0 30 feb *")])
      let line = try #require(try lines(store.must("--json", "schedule", "list")).first)
      #expect(line.string("problem") == "it never comes due")
      #expect(line.string("schedule") == "00 0 0 30 feb * UTC")
      #expect(try store.must("schedule", "list").output.contains("it never comes due"))
    }
  }

  @Test func `what a server started stands in the list`() throws {
    let service = CountingService(delay: 0)
    let server = try HTTPStandIn { service.answer($0) }
    defer { server.stop() }
    try withProgramStore { store in
      try store.add([FlowBuilder.announcing("announce", "* * * * * *", to: server.url)])
      let served = try ServedStore(store, "--connections", try store.connections(to: server))
      try waitUntil { try store.history().contains { $0.string("status") == "succeeded" } }
      #expect(served.stop() == 0)
      let line = try #require(try lines(store.must("--json", "schedule", "list")).first)
      let last = line.object("last")
      #expect(try store.ticks()[last.count("position")] == last.string("planned"))
      #expect(!line.list("next").isEmpty)
    }
  }
}
