internal import Audit
internal import EventStore
internal import Foundation
internal import Values

/// Answers `GET /api/v1/logs` out of the log, as Okta's System Log API does.
///
/// Source: Okta, "System Log API"; docs/system-log.md tells what differs.
struct SystemLogAPI: Sendable {
  /// The path.
  static let path = "/api/v1/logs"

  private let log: EventLog
  private let clock: ServerClock
  private let address: PublicAddress
  private let threads: ReadingThreads
  private let allowance: RequestAllowance
  private let cursors: SystemLogCursors

  /// How long one page is searched for; Okta's own bound is 30 seconds, and some clients wait for five.
  private static let time = Duration.seconds(4)

  init(
    _ log: EventLog,
    _ clock: ServerClock,
    _ address: PublicAddress,
    _ threads: ReadingThreads,
    perMinute: Int
  ) {
    self.log = log
    self.clock = clock
    self.address = address
    self.threads = threads
    allowance = RequestAllowance(perMinute: perMinute)
    cursors = SystemLogCursors(log)
  }

  /// Answers a request.
  ///
  /// - Parameters:
  ///   - request: The request.
  ///   - caller: Who asks, by a name.
  /// - Returns: The answer, and why the log could not be read or written, of which the sender is told no more
  ///   than that.
  func answer(
    _ request: SystemLogRequest,
    caller: Caller
  ) async -> (reply: Reply, failure: (any Error)?) {
    let id = request.id
    let left = allowance.take(caller.name, at: clock.now)
    let rate = [
      ("x-rate-limit-limit", "\(left.limit)"), ("x-rate-limit-remaining", "\(left.remaining)"),
      ("x-rate-limit-reset", "\(left.reset)"),
    ]
    do {
      guard request.method == "GET" || request.method == "HEAD" else {
        throw SystemLogRefusal.method
      }
      guard !left.isExceeded else { throw SystemLogRefusal.tooOften }
      return (try await page(request, id, rate, caller), nil)
    } catch let refusal as SystemLogRefusal {
      return (Self.reply(refusal, id, rate), nil)
    } catch is ReadingThreads.Busy {
      // So Okta tells of too many requests at once.
      let rate = [
        ("x-rate-limit-limit", "0"), ("x-rate-limit-remaining", "0"),
        ("x-rate-limit-reset", "\(clock.now / 1000 + 1)"),
      ]
      return (Self.reply(.tooOften, id, rate), nil)
    } catch {
      return (Self.reply(.failed, id, rate), error)
    }
  }

  /// The answer to whoever may not ask.
  static func refused(_ refusal: SystemLogRefusal, _ request: SystemLogRequest) -> Reply {
    reply(refusal, request.id, [])
  }

  private func page(
    _ request: SystemLogRequest,
    _ id: String,
    _ rate: [(String, String)],
    _ caller: Caller
  ) async throws -> Reply {
    let query = try SystemLogQuery(request.parameters, now: clock.now, cursors: cursors)
    let base = try address.base(host: request.fields["host"])
    let page = try await threads.run(for: caller.name) { [log] in
      let end = ContinuousClock.now + Self.time
      let budget = SystemLogBudget { ContinuousClock.now >= end }
      let page = try SystemLogReader(log).page(query, budget)
      // Nothing is shown of which the log does not tell to whom; the length of a page and its next link
      // show something too.
      if page.count > 0 {
        let record = AccessRecord(
          caller: caller.name,
          operation: "\(request.method) \(Self.path)",
          Self.members(request, page),
          shown: page.body
        )
        try log.append(AppendBatch([record.draft]))
      }
      return page
    }
    var reply = Reply.json(200, page.body)
    let link = base + Self.path
    reply.fields += [
      ("cache-control", "no-cache, no-store"), ("x-okta-request-id", id),
      ("link", "<\(link)\(Self.query(request.parameters))>; rel=\"self\""),
    ]
    if let next = page.next {
      let parameters = Self.parameters(request.parameters, after: cursors.text(of: next))
      reply.fields.append(("link", "<\(link)\(Self.query(parameters))>; rel=\"next\""))
    }
    if page.isCutShort { reply.fields.append(("x-auditcli-cut-short", "true")) }
    reply.fields += rate
    return reply
  }
}

// MARK: - Records

extension SystemLogAPI {
  /// What a page's record tells beside who got it.
  private static func members(_ request: SystemLogRequest, _ page: SystemLogPage) -> Object {
    var query = Object()
    for (name, value) in SystemLogQuery.counting(request.parameters) {
      query[Text(name)] = .text(Text(value))
    }
    return [
      "query": .object(query), "entries": .number(Double(page.count)),
      "sender": .text(Text(request.sender)),
    ]
  }
}

// MARK: - Links

extension SystemLogAPI {
  private static func parameters(
    _ given: [(name: String, value: String)],
    after cursor: String
  ) -> [(name: String, value: String)] {
    given.filter { $0.name != "after" && $0.name != "since" } + [("after", cursor)]
  }

  private static func query(_ parameters: [(name: String, value: String)]) -> String {
    let pairs = parameters.map { "\(encoded($0.name))=\(encoded($0.value))" }
    return pairs.isEmpty ? "" : "?" + pairs.joined(separator: "&")
  }

  private static let plain = CharacterSet(
    charactersIn: "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~"
  )

  private static func encoded(_ text: String) -> String {
    text.addingPercentEncoding(withAllowedCharacters: plain) ?? ""
  }
}

// MARK: - Refusals

extension SystemLogAPI {
  private static func reply(
    _ refusal: SystemLogRefusal,
    _ id: String,
    _ rate: [(String, String)]
  ) -> Reply {
    let causes = refusal.causes.map { Value.object(["errorSummary": .text(Text($0))]) }
    var reply = Reply.json(
      refusal.status,
      JSON.serialize(
        .object([
          "errorCode": .text(Text(refusal.code)), "errorSummary": .text(Text(refusal.summary)),
          "errorLink": .text(Text(refusal.code)),
          "errorId": .text(Text("oae" + SystemLogRequest.newID().prefix(20))),
          "errorCauses": .list(causes),
        ])
      )
    )
    reply.fields += [("cache-control", "no-cache, no-store"), ("x-okta-request-id", id)] + rate
    if refusal.status == 405 { reply.fields.append(("allow", "GET, HEAD")) }
    return reply
  }
}
