import Audit
import EventStore
import Flows
import TestSupport
import Testing
import Values

@Suite struct StartPlannerTests {
  static let author = FlowRegistry.Author(actor: "ada@host", why: nil)

  func withFlows(_ packs: [String], _ body: (EventLog) throws -> Void) throws {
    try withTemporaryLog(projections: AuditViews.all) { log in
      for name in packs {
        let pack = try FlowPack.load(Fixtures.bytes("flows/\(name).flopack"), source: name)
        _ = try FlowRegistry(log).add(pack, source: name, by: Self.author)
      }
      try body(log)
    }
  }

  /// Ingests a fixture and gives what each of its events starts, by flow name.
  func starts(_ events: String, hook: String? = nil, in log: EventLog) throws -> [StartDecision] {
    let hook = try hook.map { try Hook(file: Fixtures.bytes("hooks/\($0).json")) }
    let report = try Ingest(into: log, IngestOptions(hook: hook))
      .run([Fixtures.path("events/" + events)])
    let planner = try StartPlanner(log, hook: hook)
    var starts: [StartDecision] = []
    let candidates = Set(try planner.candidates(in: report.positions))
    for range in report.positions {
      try log.read(range) { event in
        let started = try planner.starts(from: event)
        #expect(started.isEmpty || candidates.contains(event.position))
        starts += started
        return true
      }
    }
    return starts
  }

  @Test func `an entry starts the cards that wait for its type, once`() throws {
    try withFlows(["user-activated", "user-added-to-group"]) { log in
      let starts = try starts("system-log.ndjson", in: log)
      let names = Dictionary(grouping: starts, by: \.flow.name.description).mapValues(\.count)
      #expect(
        names == ["Announce an activated user": 5, "Greet a builder (checked in the flow)": 7]
      )
      #expect(try self.starts("system-log.ndjson", in: log).isEmpty)
    }
  }

  @Test func `a card gets the outputs it declares`() throws {
    try withFlows(["user-activated"]) { log in
      let first = try #require(try starts("system-log.ndjson", in: log).first)
      guard case .events(let events)? = first.trigger, case .object(let event)? = events.first,
        case .object(let output)? = event["Output"], case .object(let user)? = output["Okta User"]
      else {
        Issue.record("the trigger is no event: \(String(describing: first.trigger))")
        return
      }
      #expect(user.map(\.key) == ["ID", "Alternate ID", "Display Name", "Type"])
      #expect(user["Type"] == "User")
      #expect(output["Event Type"] == "user.lifecycle.activate")
      #expect(output["Event Time"] == output["Date and Time"])
      #expect(output["Severity"] == nil)
    }
  }

  @Test func `a delivery's events say when and by whom they were delivered`() throws {
    try withFlows(["user-added-to-group"]) { log in
      let first = try #require(try starts("group-member-deliveries.ndjson", in: log).first)
      guard case .events(let events)? = first.trigger, case .object(let event)? = events.first,
        case .object(let output)? = event["Output"]
      else {
        Issue.record("the trigger is no event")
        return
      }
      #expect(output["Event ID"] == "4f58c155-240e-4264-8208-6253d122710e")
      #expect(output["Event ID"] != output["UUID"])
    }
  }

  struct Addressed: CustomTestStringConvertible, Sendable {
    let pack: String
    let events: String
    let hook: String
    let count: Int

    var testDescription: String { hook }
  }

  @Test(arguments: [
    Addressed(
      pack: "breached-password-v1",
      events: "breached-credential-deliveries.ndjson",
      hook: "breached-credentials",
      count: 6
    ),
    Addressed(
      pack: "google-form",
      events: "google-form-submission.json",
      hook: "new-starter-form",
      count: 1
    ),
    Addressed(
      pack: "typeform",
      events: "typeform-submission.json",
      hook: "new-starter-typeform",
      count: 1
    ),
  ])
  func `an endpoint starts from what its hook delivers, each delivery once`(
    _ example: Addressed
  ) throws {
    try withFlows([example.pack]) { log in
      let starts = try starts(example.events, hook: example.hook, in: log)
      #expect(starts.count == example.count)
      for start in starts {
        guard case .http(let request)? = start.trigger else {
          Issue.record("the trigger is no request")
          continue
        }
        #expect(request.body.utf16Count > 0)
      }
    }
  }

  @Test func `an endpoint does not start without a hook`() throws {
    try withFlows(["breached-password-v1"]) { log in
      #expect(try starts("breached-credential-deliveries.ndjson", in: log).isEmpty)
      let event = try #require(try log.event(at: Position(4)))
      let decision = try #require(try StartPlanner(log).decisions(on: event).first)
      #expect(decision.reason.contains("--hook"))
    }
  }

  @Test func `a hook's filter keeps what it would not deliver from starting a flow`() throws {
    try withFlows(["user-added-to-group"]) { log in
      let starts = try starts(
        "group-member-deliveries.ndjson",
        hook: "no-code-builders",
        in: log
      )
      let names = starts.map(\.flow.name.description)
      #expect(names.filter { $0.contains("filtered by the hook") }.count == 2)
    }
  }

  @Test func `a message starts the flow of its channel`() throws {
    try withFlows(["slack-new-message"]) { log in
      let start = try #require(try starts("slack-message.json", in: log).first)
      guard case .events(let events)? = start.trigger, case .object(let event)? = events.first,
        case .object(let message)? = event["Message"]
      else {
        Issue.record("the trigger is no event")
        return
      }
      #expect(message["Text"] != .null)
      #expect(message["Channel ID"] != .null)
    }
  }

  @Test func `a conflict starts nothing, and a flow that is switched off does not start`() throws {
    try withFlows(["user-activated"]) { log in
      let entry = """
        {"uuid":"e1","eventType":"user.lifecycle.activate","target":[]}
        """
      try withTemporaryFolder { folder in
        try write(entry + "\n" + entry.replacing("[]", with: "[{}]"), to: folder + "/events")
        let report = try Ingest(into: log).run([folder + "/events"])
        #expect(report.conflicting == 1)
        let first = try #require(try log.event(at: report.first ?? Position(.max)))
        let conflict = try #require(try log.event(at: report.last ?? Position(.max)))
        #expect(try StartPlanner(log).starts(from: first).count == 1)
        #expect(try StartPlanner(log).starts(from: conflict).isEmpty)
        let flow = try FlowRegistry(log).resolve("Announce an activated user")
        try FlowRegistry(log).deactivate(flow, by: Self.author)
        #expect(try StartPlanner(log).starts(from: first).isEmpty)
      }
    }
  }

  @Test(.enabled(if: SharedData.isPresent, "needs ../shared/data"))
  func `every Okta event card of the published packs is known`() throws {
    var unknown: Set<String> = []
    try withTemporaryLog(projections: AuditViews.all) { log in
      let entry = "{\"uuid\":\"e1\",\"eventType\":\"none\"}"
      for name in SharedData.names(in: "okta-templates") {
        let path = "okta-templates/\(name)/workflow.flopack"
        guard let bytes = try? SharedData.bytes(path) else { continue }
        let pack = try FlowPack.load(bytes, source: path)
        _ = try FlowRegistry(log).add(pack, source: path, by: Self.author)
      }
      try withTemporaryFolder { folder in
        try write(entry, to: folder + "/events")
        let report = try Ingest(into: log).run([folder + "/events"])
        let event = try #require(try log.event(at: report.first ?? Position(.max)))
        for decision in try StartPlanner(log).decisions(on: event)
        where decision.reason.contains("not known") {
          unknown.insert(decision.flow.event?.description ?? "")
        }
      }
    }
    #expect(unknown.isEmpty)
  }
}
