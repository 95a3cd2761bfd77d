import Foundation
import TestSupport
import Testing
import Values

/// Flows that start by themselves while a server runs.
@Suite(.waiting) struct ScheduledFlowTests {
  @Test(.enabled(if: ClientProcess.isPresent, "needs make clients"))
  func `the scheduled report searches the log and mails its rows`() throws {
    try withProgramStore { store in
      let mails = try store.file("mails.jsonl", "")
      let mailbox = try ClientProcess("mailbox.py", [mails])
      defer { mailbox.stop() }
      let connections = try store.connections(
        """
          - connector: gmail
            networks: [127.0.0.1]
            smtp: {host: 127.0.0.1, port: \(mailbox.port), tls: none, from: reports@example.com}
        """
      )
      try ingestFailures(store)
      try store.add("flows/failed-logins-report.flopack", startingBy: "*/5 * * * * *")
      let served = try ServedStore(store, "--connections", connections)
      try waitUntil { try !String(contentsOfFile: mails, encoding: .utf8).isEmpty }
      #expect(served.stop() == 0)
      let history = try store.history()
      #expect(!history.isEmpty)
      #expect(history.allSatisfy { $0.string("status") == "succeeded" }, "\(served.messages)")
      let written = try String(contentsOfFile: mails, encoding: .utf8).split(separator: "\n")
      #expect(written.count == history.count)
      try expectReport(in: String(written[0]))
      try expectCause(of: history[0], in: store)
      let replay = try store.must("replay", "--all")
      #expect(replay.output.contains("\(history.count) identical, 0 diverged"))
    }
  }

  private func ingestFailures(_ store: ProgramStore) throws {
    let moment = Date().addingTimeInterval(-3600)
      .ISO8601Format(.iso8601(timeZone: .gmt, includingFractionalSeconds: true))
    let lines = String(decoding: try Fixtures.bytes("events/system-log.ndjson"), as: UTF8.self)
      .split(separator: "\n").filter { $0.contains("\"FAILURE\"") }.prefix(3)
      .map { $0.replacing(#/"published":"[^"]*"/#, with: "\"published\":\"\(moment)\"") }
    let events = try store.file("failed.ndjson", lines.joined(separator: "\n"))
    try store.must("ingest", "--origin", "https://acme.example.com", events)
  }

  private func expectReport(in line: String) throws {
    guard case .object(let mail) = try JSON.parse(Text(line)),
      case .object(let file)? = mail.list("parts").dropFirst().first
    else {
      Issue.record("not what was expected: \(line)")
      return
    }
    #expect(mail.list("recipients") == ["security@example.com"])
    #expect(file.string("name").hasPrefix("failed-sign-ins-"))
    #expect(file.string("content").split(separator: "\n").count == 4)
  }

  /// The tick is the cause, in the history and in a trace.
  private func expectCause(of run: Object, in store: ProgramStore) throws {
    let trigger = run.object("trigger")
    #expect(trigger.string("type") == "schedule.tick")
    #expect(trigger.string("id").hasSuffix("/Europe/Vienna"))
    let position = trigger.count("position")
    let planned = try #require(try store.ticks()[position])
    #expect(planned.hasSuffix("5.000Z") || planned.hasSuffix("0.000Z"))
    let causes = try store.must("--json", "trace", run.string("execution"), "--up").objects()
    #expect(
      causes.contains { $0.string("from") == "event:\(position)" && $0.string("kind") == "started" }
    )
    #expect(causes.contains { $0.string("kind") == "planned" })
    #expect(causes.contains { $0.string("kind") == "acted" && $0.string("to").hasPrefix("event:") })
    let by = try store.must("history", "--json", "--trigger", "\(position)").objects()
    #expect(by.filter { $0.has("execution") }.count == 1)
    let head = try store.must("--json", "show", run.string("execution")).objects().first {
      $0.string("card") == "control:callable" || $0.object("outputs").has("context/execution_time")
    }
    #expect(head?.object("outputs").string("context/execution_time") == planned)
  }

  @Test func `a tick starts a flow once, whatever is killed`() throws {
    let service = CountingService(delay: 0.005)
    let server = try HTTPStandIn { service.answer($0) }
    defer { server.stop() }
    var random = SplitMix64(seed: 5)
    try withProgramStore { store in
      let connections = try store.connections(to: server)
      try store.add([FlowBuilder.announcing("announce", "* * * * * *", to: server.url)])
      for _ in 0..<Torture.count(3, full: 20) {
        let served = try ServedStore(store, "--connections", connections)
        let before = try store.ticks().count
        try waitUntil { try store.ticks().count > before }
        usleep(UInt32(random.below(900_000)))
        served.kill()
      }
      let ticks = try store.ticks()
      let last = try ServedStore(store, "--connections", connections)
      try waitUntil { try started(in: store).isSuperset(of: ticks.keys) }
      #expect(last.stop() == 0)
      try expectOnce(store, service)
    }
  }

  private func started(in store: ProgramStore) throws -> Set<Int> {
    Set(try store.history().map { $0.object("trigger").count("position") })
  }

  private func expectOnce(_ store: ProgramStore, _ service: CountingService) throws {
    let ticks = try store.ticks()
    #expect(Set(ticks.values).count == ticks.count)
    let history = try store.history()
    let starts = history.map { $0.object("trigger").count("position") }
    #expect(Set(starts).count == starts.count)
    #expect(Set(starts).isSubset(of: ticks.keys))
    let cut = try store.run("resume", "--list", "--json").objects().filter { $0.has("execution") }
    let ended = history.filter { $0.string("status") == "succeeded" }
    #expect(ended.count + cut.count == history.count)
    for planned in ticks.values {
      let count = service.count("POST /\(planned)")
      #expect(count <= 1, "\(planned) was done \(count) times")
    }
    #expect(service.all >= ended.count)
  }

  @Test func `a server that was stopped for a while tells what it missed and catches nothing up`()
    throws
  {
    let service = CountingService(delay: 0)
    let server = try HTTPStandIn { service.answer($0) }
    defer { server.stop() }
    try withProgramStore { store in
      let connections = try store.connections(to: server)
      try store.add([FlowBuilder.announcing("announce", "* * * * * *", to: server.url)])
      let served = try ServedStore(store, "--connections", connections)
      try waitUntil { service.all > 0 }
      kill(served.processIdentifier, SIGSTOP)
      sleep(5)
      kill(served.processIdentifier, SIGCONT)
      try waitUntil {
        try store.events("schedule.missed").contains { $0.object("data").count("count") >= 3 }
      }
      #expect(served.stop() == 0)
      #expect(served.messages.contains("announce@1 missed"))
      #expect(served.messages.contains("nothing was caught up"))
      let ticks = Set(try store.ticks().values)
      for missed in try store.events("schedule.missed").map({ $0.object("data") }) {
        #expect(!ticks.contains(missed.string("first")))
        #expect(!ticks.contains(missed.string("last")))
      }
    }
  }

  @Test func `what is planned while a server is paused is missed, and told when it goes on`() throws
  {
    try withProgramStore { store in
      try store.add([FlowBuilder.scheduled("idle", "* * * * * *")])
      let served = try ServedStore(store)
      try waitUntil { try !store.ticks().isEmpty }
      try store.must("runner", "pause")
      sleep(4)
      try store.must("runner", "resume")
      let reasons = { try store.events("schedule.missed").map { $0.object("data") } }
      try waitUntil { try reasons().contains { $0.string("reason") == "paused" } }
      #expect(served.stop() == 0)
      #expect(served.messages.contains("while the server was told to start no flow"))
    }
  }

  @Test func `a server that only takes in starts nothing by a schedule`() throws {
    try withProgramStore { store in
      try store.add([FlowBuilder.scheduled("idle", "* * * * * *")])
      let served = try ServedStore(store, "--ingest-only")
      sleep(3)
      #expect(served.stop() == 0)
      #expect(try store.ticks().isEmpty)
      #expect(try store.history().isEmpty)
    }
  }

  @Test func `a tick that could not start its flow is told, and starts it by hand`() throws {
    let service = CountingService(delay: 0)
    let server = try HTTPStandIn { service.answer($0) }
    defer { server.stop() }
    try withProgramStore { store in
      try store.add([FlowBuilder.announcing("announce", "*/2 * * * * *", to: server.url)])
      let served = try ServedStore(store)
      try waitUntil { try !store.events("start.failed").isEmpty }
      #expect(served.stop() == 0)
      let failed = try #require(try store.events("start.failed").first)
      let cause = failed.count("causation")
      let planned = try #require(try store.ticks()[cause])
      let connections = try store.connections(to: server)
      try store.must(
        ["run", "announce", "--event", "\(cause)", "--live", "--connections", connections]
      )
      #expect(service.count("POST /\(planned)") == 1)
      #expect(try started(in: store) == [cause])
    }
  }
}
