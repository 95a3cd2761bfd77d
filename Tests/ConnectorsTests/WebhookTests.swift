import Connectors
import TestSupport
import Testing
import Values

@Suite("A URL that a person named is posted to within the rules of connections")
struct WebhookTests {
  @Test(arguments: [
    ("http://hooks.example.com/x", []), ("https://user:word@hooks.example.com/x", []),
    ("ftp://hooks.example.com/x", []), ("no URL", []), ("", []), ("file:///etc/passwd", []),
    ("https://hooks.example.com/x", ["no network"]),
  ])
  func `what cannot be posted to is refused, without a word of the URL`(
    _ url: String,
    _ networks: [String]
  ) {
    let error = #expect(throws: Webhook.Unusable.self) {
      try Webhook(url, networks: networks, certificates: nil)
    }
    #expect(error.map { !$0.description.contains("hooks.example.com") } ?? false)
  }

  @Test func `what is posted arrives as it is, and the answer asks to wait`() throws {
    let server = try HTTPStandIn { _ in .json("{}", [("Retry-After", "3")], status: 429) }
    defer { server.stop() }
    let hook = try Webhook(server.url + "/a?b=c", networks: ["127.0.0.1"], certificates: nil)
    let reply = hook.post(
      Array("{\"a\":1}".utf8),
      [("webhook-id", "n-1")],
      now: Instant(milliseconds: 0)
    )
    #expect(reply == .answered(status: 429, wait: 3000))
    let request = try #require(server.requests.first)
    #expect(request.method == "POST")
    #expect(request.target == "/a?b=c")
    #expect(request.text == "{\"a\":1}")
    #expect(request.field("webhook-id") == "n-1")
    #expect(request.field("content-type") == "application/json")
  }

  @Test(
    arguments: [
      ([("X-Rate-Limit-Reset", "100")], 11_000.0),
      // The service's own clock counts, whatever ours shows.
      ([("X-Rate-Limit-Reset", "1788220810"), ("Date", "Tue, 01 Sep 2026 00:00:00 GMT")], 11_000),
      (
        [
          ("Retry-After", "Tue, 01 Sep 2026 00:00:07 GMT"),
          ("Date", "Tue, 01 Sep 2026 00:00:00 GMT"),
        ], 7_000
      ), ([("X-Rate-Limit-Reset", "1")], 0),
    ] as [([(String, String)], Double)]
  )
  func `how long a service wants to be left alone is told by its clock`(
    _ fields: [(String, String)],
    _ wait: Double
  ) throws {
    let server = try HTTPStandIn { _ in .json("{}", fields, status: 429) }
    defer { server.stop() }
    let hook = try Webhook(server.url, networks: ["127.0.0.1"], certificates: nil)
    let reply = hook.post([], [], now: Instant(milliseconds: 90_000))
    #expect(reply == .answered(status: 429, wait: wait))
  }

  @Test func `a redirect is an answer, and is not followed`() throws {
    let server = try HTTPStandIn { _ in
      .reply(302, [("Location", "/elsewhere")], [])
    }
    defer { server.stop() }
    let hook = try Webhook(server.url, networks: ["127.0.0.1"], certificates: nil)
    #expect(hook.post([], [], now: Instant(milliseconds: 0)) == .answered(status: 302, wait: 0))
    #expect(server.requests.count == 1)
  }

  @Test(arguments: ["https://127.0.0.1:1/secretword", "https://localhost:1/secretword"])
  func `a private network that is not named is not reached`(_ url: String) throws {
    let hook = try Webhook(url, networks: [], certificates: nil)
    guard
      case .unanswered(let reason, let mayHaveHappened) = hook.post(
        [],
        [],
        now: Instant(milliseconds: 0)
      )
    else {
      Issue.record("it was answered")
      return
    }
    #expect(!mayHaveHappened)
    #expect(reason.contains("not a public address"))
    #expect(!reason.contains("secretword"))
  }

  @Test(arguments: [(StandInReaction.hangUp, true), (.bytes(Array("no HTTP\r\n\r\n".utf8)), true)])
  func `where no whole answer comes, it may have been taken`(
    _ reaction: StandInReaction,
    _ mayHaveHappened: Bool
  ) throws {
    let server = try HTTPStandIn { _ in reaction }
    defer { server.stop() }
    let hook = try Webhook(server.url, networks: ["127.0.0.1"], certificates: nil)
    guard
      case .unanswered(_, let found) = hook.post([], [], now: Instant(milliseconds: 0))
    else {
      Issue.record("it was answered")
      return
    }
    #expect(found == mayHaveHappened)
  }

  @Test func `where nobody listens, nothing was taken`() throws {
    let hook = try Webhook("http://127.0.0.1:1", networks: ["127.0.0.1"], certificates: nil)
    guard
      case .unanswered(_, let found) = hook.post([], [], now: Instant(milliseconds: 0))
    else {
      Issue.record("it was answered")
      return
    }
    #expect(!found)
  }
}
