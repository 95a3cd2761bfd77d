import Foundation
import TestSupport
import Testing
import Values

/// What people with a token look at, and tell the server to do.
@Suite(.waiting) struct OperationsTests {
  private func get(
    _ path: String,
    _ served: ServedStore,
    _ token: String?,
    method: String = "GET"
  ) throws -> HTTPExchange {
    try HTTPExchange(
      method,
      path,
      port: served.port,
      token.map { [("Authorization", "Bearer \($0)")] } ?? []
    )
  }

  private func post(_ served: ServedStore, _ secret: String, _ number: Int) throws -> Int {
    try HTTPExchange(
      "POST",
      "/hooks/h",
      port: served.port,
      [("x-auditcli-token", secret)],
      body: Array(#"{"number":\#(number)}"#.utf8)
    ).status
  }

  /// A store with an endpoint that answers with nothing, called by the hook `h`.
  private func withFlow(_ body: (ProgramStore, _ secret: String) throws -> Void) throws {
    var flow = FlowBuilder("endpoint")
    flow.card("api", "http:accept", outputs: ["raw/body"])
    try withProgramStore { store in
      let file = store.folder + "/flow.flopack"
      try write(String(decoding: FlowBuilder.export([flow]), as: UTF8.self), to: file)
      try store.must("flow", "add", file)
      try body(store, try store.addHook(#"{"name":"h","flow":"endpoint","format":"json"}"#))
    }
  }

  private func wait(for isSo: () throws -> Bool) throws {
    for _ in 0..<300 {
      if try isSo() { return }
      usleep(100_000)
    }
  }

  static let rights: [(method: String, path: String, statuses: [Int])] = [
    ("GET", "/healthz", [200, 200, 200, 200]),
    ("GET", "/metrics", [401, 403, 200, 403]),
    ("GET", "/api/runner", [401, 403, 200, 403]),
    ("POST", "/api/runner/pause", [401, 403, 403, 200]),
    ("POST", "/api/runner/resume", [401, 403, 403, 200]),
    ("POST", "/metrics", [405, 405, 405, 405]),
    ("GET", "/api/runner/pause", [405, 405, 405, 405]),
    ("DELETE", "/healthz", [405, 405, 405, 405]),
  ]

  @Test func `each role opens what it is for, and nothing else`() throws {
    try withProgramStore { store in
      let tokens = [nil, "ingest", "read", "operate"].map { role -> String? in
        guard let role else { return nil }
        return try? store.addToken(role, role)
      }
      try withServedStore(store) { served in
        for (method, path, statuses) in Self.rights {
          for (token, status) in zip(tokens, statuses) {
            let answer = try get(path, served, token, method: method)
            #expect(answer.status == status, "\(method) \(path) by \(token ?? "nobody")")
          }
        }
      }
    }
  }

  @Test func `what is measured can be read by Prometheus, and names no person`() throws {
    try withFlow { store, secret in
      let token = try store.addToken("prometheus", "read")
      try withServedStore(store) { served in
        for number in [1, 2, 2] {
          #expect(try post(served, secret, number) == 204)
        }
        #expect(try post(served, "wrong", 3) == 401)
        try wait { try store.history().count == 2 }
        let text = try get("/metrics", served, token).text
        let lines = text.split(separator: "\n")
        for line in [
          #"auditcli_requests_total{route="hook:h",status="204"} 3"#,
          #"auditcli_requests_total{route="hook:h",status="401"} 1"#,
          #"auditcli_delivered_events_total{hook="h",result="appended"} 2"#,
          #"auditcli_delivered_events_total{hook="h",result="duplicate"} 1"#,
          #"auditcli_committed_deliveries_total 3"#, #"auditcli_commit_seconds_count 3"#,
          #"auditcli_commit_seconds_bucket{le="+Inf"} 3"#, "auditcli_views_degraded 0",
          "auditcli_executions_in_doubt 0", "auditcli_runner_paused 0",
        ] {
          #expect(lines.contains(Substring(line)), "\(line) in\n\(text)")
        }
        // Every sample belongs to a metric that was announced, and has a number.
        let names = lines.filter { $0.hasPrefix("# TYPE ") }.map { $0.split(separator: " ")[2] }
        #expect(Set(names).count == names.count)
        for line in lines where !line.hasPrefix("#") {
          #expect(names.contains { line.hasPrefix($0) }, "\(line)")
          #expect(line.split(separator: " ").last.flatMap { Double($0) } != nil, "\(line)")
        }
      }
    }
  }

  @Test func `a paused runner starts nothing, and starts what came once it goes on`() throws {
    try withFlow { store, secret in
      let token = try store.addToken("on-call", "operate", "read")
      let served = try ServedStore(store)
      let paused = try get("/api/runner/pause", served, token, method: "POST")
      #expect(try paused.json()["paused"] == true)
      try wait { try get("/metrics", served, token).text.contains("runner_paused 1") }
      for number in 0..<20 { #expect(try post(served, secret, number) == 204) }
      let state = try get("/api/runner", served, token).json()
      #expect(state["paused"] == true)
      #expect(state["actor"] == "token:on-call")
      #expect(served.stop() == 0)
      #expect(try store.history().isEmpty)
      // A pause outlasts the server.
      let next = try ServedStore(store)
      #expect(try post(next, secret, 20) == 204)
      let status = try store.must("runner", "status")
      #expect(status.output.contains("Flows are paused"))
      #expect(status.output.contains("a server runs"))
      #expect(try store.history().isEmpty)
      try store.must("runner", "resume", "--why", "Slack is back")
      try wait { try store.history().filter { $0.string("status") == "succeeded" }.count == 21 }
      next.stop()
      #expect(try store.history().count == 21)
      let moves = try store.must("export", "--json").objects().filter {
        $0.string("type").hasPrefix("runner.") && $0.string("type") != "runner.advanced"
      }
      #expect(moves.map { $0.string("type") } == ["runner.paused", "runner.resumed"])
    }
  }

  @Test func `moving the switch to where it stands changes nothing`() throws {
    try withProgramStore { store in
      _ = try store.addToken("any", "read")
      let first = try store.must("runner", "resume")
      #expect(first.messages.contains("It is not paused."))
      try store.must("runner", "pause", "--why", "upkeep")
      let second = try store.must("runner", "pause")
      #expect(second.messages.contains("It is paused already."))
      #expect(second.output.contains("upkeep"))
      #expect(try store.events("runner.paused").count == 1)
    }
  }

  @Test func `with JSON messages each request is told, without sender, address or body`() throws {
    try withFlow { store, secret in
      let served = try ServedStore(store, "--log", "json")
      _ = try HTTPExchange(
        "POST",
        "/hooks/h?clientToken=\(secret)&mail=ada@example.com",
        port: served.port,
        body: Array(#"{"name":"Ada"}"#.utf8)
      )
      _ = try get("/nowhere/ada@example.com", served, nil)
      served.stop()
      let lines = served.messages.split(separator: "\n")
      let notes = try lines.map { try JSON.parse(Array($0.utf8)) }
      #expect(notes.count == 2)
      for (note, wanted) in zip(notes, [("hook:h", 204.0), ("unknown", 404)]) {
        guard case .object(let members) = note else { continue }
        #expect(members["route"] == .text(Text(wanted.0)))
        #expect(members["status"] == .number(wanted.1))
        #expect(
          members.keys == ["time", "level", "message", "route", "method", "status", "milliseconds"]
        )
      }
      #expect(!served.messages.contains("ada"))
      #expect(!served.messages.contains("127.0.0.1"))
    }
  }
}

extension HTTPExchange {
  fileprivate func json() throws -> Object {
    guard case .object(let members) = try JSON.parse(body) else { return [:] }
    return members
  }
}
