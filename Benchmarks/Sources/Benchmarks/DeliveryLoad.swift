internal import Audit
internal import EventStore
internal import Foundation
internal import Values

/// Deliveries of Okta's event hooks as the server's writer gets them: so many at once as wait.
final class DeliveryLoad {
  private let intake: DeliveryIntake
  private let hook: RegisteredHook
  private var number = 0

  /// How many of a load are appended together, as many as 32 connections make wait.
  private static let batch = 16

  /// Makes a load for a store that is made for it.
  ///
  /// - Throws: Where the store cannot be made.
  init(_ path: String) throws {
    let log = try EventLog(at: path, options: BenchmarkWorld.options())
    let registry = HookRegistry(log)
    try registry.add(
      ["name": "h", "format": "okta-event-hook"],
      credential: "k1",
      by: .init(actor: "benchmark", why: nil)
    )
    hook = try registry.hook("h")
    intake = try DeliveryIntake(log)
  }

  /// Appends so many deliveries; the seconds that took.
  ///
  /// - Throws: Where one is not appended.
  func append(_ count: Int) throws -> Double {
    let batches = (0..<count / Self.batch).map { _ in (0..<Self.batch).map { _ in delivery() } }
    return try Measure.time {
      for batch in batches {
        for outcome in intake.append(batch) {
          guard try outcome.get().appended == 2 else { throw Failure("a delivery is not new") }
        }
      }
    }
  }

  private func delivery() -> Delivery {
    number += 1
    let id = String(format: "%08d-0000-0000-0000-%012d", number % 97, number)
    let risk = (0..<180).map { String(($0 * 7919 + number * 31) % 268_435_456, radix: 16) }
    let body = """
      {"eventType":"com.okta.event_hook","eventTypeVersion":"1.0","cloudEventsVersion":"0.1",\
      "source":"https://acme.example.com/api/v1/eventHooks/who1","eventId":"\(id)",\
      "data":{"events":[{"uuid":"e\(id)","published":"2026-09-14T08:00:00.000Z",\
      "eventType":"group.user_membership.add","version":"0","severity":"INFO",\
      "displayMessage":"Add user to group membership","actor":{"id":"00u1","type":"User",\
      "alternateId":"admin@example.com","displayName":"An Admin"},"client":{"userAgent":\
      {"rawUserAgent":"Mozilla/5.0","os":"Linux","browser":"FIREFOX"},"ipAddress":"203.0.113.7",\
      "zone":"null","device":"Computer"},"outcome":{"result":"SUCCESS","reason":null},\
      "debugContext":{"debugData":{"requestUri":"/api/v1/groups","risk":"\(risk.joined(separator: " "))"}},\
      "transaction":{"type":"WEB","id":"t\(number % 50)","detail":{}},"target":[{"id":"00u2",\
      "type":"User","alternateId":"user@example.com","displayName":"User"},{"id":"00g1",\
      "type":"UserGroup","displayName":"No-Code Builders"}]}]},\
      "eventTime":"2026-09-14T08:00:01.000Z","contentType":"application/json"}
      """
    return Delivery(
      hook: hook,
      credential: "k1",
      sender: "203.0.113.1:4711",
      body: Array(body.utf8)
    )
  }
}
