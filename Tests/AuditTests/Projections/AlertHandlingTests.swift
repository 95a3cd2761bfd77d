import Audit
import EventStore
import Flows
import Replay
import TestSupport
import Testing
import Values

@Suite struct AlertHandlingTests {
  /// What a flow does about a breach, and what the alert says then.
  struct Story: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let flow: FlowBuilder
    let handling: Alert.Handling
    var answer = #"{"connector":"slack","method":"send","outputs":{}}"#

    init(_ name: String, _ handling: Alert.Handling, _ build: (inout FlowBuilder) -> Void) {
      testDescription = name
      self.handling = handling
      var flow = FlowBuilder("main")
      flow.card("start", "control:callable", outputs: ["event:object"])
      build(&flow)
      self.flow = flow
    }
  }

  static let stories = [
    Story("a flow that notifies handles", .handled) { $0.card("send", "slack:send") },
    Story("a flow that only reads has seen", .seen) { $0.card("read", "okta:readUser") },
    Story("a flow that does nothing has seen", .seen) { _ in },
    Story("a flow that answers its caller has seen", .seen) {
      $0.card("close", "httpfunctions:close")
    },
    Story("a flow that notifies and fails has seen", .seen) {
      $0.card("send", "slack:send")
      $0.card("fail", "math:noSuchCard")
    },
    Story("a flow that stops has seen", .seen) {
      $0.card("send", "slack:send")
      $0.card(
        "if",
        "control:continueIf",
        [
          "left-operand": .constant("a"), "operator": .constant("=="),
          "right-operand": .constant("b"),
        ]
      )
    },
    Story("a row written handles", .handled) {
      $0.card(
        "row",
        "stash:createRow",
        ["parameters/stash": .constant("t1"), "Fields/User": .constant("x")],
        outputs: ["Output/Row ID"]
      )
    },
  ]

  @Test(arguments: stories)
  func `an alert is handled by an execution that ended well and wrote`(_ story: Story) throws {
    try AuditedLog.with { audited in
      let position = try audited.append("inbound.okta-system-log", Self.breach("b-1"), id: "b-1")
      let closure = try AuditedLog.closure([story.flow], tables: Self.tables)
      try audited.run(
        closure,
        .call(arguments: ["event": Self.breach("b-1")]),
        cause: position,
        id: "e-1"
      )
      let alert = try #require(try AlertView(audited.log).alerts().first)
      #expect(alert.handling == story.handling)
      #expect(alert.handledBy == (story.handling == .handled ? "e-1" : nil))
    }
  }

  @Test func `a run by hand that no event started handles nothing`() throws {
    try AuditedLog.with { audited in
      try audited.append("inbound.okta-system-log", Self.breach("b-1"), id: "b-1")
      try audited.run(
        try AuditedLog.closure([Self.stories[0].flow]),
        .call(arguments: ["event": Self.breach("b-1")]),
        id: "e-1"
      )
      #expect(try AlertView(audited.log).alerts().map(\.status) == ["open"])
    }
  }

  @Test func `an alert is one user's events of one day, in any order of arrival`() throws {
    let events = [
      Self.breach("b-1", day: "14", user: "u-1"), Self.breach("b-2", day: "14", user: "u-1"),
      Self.breach("b-3", day: "15", user: "u-1"), Self.breach("b-4", day: "14", user: "u-2"),
    ]
    var first: [String]?
    for order in [[0, 1, 2, 3], [3, 2, 1, 0], [2, 0, 3, 1], [1, 3, 0, 2]] {
      try AuditedLog.with { audited in
        for place in order {
          try audited.append("inbound.okta-system-log", events[place], id: "b-\(place + 1)")
        }
        let alerts = try AlertView(audited.log).alerts().map {
          "\($0.id) \($0.user) \($0.severity) \($0.first) \($0.last) \($0.events.map(\.id))"
        }
        #expect(alerts.count == 3)
        first = first ?? alerts
        #expect(alerts == first)
      }
    }
  }

  @Test func `orgs that share an id have an alert each, and so have users whom copies name`() throws
  {
    let copies: [(user: Text, origin: String)] = [
      ("ada", "https://one.example.com"), ("ben", "https://two.example.com"),
      ("cleo", "https://one.example.com"),
    ]
    var first: [String]?
    for order in [[0, 1, 2], [2, 1, 0], [1, 2, 0]] {
      try AuditedLog.with { audited in
        for place in order {
          let (user, origin) = copies[place]
          let event = Self.breach("b-1", user: user)
          try audited.append("inbound.okta-system-log", event, id: "b-1", from: origin)
        }
        let alerts = try AlertView(audited.log).alerts().map { "\($0.id) \($0.user)" }
        #expect(alerts.count == 3)
        first = first ?? alerts
        #expect(alerts == first)
      }
    }
  }

  @Test func `who handled one user's copy of an event did not handle another's`() throws {
    try AuditedLog.with { audited in
      let ada = Self.breach("b-1", user: "ada")
      let position = try audited.append("inbound.okta-system-log", ada, id: "b-1")
      let closure = try AuditedLog.closure([Self.stories[0].flow])
      try audited.run(closure, .call(arguments: ["event": ada]), cause: position, id: "e-1")
      let aaron = Self.breach("b-1", user: "aaron")
      try audited.append("inbound.okta-system-log", aaron, id: "b-1")
      let alerts = try AlertView(audited.log).alerts()
      #expect(
        Set(alerts.map { "\($0.user) \($0.status)" })
          == ["ada@example.com handled", "aaron@example.com open"]
      )
    }
  }

  @Test func `evidence without a time is one alert, whenever its copies come`() throws {
    try AuditedLog.with { audited in
      guard case .object(var event) = Self.breach("b-1") else { return }
      event["published"] = .null
      try audited.append("inbound.okta-system-log", .object(event), id: "b-1")
      event["severity"] = "WARN"
      try audited.append("inbound.okta-system-log", .object(event), id: "b-1")
      let alert = try #require(try AlertView(audited.log).alerts().first)
      #expect(try AlertView(audited.log).alerts().count == 1)
      #expect(alert.events.map(\.positions.count) == [2])
      #expect(alert.first == (try audited.log.event(at: Position(0))?.recordedTime))
    }
  }

  static let tables: Object = [
    "t1": [
      "id": "t1", "name": "T", "description": "",
      "data": [
        "class": "simple", "structure": [["name": "User", "type": "str", "default": .null]],
      ],
    ]
  ]

  static func breach(_ id: Text, day: Text = "14", user: Text = "u-1") -> Value {
    [
      "uuid": .text(id), "eventType": "security.breached_credential.detected",
      "published": .text("2026-09-" + day + "T10:00:00.000Z"),
      "actor": ["id": .text(user), "alternateId": .text(user + "@example.com")],
      "debugContext": ["debugData": ["risk": "{reasons=x, level=LOW}"]],
    ]
  }
}
