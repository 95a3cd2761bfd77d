import Audit
import EventStore
import TestSupport
import Testing
import Values

/// Whom the events of deliveries speak for, and what caused them, many deliveries in one commit.
@Suite struct DeliveryOriginTests {
  @Test(arguments: [
    ("https://acme.example.com/api/v1/eventHooks/who1", "https://acme.example.com"),
    ("HTTPS://Acme.Example.COM?a#b", "https://acme.example.com"),
    ("https://ada@acme.example.com:443/", "https://acme.example.com"),
    ("http://acme.example.com:80", "http://acme.example.com"),
    ("http://acme.example.com:443#a", "http://acme.example.com:443"),
    ("https://acme.example.com:80/", "https://acme.example.com:80"),
    ("https://acme.example.com:8443/", "https://acme.example.com:8443"),
    ("git+ssh://acme.example.com:80", "git+ssh://acme.example.com:80"),
    ("https://:443", "https://:443"),
    ("https:///a", nil),
    ("https://", nil),
    ("://acme.example.com", nil),
    ("ht_tp://acme.example.com", nil),
    ("https:/acme.example.com", nil),
    ("https://acme example.com", nil),
    ("https://acme.example.com|", nil),
    ("https://acme'.example.com", nil),
    ("who1", nil),
  ])
  func `a source that is a URL speaks for its scheme and host`(
    _ source: String,
    _ origin: String?
  ) throws {
    let document = Self.delivery(1, source: source, events: [])
    let event = try #require(try InboundReader().read(document, as: .oktaEventHook).first)
    #expect(event.origin.map { String(decoding: $0, as: UTF8.self) } == origin)
    #expect(event.irregularities.contains(.sourceWithoutHost) == (origin == nil))
  }

  @Test
  func `in one commit, those that name nobody speak for the default and others for whom they name`()
    throws
  {
    try withTemporaryLog { log in
      try StoreSettings(log).offerDefaultOrigin(Array("https://default.example.com".utf8))
      let sources = [
        "https://one.example.com/a", nil, "https://two.example.com/a", "who1",
        "https://one.example.com/b",
      ]
      let documents = sources.enumerated().map { number, source in
        Self.delivery(number, source: source, events: ["user.session.start"])
      }
      let positions = try Self.append(
        documents,
        ["name": "h", "format": "okta-event-hook"],
        to: log
      )
      let expected = ["one", "default", "two", "default", "one"].map {
        "https://\($0).example.com"
      }
      for (own, origin) in zip(positions, expected) {
        for position in own {
          let event = try #require(try log.event(at: Position(position)))
          #expect(String(decoding: event.attributes.source, as: UTF8.self) == origin)
          #expect(event.attributes.stream.description == "origin-\(origin)")
        }
      }
    }
  }

  @Test func `what a filter lets through is caused by the delivery that brought it`() throws {
    try withTemporaryLog { log in
      let types = [
        ["user.session.start", "group.user_membership.add"],
        ["group.user_membership.add", "user.session.start", "group.user_membership.add"],
      ]
      let documents = types.enumerated().map { number, types in
        Self.delivery(number, source: "https://one.example.com/a", events: types)
      }
      let positions = try Self.append(
        documents,
        [
          "name": "h", "format": "okta-event-hook",
          "events": [["type": "group.user_membership.add"]],
        ],
        to: log
      )
      #expect(positions.map(\.count) == [2, 3])
      for own in positions {
        for position in own.dropFirst() {
          let event = try #require(try log.event(at: Position(position)))
          #expect(event.cause?.rawValue == own.first)
        }
      }
    }
  }
}

extension DeliveryOriginTests {
  private static func delivery(_ number: Int, source: String?, events: [String]) -> [UInt8] {
    let entries = events.enumerated().map { place, type in
      #"{"uuid":"u-\#(number)-\#(place)","eventType":"\#(type)","published":"2026-09-14T08:00:00Z"}"#
    }
    let named = source.map { #""source":"\#($0)","# } ?? ""
    return Array(
      #"{"eventId":"e-\#(number)",\#(named)"data":{"events":[\#(entries.joined(separator: ","))]}}"#
        .utf8
    )
  }

  /// Takes deliveries for a hook in, in one commit; where the events of each stand.
  private static func append(
    _ documents: [[UInt8]],
    _ document: Object,
    to log: EventLog
  ) throws -> [[UInt64]] {
    let registry = HookRegistry(log)
    try registry.add(document, credential: nil, by: .init(actor: "ada@example.com", why: nil))
    let hook = try registry.hook("h")
    let deliveries = documents.map {
      Delivery(hook: hook, credential: "k1", sender: "127.0.0.1:1", body: $0)
    }
    return try DeliveryIntake(log).append(deliveries).map { try $0.get().positions.flatMap(\.self) }
  }
}
