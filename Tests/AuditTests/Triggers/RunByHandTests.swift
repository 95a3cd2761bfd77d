import Audit
import EventStore
import Flows
import TestSupport
import Testing
import Values

/// What an event does to a flow that somebody runs with it.
@Suite struct RunByHandTests {
  /// A flow, an event of the fixtures, and why the one does not start the other; nil where it does.
  struct Example: Sendable, CustomTestStringConvertible {
    let flow: String
    let event: String
    let why: String?
    var testDescription: String { "\(flow) with \(event)" }

    init(_ flow: String, with event: String, _ why: String? = nil) {
      (self.flow, self.event, self.why) = (flow, event, why)
    }
  }

  /// The first delivery, the entry it brought, and entries by type.
  private static let events = [
    "a delivery": Position(0), "a delivered entry": Position(1),
  ]

  @Test(arguments: [
    Example("Announce an activated user", with: "user.lifecycle.activate"),
    Example(
      "Announce an activated user",
      with: "user.session.start",
      "okta:userActivated waits for user.lifecycle.activate, this is user.session.start"
    ),
    Example(
      "Announce an activated user",
      with: "a delivery",
      "event cards begin with a System Log entry or a message"
    ),
    Example("Breached credential", with: "a delivery"),
    Example("Breached credential", with: "user.session.start"),
    Example(
      "Breached credential",
      with: "a delivered entry",
      "the delivery that brought it starts it, which is at position 0"
    ),
    Example(
      "Breached credential",
      with: "the registration",
      "it is one of the log's own events"
    ),
    Example(
      "Warn one user",
      with: "a delivery",
      "it begins with a call; give its arguments with --input"
    ),
    Example(
      "Report failed sign-ins",
      with: "a delivery",
      "its schedule starts it; run it without an event, or with one of its ticks"
    ),
  ])
  func `an event starts a flow, or it is told why not`(_ example: Example) throws {
    try AuditedLog.with { audited in
      let log = audited.log
      try audited.ingest("events/breached-credential-deliveries.ndjson", "events/system-log.ndjson")
      let registration = Position(try log.size().count)
      for name in ["breached-password-v1", "user-activated", "failed-logins-report"] {
        let pack = try FlowPack.load(Fixtures.bytes("flows/\(name).flopack"), source: name)
        _ = try FlowRegistry(log).add(pack, source: name, by: StartPlannerTests.author)
      }
      var filter = SearchQuery()
      filter.filter = try Filter("eventType eq \"\(example.event)\"")
      var position = Self.events[example.event] ?? registration
      if example.event.contains(".") {
        try LogSearch(filter, in: log).run { event in
          position = event.position
          return false
        }
      }
      let event = try #require(try log.event(at: position))
      let flow = try FlowRegistry(log).resolve(example.flow)
      let decision = try StartPlanner(log).decision(on: event, by: flow)
      #expect(decision.starts == (example.why == nil))
      if let why = example.why { #expect(decision.reason == why) }
    }
  }

  @Test func `a version that is not active is run with an event all the same`() throws {
    try AuditedLog.with { audited in
      let log = audited.log
      let pack = try FlowPack.load(Fixtures.bytes("flows/user-activated.flopack"), source: "x")
      _ = try FlowRegistry(log).add(pack, source: "x", by: StartPlannerTests.author)
      let flow = try FlowRegistry(log).resolve("Announce an activated user")
      try FlowRegistry(log).deactivate(flow, by: StartPlannerTests.author)
      let entry: Value = ["uuid": "e1", "eventType": "user.lifecycle.activate"]
      let position = try audited.append("inbound.okta-system-log", entry, id: "e1")
      let event = try #require(try log.event(at: position))
      #expect(try StartPlanner(log).starts(from: event).isEmpty)
      #expect(try StartPlanner(log).decision(on: event, by: flow).starts)
    }
  }
}
