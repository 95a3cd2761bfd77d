import Foundation
import Glibc
import TestSupport
import Testing
import Values

/// API endpoints, called over HTTP and answered by their flows.
@Suite(.waiting) struct EndpointCallTests {
  private static let path = "/api/flo/0123456789abcdef0123456789abcdef/invoke"

  private static func endpoint(_ build: (inout FlowBuilder) -> Void) -> FlowBuilder {
    var flow = FlowBuilder("endpoint")
    flow.card(
      "api",
      "http:accept",
      outputs: [
        "raw/headers:object", "raw/body", "raw/query", "body/user", "headers/x-colour",
        "query/page",
      ]
    )
    build(&flow)
    return flow
  }

  private static let echo = endpoint {
    $0.card(
      "end",
      "control:return",
      [
        "user": .wire("api.body/user"), "colour": .wire("api.headers/x-colour"),
        "page": .wire("api.query/page"), "query": .wire("api.raw/query"),
        "body": .wire("api.raw/body"),
      ],
      outputs: ["user", "colour", "page", "query", "body"]
    )
  }

  /// A store with a flow that is called by a hook, and what its callers have to show.
  private func withEndpoint(
    _ flow: FlowBuilder,
    proof: String = "token",
    _ body: (ProgramStore, _ secret: String) throws -> Void
  ) throws {
    try withProgramStore { store in
      let file = store.folder + "/flow.flopack"
      try write(String(decoding: FlowBuilder.export([flow]), as: UTF8.self), to: file)
      try store.must("flow", "add", file)
      let secret = try store.addHook(
        #"{"name":"h","flow":"endpoint","path":"\#(Self.path)","proof":"\#(proof)"}"#
      )
      try body(store, secret)
    }
  }

  private func call(
    _ served: ServedStore,
    _ secret: String?,
    method: String = "POST",
    query: String = "",
    _ fields: [(String, String)] = [],
    body: String? = "{}"
  ) throws -> HTTPExchange {
    try HTTPExchange(
      method,
      Self.path + query,
      port: served.port,
      fields + (secret.map { [("x-api-client-token", $0)] } ?? []),
      body: body.map { Array($0.utf8) }
    )
  }

  @Test func `a caller is answered with what the flow returns, and each call runs it`() throws {
    try withEndpoint(Self.echo) { store, secret in
      try withServedStore(store) { served in
        for _ in 0..<2 {
          let answer = try call(
            served,
            secret,
            query: "?page=2&q=a%20b",
            [("X-Colour", "blue"), ("Content-Type", "application/json")],
            body: #"{"user":"Ada"}"#
          )
          #expect(answer.status == 200)
          #expect(answer.fields["content-type"] == "application/json")
          let body = #"{"user":"Ada","colour":"blue","page":"2","query":"page=2&q=a%20b","#
          #expect(answer.text == body + #""body":"{\"user\":\"Ada\"}"}"#)
        }
      }
      let runs = try store.history()
      #expect(runs.map { $0.string("status") } == ["succeeded", "succeeded"])
      let replay = try store.must("replay", "--all")
      #expect(replay.output.contains("2 identical, 0 diverged"))
      let traced = try store.must("trace", runs[0].string("execution"), "--json").objects()
      #expect(!traced.isEmpty)
    }
  }

  @Test func `an endpoint takes GET, and a form's fields as those of its body`() throws {
    try withEndpoint(Self.echo, proof: "nothing") { store, _ in
      try withServedStore(store) { served in
        let got = try call(served, nil, method: "GET", query: "?page=7", body: nil)
        #expect(got.status == 200)
        #expect(got.text.contains(#""page":"7""#))
        let posted = try call(
          served,
          nil,
          [("Content-Type", "application/x-www-form-urlencoded; charset=utf-8")],
          body: "user=Ada+L%C3%B8v&x=1"
        )
        #expect(posted.text.contains(#""user":"Ada Løv""#))
        let put = try call(served, nil, method: "PUT")
        #expect(put.status == 405)
      }
    }
  }

  static let answers: [(status: Value, headers: Value, body: Value, got: String)] = [
    (201, ["X-Made": "yes"], "done", "201 yes text/plain; charset=utf-8 done"),
    (404, ["content-type": "text/html"], "<p>", "404 - text/html <p>"),
    (0, [:], "", "200 - - "),
    (700, [:], "odd", "500 - text/plain; charset=utf-8 odd"),
    (
      200, ["Transfer-Encoding": "chunked", "X-Made": "a\r\nX-Split: b", "Content-Length": "1"],
      "whole", "200 - text/plain; charset=utf-8 whole"
    ),
  ]

  @Test(arguments: answers)
  func `a raw answer has its status, fields and body where HTTP can carry them`(
    _ given: (status: Value, headers: Value, body: Value, got: String)
  ) throws {
    let flow = Self.endpoint {
      $0.card(
        "raw",
        "control:returnRaw",
        [
          "statusCode:number": .constant(given.status), "headers:object": .constant(given.headers),
          "body": .constant(given.body),
        ],
        outputs: ["statusCode:number", "headers:object", "body"]
      )
    }
    try withEndpoint(flow) { store, secret in
      try withServedStore(store) { served in
        let answer = try call(served, secret)
        let made = answer.fields["x-made"] ?? "-"
        let type = answer.fields["content-type"] ?? "-"
        #expect("\(answer.status) \(made) \(type) \(answer.text)" == given.got)
        #expect(answer.fields["x-split"] == nil)
      }
    }
  }

  @Test(arguments: [204, 205, 304])
  func `an answer that can have no body has none, and the next one is the server's`(_ status: Int)
    throws
  {
    let flow = Self.endpoint {
      $0.card(
        "raw",
        "control:returnRaw",
        [
          "statusCode:number": .constant(.number(Double(status))), "headers:object": .constant([:]),
          "body": .wire("api.raw/body"),
        ],
        outputs: ["statusCode:number", "headers:object", "body"]
      )
    }
    try withEndpoint(flow, proof: "nothing") { store, _ in
      try withServedStore(store) { served in
        let smuggled = "HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\npwned!"
        let first =
          "POST \(Self.path) HTTP/1.1\r\nHost: x\r\nContent-Length: \(smuggled.utf8.count)"
        let second = "GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
        let answer = try HTTPExchange(
          sending: Array((first + "\r\n\r\n" + smuggled + second).utf8),
          port: served.port
        )
        #expect(answer.status == status)
        #expect(answer.text.contains(#"{"status":"ok"}"#))
        #expect(!answer.text.contains("pwned"))
      }
    }
  }

  @Test func `header fields that prove a caller to anybody are not kept`() throws {
    try withEndpoint(Self.echo) { store, secret in
      let fields = [
        "X-Forwarded-Access-Token", "X-Amz-Security-Token", "Private-Token", "X-Slack-Signature",
        "Webhook-Signature", "X-Api-Key", "Cookie", "Proxy-Authorization", "X-Client-Secret",
      ]
      try withServedStore(store) { served in
        let answer = try call(
          served,
          secret,
          query: "?CLIENTTOKEN=canary-0&page=1",
          fields.enumerated().map { ($1, "canary-\($0 + 1)") } + [("X-Colour", "blue")]
        )
        #expect(answer.status == 200)
        #expect(answer.text.contains("blue"))
      }
      let kept = try store.must("export", "--json").output
      #expect(!kept.contains("canary-"))
    }
  }

  @Test func `whoever waits to be told to send the body is told`() throws {
    try withEndpoint(Self.echo) { store, secret in
      try withServedStore(store) { served in
        let connection = try HTTPExchange.connect(port: served.port)
        defer { close(connection) }
        let head =
          "POST \(Self.path) HTTP/1.1\r\nHost: x\r\nConnection: close\r\nExpect: 100-continue\r\n"
          + "X-Api-Client-Token: \(secret)\r\nContent-Length: 14\r\n\r\n"
        _ = send(connection, head, head.utf8.count, CInt(MSG_NOSIGNAL))
        #expect(Self.read(connection, until: "\r\n\r\n").hasPrefix("HTTP/1.1 100 "))
        let body = #"{"user":"Ada"}"#
        _ = send(connection, body, body.utf8.count, CInt(MSG_NOSIGNAL))
        let answer = Self.read(connection, until: nil)
        #expect(answer.hasPrefix("HTTP/1.1 200 "))
        #expect(answer.contains(#""user":"Ada""#))
      }
    }
  }

  /// What comes in up to some text, or to the end of the connection.
  private static func read(_ connection: CInt, until end: String?) -> String {
    var bytes: [UInt8] = []
    var byte = UInt8(0)
    while recv(connection, &byte, 1, 0) == 1 {
      bytes.append(byte)
      if let end, String(decoding: bytes, as: UTF8.self).hasSuffix(end) { break }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  @Test func `a Close answers at once, and the flow goes on behind it`() throws {
    let flow = Self.endpoint {
      $0.card(
        "close",
        "httpfunctions:close",
        ["Response/statusCode:number": .constant(202), "Response/body": .constant("taken")]
      )
      $0.card(
        "wait",
        "control:wait",
        ["delay:number": .constant(3), "unit": .constant("second")]
      )
    }
    try withEndpoint(flow) { store, secret in
      let served = try ServedStore(store)
      let answer = try call(served, secret)
      #expect(answer.status == 202)
      #expect(answer.text == "taken")
      // The run is not over: it waits for seconds.
      #expect(try store.history().map { $0.string("status") } == ["running"])
      // Whoever tells it to end waits for what runs.
      #expect(served.stop() == 0)
      #expect(try store.history().map { $0.string("status") } == ["succeeded"])
    }
  }

  @Test func `a flow that fails answers with its status, one that is off is not there`() throws {
    let flow = Self.endpoint {
      $0.card(
        "boom",
        "control:throw",
        ["statusCode:number": .constant(403), "message": .constant("no")]
      )
    }
    try withEndpoint(flow) { store, secret in
      let served = try ServedStore(store)
      let answer1 = try call(served, secret)
      #expect(answer1.status == 403)
      served.stop()
      try store.must("flow", "deactivate", "endpoint")
      try withServedStore(store) { served in
        let answer2 = try call(served, secret)
        #expect(answer2.status == 404)
      }
      #expect(try store.history().count == 1)
    }
  }

  @Test func `while nothing is run a call is taken in, and the next server runs it once`() throws {
    try withEndpoint(Self.echo) { store, secret in
      try withServedStore(store) { _ in }
      let paused = try ServedStore(store, "--ingest-only")
      let answer3 = try call(paused, secret)
      #expect(answer3.status == 202)
      paused.stop()
      #expect(try store.history().isEmpty)
      for _ in 0..<2 {
        try withServedStore(store) { _ in
          let deadline = Date().addingTimeInterval(30)
          while try store.history().isEmpty, Date() < deadline { usleep(100_000) }
        }
      }
      #expect(try store.history().count == 1)
    }
  }

  @Test func `a caller shows the token in a field, the address or as a bearer`() throws {
    try withEndpoint(Self.echo) { store, secret in
      try withServedStore(store) { served in
        let inAddress = try call(served, nil, query: "?clientToken=\(secret)&page=1")
        #expect(inAddress.status == 200)
        #expect(inAddress.text.contains(#""query":"page=1""#))
        let bearer = try call(served, nil, [("Authorization", "Bearer \(secret)")])
        #expect(bearer.status == 200)
        let answer4 = try call(served, nil)
        #expect(answer4.status == 401)
        let answer5 = try call(served, "other")
        #expect(answer5.status == 401)
        let answer6 = try call(served, nil, query: "?clientToken=other")
        #expect(answer6.status == 401)
      }
      #expect(try store.events("delivery.refused").count == 3)
      let kept = try store.must("export", "--json").output
      #expect(!kept.contains(secret))
    }
  }

  @Test func `whoever calls too often is told to wait, and the flow is not run`() throws {
    try withEndpoint(Self.echo) { store, secret in
      let served = try ServedStore(store, "--calls", "1")
      var taken = 0
      var refused: HTTPExchange?
      for _ in 0..<200 where refused == nil {
        let answer = try call(served, secret)
        if answer.status == 200 { taken += 1 } else { refused = answer }
      }
      served.stop()
      #expect(refused?.status == 429)
      #expect(refused?.fields["retry-after"] == "1")
      #expect(try store.history().count == taken)
    }
  }

  @Test func `a caller gets what a secret made, and the log does not`() throws {
    let key = "canary-endpoint-5e8B"
    let flow = Self.endpoint {
      $0.card(
        "sign",
        "crypto:hmac",
        [
          "algorithm": .constant("sha256"), "key": .constant(.text(Text(key))),
          "data": .wire("api.body/user"), "digest": .constant("hex"),
        ],
        outputs: ["output"]
      )
      $0.card(
        "end",
        "control:return",
        ["code": .wire("sign.output")],
        outputs: ["code"]
      )
    }
    // HMAC-SHA-256 of "Ada" under the key, by Python's hmac.
    let code = "e5bdb0625c31034d246df17c6eacafa70838cce08d59620d334a71a4a8f6e37c"
    try withEndpoint(flow) { store, secret in
      try withServedStore(store, "--connections", store.folder + "/connections.yaml") { served in
        let answer = try call(served, secret, body: #"{"user":"Ada"}"#)
        #expect(answer.status == 200)
        #expect(answer.text == #"{"code":"\#(code)"}"#)
      }
      let kept = try store.must("export", "--json").output
      #expect(!kept.contains(code))
      #expect(!kept.contains(key))
      let replay = try store.must("replay", "--all")
      #expect(replay.output.contains("1 identical, 0 diverged"))
    }
  }
}
