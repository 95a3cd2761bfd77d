import Audit
import EventStore
import Foundation
import TestSupport
import Testing
import Values

/// Okta delivers at least once and in any order: whatever comes first, the views are the same.
@Suite struct ReorderedDeliveriesTests {
  /// An alert without what depends on where its events stand.
  private struct Finding: Hashable {
    let id: Text
    let user: Text
    let userID: Text?
    let severity: AlertSeverity
    let events: [Text]
    let times: [Int64]
    let copies: [Int]

    init(_ alert: Alert) {
      id = alert.id
      user = alert.user
      userID = alert.userID
      severity = alert.severity
      events = alert.events.map(\.id)
      times = alert.events.map(\.time)
      copies = alert.events.map(\.positions.count)
    }
  }

  private static func deliveries() throws -> [[UInt8]] {
    let file = Fixtures.path("events/breached-credential-deliveries.ndjson")
    let lines = try String(contentsOfFile: file, encoding: .utf8).split(separator: "\n")
    // One event also in other bytes, as Okta's API gives it, under a delivery of its own.
    let other = String(lines[0])
      .replacing("\"severity\":\"WARN\"", with: "\"severity\": \"WARN\"")
      .replacing(#/"eventId":"[^"]*"/#, with: "\"eventId\":\"another-delivery\"")
    return lines.map { Array($0.utf8) } + [Array(other.utf8)]
  }

  private static func findings(_ deliveries: [[UInt8]], parts: [Int]) throws -> [Finding] {
    var findings: [Finding] = []
    try HookedLog.with { log, hook, intake in
      var rest = deliveries[...]
      for part in parts + [deliveries.count] {
        let taken = rest.prefix(part)
        rest = rest.dropFirst(part)
        let results = intake.append(
          taken.map { Delivery(hook: hook, credential: "k1", sender: "127.0.0.1:1", body: $0) }
        )
        for result in results { _ = try result.get() }
      }
      findings = try AlertView(log).alerts().map(Finding.init).sorted { $0.id < $1.id }
    }
    return findings
  }

  @Test func `in every order and however often, the alerts are the same`() throws {
    let deliveries = try Self.deliveries()
    let expected = try Self.findings(deliveries, parts: [])
    try #require(!expected.isEmpty)
    var random = SplitMix64(seed: 2026)
    for number in 0..<Torture.count(60, full: 2000) {
      var order = deliveries
      // Some come twice.
      for _ in 0..<random.below(4) { order.append(deliveries[random.below(deliveries.count)]) }
      for place in order.indices.reversed() { order.swapAt(place, random.below(place + 1)) }
      let parts = (0..<random.below(5)).map { _ in random.below(4) }
      let found = try Self.findings(order, parts: parts)
      #expect(found == expected, "order \(number)")
    }
  }
}
