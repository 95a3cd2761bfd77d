import Foundation
import TestSupport
import Testing
import Values

/// Each fixture flow, started by the event that starts it, and what it then asks of the world.
@Suite struct FixtureFlowTests {
  private static let answers = Fixtures.path("answers/demo.json")

  /// Adds a pack, ingests a file with `--start`, and hands over the executions it started.
  private func withStarted(
    _ pack: String,
    by events: String,
    hook: String? = nil,
    _ body: (ProgramStore, [Object]) throws -> Void
  ) throws {
    try withProgramStore { store in
      try store.must("flow", "add", Fixtures.path("flows/\(pack).flopack"))
      let file = Fixtures.path("events/\(events)")
      let source =
        hook.map { ["--hook", Fixtures.path("hooks/\($0).json")] }
        ?? ["--origin", "https://acme.example.com"]
      let started = try store.start(source + ["--answers", Self.answers, file])
      #expect(started.count == (try store.history().count))
      try body(store, started)
      let replay = try store.must("replay", "--all")
      #expect(
        replay.output.contains("\(started.count) identical, 0 diverged, 0 skipped"),
        "\(replay)"
      )
    }
  }

  @Test func `(a) User Activated tells the people channel who has joined`() throws {
    try withStarted("user-activated", by: "system-log.ndjson") { store, started in
      try #require(started.map { $0.string("status") } == Array(repeating: "succeeded", count: 5))
      #expect(
        started.allSatisfy { $0.object("trigger").string("type") == "user.lifecycle.activate" }
      )
      let effects = try started.flatMap(store.effects)
      try #require(effects.map(\.name) == Array(repeating: "slack:sendMessageToChannel2", count: 5))
      let first = try #require(effects.first)
      #expect(first.options["channel"] == "C0ACMEPPL1")
      let text = first.inputs.string("Message/Text")
      #expect(text.hasPrefix("Mara Lindqvist (mara.lindqvist@example.com) can sign in since "))
      #expect(text.hasSuffix(". Say hello!"))
      #expect(text.contains("2026-09-14"))
    }
  }

  @Test func `(b) New Message in Channel is a row and a threaded answer`() throws {
    try withStarted("slack-new-message", by: "slack-message.json") { store, started in
      try #require(started.map { $0.string("flow") } == ["Answer an access request"])
      let effects = try store.effectsOfOnlyExecution()
      try #require(effects.map(\.name) == ["stash:createRow", "slack:sendMessageToChannel2"])
      #expect(effects[0].inputs["Fields/Slack user"] == "U0DKQTXORJ")
      #expect(effects[0].inputs["Fields/Text"] == "Could I get access to the finance reports?")
      #expect(
        effects[1].inputs["Message/Text"]
          == "Thank you, <@U0DKQTXORJ>. Your request has number 1."
      )
      #expect(effects[1].inputs["Message/Thread Timestamp"] == "1789376400.000200")
    }
  }

  @Test func `(c) a breached credential is told by Slack and mail, but for who has no Slack`()
    throws
  {
    let events = "breached-credential-deliveries.ndjson"
    try withStarted("breached-password-v1", by: events, hook: "breached-credentials") {
      store,
      started in
      let expected = [
        ("succeeded", ["close", "readUser2", "sendDirectMessage2", "sendEmail2"]),
        ("succeeded", ["close"]),
        ("succeeded", ["close", "readUser2", "sendDirectMessage2", "sendEmail2"]),
        ("failed", ["close", "readUser2"]),
        ("failed", ["close", "sendEmail2", "readUser2"]),
        ("succeeded", ["close", "sendEmail2"]),
      ]
      try #require(started.map { $0.string("status") } == expected.map(\.0))
      for (execution, expected) in zip(started, expected) {
        #expect(try store.effects(of: execution).map(\.method.description) == expected.1)
      }
      #expect(started[3].string("error") == "No Slack user has this mail address.")
      let effects = try store.effects(of: started[0])
      #expect(effects[1].inputs["User/Email"] == "mara.lindqvist@example.com")
      #expect(effects[3].inputs["Email/To"] == ["mara.lindqvist@example.com"])
      // The mail says what the message said.
      #expect(effects[2].inputs["Message/Text"] == effects[3].inputs["Email/Body"])
      #expect(effects[2].inputs.string("Message/Text").contains("192.0.2.14"))
    }
  }

  @Test func `(c) the second version sends the mail without Slack too`() throws {
    let events = "breached-credential-deliveries.ndjson"
    try withStarted("breached-password-v2", by: events, hook: "breached-credentials") {
      store,
      started in
      try #require(started.map { $0.string("status") } == Array(repeating: "succeeded", count: 6))
      let ines = try store.effects(of: started[3])
      try #require(ines.map(\.method) == ["close", "readUser2", "sendEmail2"])
      #expect(ines[2].inputs["Email/To"] == ["ines.hartmann@example.com"])
    }
  }

  @Test func `(d) User Added to Group goes on for builders only, checked inside the flow`() throws {
    try withStarted("user-added-to-group", by: "group-member-deliveries.ndjson") {
      store,
      started in
      try #require(started.count == 4)
      #expect(Set(started.map { $0.string("flow") }) == ["Greet a builder (checked in the flow)"])
      let texts = try started.flatMap(store.effects).map { $0.inputs.string("Message/Text") }
      #expect(
        texts == [
          "Joon Park (joon.park@example.com) now builds flows.",
          "Ines Hartmann (ines.hartmann@example.com) now builds flows.",
        ]
      )
    }
  }

  /// The third delivery brings a builder and somebody's other group: it passes whole, so the flow
  /// that trusts the hook greets for both events, and the flow that checks for one.
  @Test func `(d) the hook's filter lets builders through, and what came with them`() throws {
    let events = "group-member-deliveries.ndjson"
    try withStarted("user-added-to-group", by: events, hook: "no-code-builders") {
      store,
      started in
      let flows = started.map { $0.string("flow") }
      #expect(flows.filter { $0 == "Greet a builder (filtered by the hook)" }.count == 2)
      #expect(flows.filter { $0 == "Greet a builder (checked in the flow)" }.count == 2)
      let greeted = try started.flatMap(store.effects)
        .filter { $0.connector == "slack" }.map { $0.inputs.string("Message/Text").prefix(9) }
      #expect(greeted == ["Joon Park", "Joon Park", "Ines Hart", "Ines Hart", "Ines Hart"])
    }
  }

  @Test func `(e) a Google form creates an Okta user`() throws {
    try withStarted("google-form", by: "google-form-submission.json", hook: "new-starter-form") {
      store,
      started in
      let created = try store.effectsOfOnlyExecution()
      try #require(created.map(\.name) == ["okta:createUser"])
      #expect(created[0].inputs["Profile/login"] == "oskar.vale@example.com")
      #expect(created[0].inputs["Profile/title"] == "Controller")
      #expect(created[0].inputs["Activate/Activate"] == false)
    }
  }

  @Test func `(f) a Typeform creates an Okta user, whatever the order of its answers`() throws {
    try withStarted("typeform", by: "typeform-submission.json", hook: "new-starter-typeform") {
      store,
      started in
      let created = try store.effectsOfOnlyExecution()
      try #require(created.map(\.name) == ["okta:createUser"])
      #expect(created[0].inputs["Profile/firstName"] == "Ada")
      #expect(created[0].inputs["Profile/lastName"] == "Novak")
      #expect(created[0].inputs["Profile/email"] == "ada.novak@example.com")
    }
  }

  @Test func `(g) the report's rows, file and mail hold the failed sign-ins it is given`() throws {
    try withProgramStore { store in
      try store.must("flow", "add", Fixtures.path("flows/failed-logins-report.flopack"))
      try store.must(
        "run",
        "Report failed sign-ins",
        "--answers",
        Fixtures.path("answers/failed-logins.json")
      )
      let effects = try store.effectsOfOnlyExecution()
      let rows = effects.filter { $0.method == "createRow" }
      try #require(
        effects.map(\.method)
          == ["clearTable", "searchSystemLogs"] + rows.map(\.method)
          + ["exportToCSV", "sendEmailWithAttachment"]
      )
      try #require(rows.count == 8)
      #expect(rows[0].inputs["Fields/User"] == "tomas.okafor@example.com")
      #expect(rows[0].inputs["Fields/Address"] == "192.0.2.77")
      let mail = try #require(effects.last).inputs
      #expect(mail["Email/To"] == ["security@example.com"])
      let file = mail.object("File/File Content")
      #expect(file.string("name").hasPrefix("failed-sign-ins-"))
      #expect(file.string("type") == "text/csv")
      #expect(file.count("size") > 8 * 60)
      #expect(try store.must("replay", "--all").output.contains("1 identical, 0 diverged"))
    }
  }

  @Test func `(g) without a script the report searches this log, and its last day only`() throws {
    try withProgramStore { store in
      try store.must("flow", "add", Fixtures.path("flows/failed-logins-report.flopack"))
      let lines = String(decoding: try Fixtures.bytes("events/system-log.ndjson"), as: UTF8.self)
        .split(separator: "\n").filter { $0.contains("\"FAILURE\"") }
      // Three of yesterday's failures are brought to the last hours; the rest stays years apart.
      let now = Date()
      let events = lines.enumerated().map { place, line -> String in
        guard place < 3 else { return String(line) }
        let time = now.addingTimeInterval(-3600 * Double(place + 1))
          .ISO8601Format(.iso8601(timeZone: .gmt, includingFractionalSeconds: true))
        return String(line).replacing(#/"published":"[^"]*"/#, with: "\"published\":\"\(time)\"")
      }
      try write(events.joined(separator: "\n"), to: store.folder + "/failed.ndjson")
      try store.must(
        "ingest",
        "--origin",
        "https://acme.example.com",
        store.folder + "/failed.ndjson"
      )
      try store.must("run", "Report failed sign-ins", "--answers", Self.answers)
      let rows = try store.effectsOfOnlyExecution().filter { $0.method == "createRow" }
      try #require(
        rows.map { $0.inputs.string("Fields/User") }
          == ["lena.moreau", "tomas.okafor", "mara.lindqvist"].map { $0 + "@example.com" }
      )
      #expect(try store.must("replay", "--all").output.contains("1 identical, 0 diverged"))
    }
  }
}
