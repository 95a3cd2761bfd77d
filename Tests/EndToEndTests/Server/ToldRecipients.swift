import Foundation
import Synchronization
import TestSupport
import Testing
import Values

/// Deliveries of breached credentials, and waiting for what comes of them.
enum BreachDelivery {
  /// A delivery with one event of now, of a user of its own.
  static func body(_ number: Int, level: String = "HIGH", user: Int? = nil) -> [UInt8] {
    let id = String(format: "%012d", number)
    let now = Date().ISO8601Format(.iso8601(timeZone: .gmt, includingFractionalSeconds: true))
    let user = user ?? number
    return Array(
      """
      {"eventType":"com.okta.event_hook","eventTypeVersion":"1.0","cloudEventsVersion":"0.1",\
      "source":"https://acme.example.com/api/v1/eventHooks/who1","eventId":"breach-\(id)",\
      "data":{"events":[{"uuid":"10000000-0000-0000-0000-\(id)","published":"\(now)",\
      "eventType":"security.breached_credential.detected","version":"0","severity":"WARN",\
      "displayMessage":"Breached credential","actor":{"id":"00u\(user)","type":"User",\
      "alternateId":"user\(user)@example.com","displayName":"User \(user)"},\
      "outcome":{"result":"SUCCESS"},"target":[],\
      "debugContext":{"debugData":{"risk":"{reasons=x, level=\(level)}"}}}]},\
      "eventTime":"\(now)","contentType":"application/json"}
      """.utf8
    )
  }

  /// Delivers to the hook `breaches`.
  static func send(_ body: [UInt8], _ secret: String, to port: Int) throws {
    let answer = try HTTPExchange(
      "POST",
      "/hooks/okta/breaches",
      port: port,
      [("Authorization", secret)],
      body: body
    )
    #expect(answer.status == 204)
  }

  static let hook = #"{"name":"breaches","format":"okta-event-hook"}"#
}

/// Looks again until it holds, for a minute at most, and says where it does not.
func eventually(
  _ what: Comment,
  sourceLocation: SourceLocation = #_sourceLocation,
  _ isSo: () throws -> Bool
) throws {
  for _ in 0..<600 {
    if try isSo() { return }
    usleep(100_000)
  }
  Issue.record(what, sourceLocation: sourceLocation)
}

extension ProgramStore {
  /// The notices, the latest first.
  func notices(_ arguments: String...) throws -> [Object] {
    try must(["notice", "list", "--json"] + arguments).objects().filter { $0.has("notice") }
  }

  /// What is listed of a recipient.
  func recipient(_ name: String) throws -> Object {
    let all = try must("recipient", "list", "--json").objects()
    return try #require(all.first { $0["recipient"] == .text(Text(name)) })
  }
}

/// A receiver that answers as it is told, and counts what it took by the webhook's id.
final class WebhookReceiver: Sendable {
  private let answers = Mutex<[StandInReaction]>([])

  /// What the next requests are answered with; those behind are taken.
  func answer(_ reactions: [StandInReaction]) { answers.withLock { $0 = reactions } }

  func react(_ request: StandInRequest) -> StandInReaction {
    answers.withLock { $0.isEmpty ? .reply(204, [], []) : $0.removeFirst() }
  }
}
