import Foundation
import TestSupport
import Testing
import Values

/// Flows that run with services, which stand on loopback for the length of a test.
@Suite(.waiting) struct LiveRunTests {
  private func withSlack(
    _ slack: SlackStandIn,
    _ body: (ProgramStore, HTTPStandIn, _ connections: String) throws -> Void
  ) throws {
    let server = try HTTPStandIn { slack.answer($0) }
    defer { server.stop() }
    try withProgramStore { store in
      let connections = try store.connections(
        """
          - connector: slack
            url: \(server.url)
            networks: [127.0.0.1]
            token: \(SlackStandIn.token)
        """
      )
      try body(store, server, connections)
    }
  }

  @Test func `the flow that an event starts posts its message, and the recording replays`() throws {
    let slack = SlackStandIn()
    try withSlack(slack) { store, _, connections in
      try store.must("flow", "add", Fixtures.path("flows/user-activated.flopack"))
      try store.must(
        "ingest",
        "--origin",
        "https://acme.example.com",
        Fixtures.path("events/system-log.ndjson")
      )
      let activated = try store.must("search", "eventType eq \"user.lifecycle.activate\"", "--json")
        .firstObject()
      let run = try store.must(
        "--json",
        "run",
        "Announce an activated user",
        "--event",
        activated.string("uuid"),
        "--live",
        "--connections",
        connections
      ).firstObject()
      #expect(run.string("status") == "succeeded")
      #expect(run.string("mode") == "live")
      #expect(run.object("trigger").string("id") == activated.string("uuid"))
      try #require(slack.posted.count == 1)
      #expect(slack.posted[0]["channel"] == "C0ACMEPPL1")
      #expect(slack.posted[0].string("text").contains("can sign in since"))
      let effects = try store.effects(of: run)
      #expect(effects.map(\.name) == ["slack:sendMessageToChannel2"])
      let replay = try store.must("replay", run.string("execution"))
      #expect(replay.output.contains("1 identical, 0 diverged"))
      #expect(slack.posted.count == 1)
    }
  }

  @Test
  func `a flow with a card that no service answers is not started, and check says what it needs`()
    throws
  {
    try withProgramStore { store in
      try store.must("flow", "add", Fixtures.path("flows/user-activated.flopack"))
      let connections = try store.connections(
        "  - {connector: okta, url: \"https://a.example.com\"}"
      )
      let live = ["--live", "--connections", connections]
      let refused = try store.run(["run", "Announce an activated user"] + live)
      #expect(refused.status == 1)
      #expect(refused.messages.contains("no connection of slack"))
      #expect(refused.messages.contains("--partial"))
      #expect(try store.history().isEmpty)
      let check = try store.run(["flow", "check", "Announce an activated user", "--json"] + live)
      #expect(check.status == 2)
      let item = try check.firstObject()
      #expect(item.string("answeredBy") == "nobody")
      #expect(item.string("reason").contains("no connection of slack named \"Acme Slack\""))
      let both = try store.run(
        ["run", "Announce an activated user", "--answers", "typed"] + live
      )
      #expect(both.status == 64)
    }
  }

  @Test
  func `what came too often is asked again as the card says, after the wait that was asked for`()
    throws
  {
    let busy = try HTTPStandIn { _ in
      .json("{\"error\":\"later\"}", [("Retry-After", "0")], status: 429)
    }
    defer { busy.stop() }
    try withProgramStore { store in
      var flow = FlowBuilder("busy")
      flow.card("start", "control:callable", outputs: ["url"])
      flow.card(
        "ask",
        "httpfunctions:get",
        ["Request/URL": .wire("start.url")],
        outputs: ["Response/Status Code:number"],
        policy: ["type": "finish", "retry": 2, "delay": 10, "retryCondition": "ratelimits"]
      )
      try store.add([flow])
      let connections = try store.connections(
        "  - {connector: httpfunctions, hosts: [\"\(busy.url)\"], networks: [127.0.0.1]}"
      )
      let run = try store.run(
        "--json",
        "run",
        "busy",
        "--input",
        "{\"url\":\"\(busy.url)/a\"}",
        "--live",
        "--connections",
        connections
      )
      #expect(run.status == 2)
      #expect(busy.requests.count == 3)
      let execution = try run.firstObject().string("execution")
      #expect(try run.firstObject().string("error").contains("status 429"))
      #expect(try store.must("replay", execution).output.contains("1 identical"))
    }
  }

  @Test
  func `a time-out after the request went out is listed as in doubt, and the flow sees an error`()
    throws
  {
    let server = try HTTPStandIn { _ in .silence(3) }
    defer { server.stop() }
    try withProgramStore { store in
      var attempt = FlowBuilder("attempt")
      attempt.card("begin", "control:callable")
      attempt.card(
        "post",
        "httpfunctions:post",
        ["Request/URL": .constant(.text(Text(server.url)))],
        outputs: ["Response/Status Code:number"]
      )
      try store.add([attempt])
      let connections = try store.connections(
        """
          - connector: httpfunctions
            hosts: ["\(server.url)"]
            networks: [127.0.0.1]
            timeout: 1
        """
      )
      let run = try store.run("--json", "run", "attempt", "--live", "--connections", connections)
      #expect(run.status == 2)
      let execution = try run.firstObject().string("execution")
      let steps = try store.must("show", execution, "--json").objects()
      let post = try #require(steps.first { $0.string("card") == "post" })
      #expect(post.string("status") == "failed")
      #expect(post.object("error").string("kind") == "Timeout")
      #expect(JSON.text(post["remarks"] ?? .null).description.contains("In doubt"))
      #expect(try store.must("replay", execution).output.contains("1 identical"))
    }
  }

  @Test func `what a gateway gave up on is not sent again, whatever the card says, and is listed`()
    throws
  {
    let server = try HTTPStandIn { request in
      .json("{\"error\":\"gateway\"}", status: request.method == "POST" ? 504 : 429)
    }
    defer { server.stop() }
    try withProgramStore { store in
      let retry: Value = [
        "type": "finish", "retry": 2, "delay": 10, "retryCondition": "ratelimits",
      ]
      for method in ["post", "get"] {
        var flow = FlowBuilder(method)
        flow.card("start", "control:callable")
        flow.card(
          "ask",
          "httpfunctions:\(method)",
          ["Request/URL": .constant(.text(Text(server.url)))],
          outputs: ["Response/Status Code:number"],
          policy: retry
        )
        try store.add([flow])
      }
      let live = [
        "--live", "--connections",
        try store.connections(
          "  - {connector: httpfunctions, hosts: [\"\(server.url)\"], networks: [127.0.0.1]}"
        ),
      ]
      let posted = try store.run(["run", "post"] + live)
      #expect(posted.status == 2)
      #expect(posted.output.contains("in doubt   1 of its requests"))
      #expect(posted.messages.contains("should it be cut off"))
      #expect(server.requests.map(\.method) == ["POST"])
      let asked = try store.run(["run", "get"] + live)
      #expect(!asked.output.contains("in doubt"))
      #expect(server.requests.map(\.method) == ["POST", "GET", "GET", "GET"])
      let doubts = try store.must("history", "--in-doubt", "--json").objects().dropLast()
      #expect(doubts.map { $0.string("flow") } == ["post"])
      #expect(doubts.first?["inDoubt"] == 1)
      #expect(try store.must("history").output.contains("failed, in doubt"))
      #expect(try store.must("replay", "--all").output.contains("2 identical"))
    }
  }
}
