import Crypto
import Foundation
import TestSupport
import Testing
import Values

/// The log, served as Okta serves its System Log.
@Suite(.waiting) struct SystemLogAPITests {
  private static let path = "/api/v1/logs"

  /// Serves a store with so many generated entries of this day; `body` gets a token that may read.
  private func withServedLog(
    _ count: Int,
    _ arguments: String...,
    body: (ProgramStore, ServedStore, String) throws -> Void
  ) throws {
    try withProgramStore { store in
      let now = Int64(Date().timeIntervalSince1970 * 1000)
      var generator = EventGenerator(seed: 4, start: now - 3_600_000)
      let file = store.folder + "/entries.ndjson"
      try Data(generator.lines(count)).write(to: URL(fileURLWithPath: file))
      try store.must("ingest", "--origin", "https://acme.example.com", file)
      let token = try store.addToken("reader", "read")
      let served = try ServedStore(store, ["--ingest-only"] + arguments)
      defer { served.stop() }
      try body(store, served, token)
    }
  }

  private func get(
    _ query: String,
    _ served: ServedStore,
    _ token: String,
    method: String = "GET",
    _ fields: [(String, String)] = []
  ) throws -> HTTPExchange {
    try HTTPExchange(
      method,
      Self.path + query,
      port: served.port,
      [("Authorization", "SSWS \(token)")] + fields
    )
  }

  private func entries(_ answer: HTTPExchange) throws -> [String] {
    guard case .list(let items) = try JSON.parse(answer.body) else { return [] }
    return items.map { item in
      if case .object(let members) = item { members.string("uuid") } else { "" }
    }
  }

  /// The path and query of an answer's next link, which is the last one.
  private func next(_ answer: HTTPExchange) -> String? {
    guard let link = answer.fields["link"], link.hasSuffix("rel=\"next\""),
      let path = link.firstRange(of: Self.path)
    else { return nil }
    return String(link[path.upperBound...].prefix { $0 != ">" })
  }

  private func sha256(_ bytes: [UInt8]) -> String {
    SHA256.hash(data: bytes).map { String(format: "%02x", $0) }.joined()
  }

  @Test func `entries are paged to the end, and each page is in the log`() throws {
    try withServedLog(230) { store, served, token in
      var (ids, query): ([String], String?) = ([], "?limit=100&filter=severity+pr")
      var digests: [String] = []
      while let asked = query {
        let answer = try get(asked, served, token)
        #expect(answer.status == 200)
        #expect(answer.fields["date"] != nil && answer.fields["x-okta-request-id"] != nil)
        let page = try entries(answer)
        ids += page
        if !page.isEmpty { digests.append(sha256(answer.body)) }
        query = page.isEmpty ? nil : next(answer)
      }
      let kept = try store.events("inbound.okta-system-log").map { $0.string("id") }
      #expect(ids == kept)
      let records = try store.events("log.read")
      #expect(records.map { $0.object("data").string("sha256") } == digests)
      #expect(records.map { $0.string("actor") } == Array(repeating: "token:reader", count: 3))
      let query1 = records[0].object("data").object("query")
      #expect(query1 == ["limit": "100", "filter": "severity pr"])
      #expect(records[2].object("data")["entries"] == 30)
    }
  }

  @Test func `the record tells the parameters that counted`() throws {
    try withServedLog(3) { store, served, token in
      let filter = "severity+pr"
      let query = "?filter=&filter=\(filter)&filter=severity+eq+%22x%22&limit=&q="
      #expect(try entries(get(query, served, token)).count == 3)
      let record = try #require(try store.events("log.read").last).object("data")
      #expect(record.object("query") == ["filter": "severity pr"])
    }
  }

  @Test func `a cursor outlasts the server`() throws {
    try withServedLog(30) { store, served, token in
      let first = try get("?limit=20", served, token)
      let rest = try #require(next(first))
      served.stop()
      try withServedStore(store) { again in
        let answer = try get(rest, again, token)
        #expect(try entries(first).count == 20)
        #expect(try entries(answer).count == 10)
      }
    }
  }

  @Test func `who may not read is refused, and who asks wrongly is told what is wrong`() throws {
    try withServedLog(3) { store, served, token in
      let ingest = try store.addToken("collector", "ingest")
      let cases: [(String, [(String, String)], Int, String)] = [
        ("", [], 401, "E0000011"), ("", [("Authorization", "SSWS nobody")], 401, "E0000011"),
        ("", [("Authorization", "Basic \(token)")], 401, "E0000011"),
        ("?limit=x", [("Authorization", "SSWS\(token)")], 400, "E0000001"),
        ("?filter=a+xx+1", [("Authorization", "Bearer \(token)")], 400, "E0000053"),
        ("?after=made-up", [("Authorization", "SSWS   \(token)")], 400, "E0000001"),
      ]
      for (query, fields, status, code) in cases {
        let answer = try HTTPExchange("GET", Self.path + query, port: served.port, fields)
        #expect(answer.status == status, "\(query) \(fields)")
        guard case .object(let body) = try JSON.parse(answer.body) else { return }
        #expect(body.string("errorCode") == code)
        #expect(
          body.keys.map(\.description).sorted()
            == ["errorCauses", "errorCode", "errorId", "errorLink", "errorSummary"]
        )
      }
      // A token that was just added is known within a second or so.
      var status = 401
      for _ in 0..<300 where status == 401 {
        status = try get("", served, ingest).status
        if status == 401 { usleep(100_000) }
      }
      #expect(status == 403)
      let posted = try get("", served, token, method: "POST")
      #expect(posted.status == 405 && posted.fields["allow"] == "GET, HEAD")
      let head = try get("?limit=2", served, token, method: "HEAD")
      #expect(head.status == 200 && head.body.isEmpty && head.fields["link"] != nil)
      // How long a page is tells of what is in it.
      let records = try store.events("log.read").map { $0.object("data") }
      #expect(records.map { $0.string("operation") } == ["HEAD /api/v1/logs"])
      #expect(records.map { $0["entries"] } == [2])
    }
  }

  @Test func `requests are counted, and too many are refused with the time to wait for`() throws {
    try withServedLog(3, "--log-requests", "5") { _, served, token in
      var answers: [HTTPExchange] = []
      // A minute may end meanwhile; the next one has five of its own.
      for _ in 0..<12 { answers.append(try get("?limit=1", served, token)) }
      let refused = answers.filter { $0.status == 429 }
      #expect((2...7).contains(refused.count))
      #expect(answers.filter { $0.status == 200 }.count == 12 - refused.count)
      for answer in refused {
        #expect(answer.text.contains("E0000047"))
        #expect(answer.fields["x-rate-limit-remaining"] == "0")
        #expect(answer.fields["x-rate-limit-limit"] == "5")
        let reset = answer.fields["x-rate-limit-reset"].flatMap { Int($0) } ?? 0
        #expect(reset % 60 == 0 && reset > Int(Date().timeIntervalSince1970) - 60)
      }
    }
  }

  @Test func `links name the public address, else the host that was asked`() throws {
    try withServedLog(3, "--public-url", "https://audit.example.com/base/") { _, served, token in
      let answer = try get("?limit=1&q=&x=%22%3E", served, token)
      let link = try #require(answer.fields["link"])
      #expect(
        link.hasPrefix("<https://audit.example.com/base/api/v1/logs?limit=1&q=&x=%22%3E&after=")
      )
    }
    try withServedLog(3) { _, served, token in
      #expect(try get("", served, token).fields["link"]?.hasPrefix("<http://localhost/") ?? false)
      let id = try get("", served, token, [("X-Okta-Request-Id", "req-1")])
      #expect(id.fields["x-okta-request-id"] == "req-1")
      let odd = try get("", served, token, [("X-Okta-Request-Id", "a b")])
      #expect(odd.fields["x-okta-request-id"] != "a b")
      let bytes =
        "GET \(Self.path) HTTP/1.1\r\nHost: a>b\r\nConnection: close\r\n"
        + "Authorization: SSWS \(token)\r\n\r\n"
      let refused = try HTTPExchange(sending: Array(bytes.utf8), port: served.port)
      #expect(refused.status == 400 && refused.text.contains("--public-url"))
      let named = try HTTPExchange(
        sending: Array(bytes.replacing("a>b", with: "audit_1:8080").utf8),
        port: served.port
      )
      #expect(named.fields["link"]?.hasPrefix("<http://audit_1:8080/") ?? false)
    }
  }

  @Test(arguments: [
    "audit.example.com", "https://", "https:///base", "ftp://audit.example.com",
    "https://ada@audit.example.com", "https://audit.example.com?a=b",
    "https://audit.example.com#a", "https://audit.example.com/a b", "https://a>b.example.com",
  ])
  func `a public address that links cannot begin with is refused`(_ url: String) throws {
    try withProgramStore { store in
      let run = try store.run("serve", "--listen", "127.0.0.1:0", "--public-url", url)
      #expect(run.status == 64 && run.messages.contains("--public-url"), "\(run.messages)")
    }
  }

  @Test func `many readers at once keep no delivery from being taken in`() throws {
    try withServedLog(Torture.count(3000, full: 100_000), "--log-requests", "100000") {
      store,
      served,
      token in
      let secret = try store.addHook(#"{"name":"h","format":"okta-event-hook"}"#)
      // A hook that was just added is known within a second or so.
      var status = 404
      for attempt in 0..<300 where status == 404 {
        status = try HTTPExchange(
          "POST",
          "/hooks/okta/h",
          port: served.port,
          [("Authorization", secret)],
          body: OktaDelivery.body(1000 + attempt)
        ).status
        if status == 404 { usleep(100_000) }
      }
      let results = Concurrently.threads(9) { number -> Set<Int> in
        if number == 0 {
          var statuses: Set<Int> = []
          for delivery in 0..<40 {
            statuses.insert(
              try HTTPExchange(
                "POST",
                "/hooks/okta/h",
                port: served.port,
                [("Authorization", secret)],
                body: OktaDelivery.body(delivery)
              ).status
            )
          }
          return statuses
        }
        let query = "?filter=actor.displayName+eq+%22nobody%22&limit=1000"
        return Set(try (0..<6).map { _ in try get(query, served, token).status })
      }
      #expect(try results[0].get() == [204])
      for result in results.dropFirst() { #expect(try result.get().isSubset(of: [200, 429])) }
    }
  }

  // MARK: - Clients

  @Test(.enabled(if: ClientProcess.has("okta"), "needs make clients"))
  func `Okta's own SDK lists all entries, filtered and searched too`() throws {
    try withServedLog(250) { store, served, token in
      func listed(_ arguments: String...) throws -> [String] {
        try ClientProcess.output("system_log.py", ["\(served.port)", token] + arguments)
          .split(separator: "\n").map(String.init)
      }
      func searched(_ arguments: String...) throws -> [String] {
        try store.must(["search", "--json"] + arguments).objects().filter { !$0.has("coverage") }
          .map { $0.string("uuid") }
      }
      let all = try searched()
      #expect(all.count == 250)
      #expect(try listed("--limit", "60") == all)
      let filter = #"outcome.result eq "FAILURE""#
      #expect(try listed("--limit", "7", "--filter", filter) == searched(filter))
      #expect(try listed("--q", "okta") == searched("--q", "okta"))
      let bounded = try listed(
        "--since",
        "2026-01-01T00:00:00Z",
        "--until",
        "2100-01-01T00:00:00Z",
        "--order",
        "DESCENDING",
        "--limit",
        "33"
      )
      #expect(bounded.count == 250 && Set(bounded) == Set(all))
      #expect(try listed("--filter", "severity xx 1") == ["E0000053"])
      #expect(try ClientProcess.output("system_log.py", ["\(served.port)", "x"]) == "E0000011\n")
    }
  }
}
