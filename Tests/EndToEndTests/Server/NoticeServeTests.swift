import Foundation
import Synchronization
import TestSupport
import Testing
import Values

/// A server that tells recipients, and what its users do meanwhile.
@Suite(.waiting) struct NoticeServeTests {
  private func withReceiver(
    _ terms: [String],
    _ body: (ProgramStore, WebhookReceiver, HTTPStandIn, _ secret: String) throws -> Void
  ) throws {
    let receiver = WebhookReceiver()
    let server = try HTTPStandIn { receiver.react($0) }
    defer { server.stop() }
    try withProgramStore { store in
      let secret = try store.addHook(BreachDelivery.hook)
      let add = ["recipient", "add", "siem", "--webhook", server.url, "--network", "127.0.0.1"]
      try store.must(add + terms)
      try body(store, receiver, server, secret)
    }
  }

  private static func types(_ server: HTTPStandIn) -> [String] {
    server.requests.map { request in
      guard case .object(let body)? = try? JSON.parse(request.body) else { return "" }
      return body.string("type")
    }
  }

  @Test func `an alert that a flow handles in time is never unhandled, another is`() throws {
    let slack = SlackStandIn(users: ["user1@example.com": "U1"])
    let service = try HTTPStandIn { slack.answer($0) }
    defer { service.stop() }
    try withReceiver(["--on", "unhandled", "--after", "5s"]) { store, _, server, secret in
      var flow = FlowBuilder("announce")
      flow.card("start", "http:accept", outputs: ["body/eventId"])
      flow.card(
        "post",
        "slack:sendMessageToChannel2",
        ["parameters/channel": .constant("C1"), "Message/Text": .wire("start.body/eventId")]
      )
      try store.add([flow])
      let connections = try store.connections(
        """
          - connector: slack
            url: \(service.url)
            networks: [127.0.0.1]
            token: \(SlackStandIn.token)
        """
      )
      let hook = try store.addHook(
        #"{"name":"handled","format":"okta-event-hook","flow":"announce"}"#
      )
      let served = try ServedStore(store, "--connections", connections)
      let answer = try HTTPExchange(
        "POST",
        "/hooks/okta/handled",
        port: served.port,
        [("Authorization", hook)],
        body: BreachDelivery.body(1)
      )
      #expect(answer.status == 204)
      try BreachDelivery.send(BreachDelivery.body(2), secret, to: served.port)
      try eventually("nobody was told") { !server.requests.isEmpty }
      #expect(served.stop() == 0)
      #expect(Self.types(server) == ["alert.unhandled"])
      #expect(server.requests[0].text.contains("user2@example.com"))
      let statuses = try store.must("alerts", "--json").objects().filter { $0.has("alert") }
        .map { "\($0.string("user")) \($0.string("status"))" }.sorted()
      #expect(statuses == ["user1@example.com handled", "user2@example.com open"])
    }
  }

  @Test func `an alert that was dealt with and comes again is told as reopened`() throws {
    try withReceiver(["--on", "new,reopened"]) { store, _, server, secret in
      let served = try ServedStore(store)
      try BreachDelivery.send(BreachDelivery.body(1), secret, to: served.port)
      try eventually("new was not told") { server.requests.count == 1 }
      let alert = try store.must("alerts", "--json").firstObject().string("alert")
      try store.must("alerts", "resolve", alert, "--note", "changed")
      try BreachDelivery.send(BreachDelivery.body(2, user: 1), secret, to: served.port)
      try eventually("reopened was not told") { server.requests.count == 2 }
      #expect(served.stop() == 0)
      #expect(Self.types(server) == ["alert.new", "alert.reopened"])
      #expect(try store.must("alerts").output.contains("opened anew by the event at"))
    }
  }

  @Test func `a webhook that is refused comes again with the same id, as late as it was asked`()
    throws
  {
    try withReceiver(["--on", "new"]) { store, receiver, server, secret in
      receiver.answer([
        .json("{}", [("Retry-After", "7")], status: 429), .hangUp, .json("{}", status: 500),
      ])
      let served = try ServedStore(store)
      try BreachDelivery.send(BreachDelivery.body(1), secret, to: served.port)
      try eventually("it does not wait") {
        try store.notices().first?.string("state") == "waiting"
      }
      let waiting = try store.notices()[0]
      #expect(waiting["status"] == 429)
      #expect(try store.recipient("siem")["waiting"] == 1)
      try eventually("it was not taken in the end") {
        try store.notices().first?.string("state") == "sent"
      }
      #expect(served.stop() == 0)
      #expect(served.messages.contains("is sent again later: 127.0.0.1:\(server.port) answered"))
      #expect(server.requests.count == 4)
      #expect(Set(server.requests.compactMap { $0.field("webhook-id") }).count == 1)
      let requested = try store.events("notice.requested").map { $0.string("recordedtime") }
      try #require(requested.count == 4)
      let times = requested.compactMap { Instant(iso8601: Text($0))?.milliseconds }
      try #require(times.count == 4)
      #expect(times[1] - times[0] >= 7_000)
    }
  }

  @Test func `nothing is told by a server that only takes in; the next server tells it`() throws {
    try withReceiver(["--on", "new"]) { store, _, server, secret in
      let only = try ServedStore(store, "--ingest-only")
      try BreachDelivery.send(BreachDelivery.body(1), secret, to: only.port)
      #expect(only.stop() == 0)
      #expect(server.requests.isEmpty)
      #expect(try store.recipient("siem")["waiting"] == 1)
      for _ in 0..<2 {
        let served = try ServedStore(store)
        try eventually("nobody was told") { server.requests.count == 1 }
        #expect(served.stop() == 0)
      }
      #expect(server.requests.count == 1)
    }
  }

  @Test func `a history that is taken in while it serves pages nobody; a flood comes as one`()
    throws
  {
    try withReceiver(["--on", "new"]) { store, _, server, secret in
      let served = try ServedStore(store)
      let old = (1...50).map { number -> String in
        let body = String(decoding: BreachDelivery.body(1_000 + number), as: UTF8.self)
        return body.replacing(#/"published":"20[0-9]{2}/#, with: "\"published\":\"2019")
      }
      let flood = (1...60).map { String(decoding: BreachDelivery.body($0), as: UTF8.self) }
      let file = try store.file("all.ndjson", (old + flood).joined(separator: "\n") + "\n")
      try store.must("ingest", "--origin", "https://acme.example.com", file)
      try eventually("the flood was not told") {
        try store.notices().map { $0.list("alerts").count }.reduce(0, +) == 60
      }
      #expect(served.stop() == 0)
      #expect(Self.types(server).contains("alert.summary"))
      #expect(server.requests.count <= 12)
    }
  }

  @Test(arguments: [
    ("request_timeout", true), ("accesslimited", true), ("team_added_to_org", true),
    ("ratelimited", true), ("unheard_of", true), ("msg_too_long", false),
  ])
  func `what Slack refuses for now is sent again; what it never takes is not`(
    _ error: String,
    _ isAgain: Bool
  ) throws {
    let receiver = WebhookReceiver()
    let server = try HTTPStandIn { receiver.react($0) }
    defer { server.stop() }
    receiver.answer([
      .json(#"{"ok":false,"error":"\#(error)"}"#),
      .json(#"{"ok":true,"ts":"1.2","channel":"C1"}"#),
    ])
    try withProgramStore { store in
      let connections = try store.connections(
        """
          - connector: slack
            url: \(server.url)
            networks: [127.0.0.1]
            token: \(SlackStandIn.token)
        """
      )
      let secret = try store.addHook(BreachDelivery.hook)
      try store.must("recipient", "add", "security", "--slack", "C1", "--on", "new")
      let served = try ServedStore(store, "--connections", connections)
      try BreachDelivery.send(BreachDelivery.body(1), secret, to: served.port)
      let state = isAgain ? "waiting" : "failed"
      try eventually("it does not stand so") {
        try store.notices("--state", state).first?.string("reason") == error
      }
      if isAgain {
        let id = try store.notices()[0].string("notice")
        #expect(try store.run("notice", "resolve", id, "sent", "--why", "x").status == 1)
        try store.must("notice", "resolve", id, "not-sent", "--why", "do not wait")
        try eventually("it was not sent again") { try store.notices("--state", "sent").count == 1 }
      } else {
        let id = try store.notices()[0].string("notice")
        try store.must("recipient", "remove", "security")
        let refused = try store.run("notice", "resolve", id, "not-sent", "--why", "x")
        #expect(refused.status == 1)
        #expect(refused.messages.contains("the recipient security is no longer there"))
      }
      #expect(served.stop() == 0)
      #expect(server.requests.count == (isAgain ? 2 : 1))
    }
  }

  @Test
  func `a Slack message that got no answer is in doubt, until somebody says what became of it`()
    throws
  {
    let slack = SlackStandIn()
    let receiver = WebhookReceiver()
    let server = try HTTPStandIn { request in
      _ = slack.answer(request)
      return receiver.react(request)
    }
    defer { server.stop() }
    let taken = StandInReaction.json(#"{"ok":true,"ts":"1.2","channel":"C1"}"#)
    receiver.answer([.hangUp, .json("{}", status: 500), taken, taken])
    try withProgramStore { store in
      let connections = try store.connections(
        """
          - connector: slack
            url: \(server.url)
            networks: [127.0.0.1]
            token: \(SlackStandIn.token)
        """
      )
      let secret = try store.addHook(BreachDelivery.hook)
      try store.must("recipient", "add", "security", "--slack", "C1", "--on", "new")
      let served = try ServedStore(store, "--connections", connections)
      for number in 1...2 {
        try BreachDelivery.send(BreachDelivery.body(number), secret, to: served.port)
        try eventually("it is not in doubt") {
          try store.notices("--state", "in-doubt").count == number
        }
      }
      #expect(try store.recipient("security")["inDoubt"] == 2)
      #expect(served.messages.contains("auditcli notice resolve n-"))
      let token = try store.must("token", "add", "meter", "--role", "read", "--json").firstObject()
        .string("secret")
      try eventually("it is not measured") {
        try HTTPExchange(
          "GET",
          "/metrics",
          port: served.port,
          [("Authorization", "Bearer \(token)")]
        ).text.contains(#"auditcli_notices{state="in-doubt"} 2"#)
      }
      let ids = try store.notices().map { $0.string("notice") }
      #expect(try store.run("notice", "resolve", ids[0], "sent").status == 1)
      try store.must("notice", "resolve", ids[0], "sent", "--why", "it is there")
      let again = try store.must([
        "notice", "resolve", String(ids[1].prefix(12)), "not-sent", "--why", "it is not", "--json",
      ])
      #expect(try again.firstObject().object("resolution").string("outcome") == "not-sent")
      try eventually("it was not sent again") {
        try store.notices("--state", "sent").count == 2
      }
      #expect(served.stop() == 0)
      #expect(slack.posted.count == 3)
      #expect(try store.run("notice", "resolve", ids[1], "sent", "--why", "x").status == 1)
    }
  }
}

/// Servers that are killed while they tell recipients.
@Suite(.waiting) struct KilledNoticeTests {
  @Test func `the next server says what is in doubt, and what was given up`() throws {
    let slack = SlackStandIn()
    let isSlow = Mutex(true)
    let server = try HTTPStandIn { request in
      // The answer comes when the server that asked is long gone.
      for _ in 0..<600 where isSlow.withLock({ $0 }) { usleep(100_000) }
      return slack.answer(request)
    }
    defer {
      isSlow.withLock { $0 = false }
      server.stop()
    }
    try withProgramStore { store in
      let connections = try store.connections(
        """
          - connector: slack
            url: \(server.url)
            networks: [127.0.0.1]
            token: \(SlackStandIn.token)
        """
      )
      let secret = try store.addHook(BreachDelivery.hook)
      try store.must("recipient", "add", "security", "--slack", "C1", "--on", "new")
      // Nobody listens there.
      try store.must(
        "recipient",
        "add",
        "siem",
        "--webhook",
        "http://127.0.0.1:1/",
        "--network",
        "127.0.0.1"
      )
      let first = try ServedStore(store, "--connections", connections)
      try BreachDelivery.send(BreachDelivery.body(1), secret, to: first.port)
      try eventually("they are not on their way") {
        try store.notices().map { $0.string("state") }.sorted() == ["sending", "waiting"]
      }
      first.kill()
      try store.must("recipient", "remove", "siem")
      let second = try ServedStore(store, "--connections", connections)
      try eventually("they still stand as before") {
        try store.notices().map { $0.string("state") }.sorted() == ["failed", "in-doubt"]
      }
      #expect(second.stop() == 0)
      #expect(second.messages.contains("is in doubt: the server ended before it was answered"))
      #expect(second.messages.contains("failed and is not sent again: the recipient was removed"))
    }
  }

  @Test func `no message is doubled, and none is lost unseen, whenever a server is killed`() throws
  {
    let slack = SlackStandIn()
    let siem = WebhookReceiver()
    let server = try HTTPStandIn { request in
      usleep(80_000)
      return slack.answer(request)
    }
    let receiver = try HTTPStandIn { request in
      usleep(80_000)
      return siem.react(request)
    }
    defer {
      server.stop()
      receiver.stop()
    }
    var random = SplitMix64(seed: 28)
    try withProgramStore { store in
      let connections = try store.connections(
        """
          - connector: slack
            url: \(server.url)
            networks: [127.0.0.1]
            token: \(SlackStandIn.token)
        """
      )
      let secret = try store.addHook(BreachDelivery.hook)
      try store.must("recipient", "add", "security", "--slack", "C1", "--on", "new")
      try store.must([
        "recipient", "add", "siem", "--webhook", receiver.url, "--network", "127.0.0.1", "--on",
        "new",
      ])
      var number = 0
      for _ in 0..<Torture.count(5, full: 20) {
        let served = try ServedStore(store, "--connections", connections)
        for _ in 0..<3 {
          number += 1
          try BreachDelivery.send(BreachDelivery.body(number), secret, to: served.port)
        }
        usleep(UInt32(random.below(700_000)))
        served.kill()
      }
      let last = try ServedStore(store, "--connections", connections)
      try eventually("something still waits") {
        try ["security", "siem"].allSatisfy { try store.recipient($0)["waiting"] == 0 }
      }
      #expect(last.stop() == 0)
      try check(store, slack, receiver, count: number)
    }
  }

  private func check(
    _ store: ProgramStore,
    _ slack: SlackStandIn,
    _ receiver: HTTPStandIn,
    count: Int
  ) throws {
    let notices = try store.notices()
    for recipient in ["security", "siem"] {
      let own = notices.filter { $0.string("recipient") == recipient }
      let alerts = own.flatMap { $0.list("alerts") }
      #expect(alerts.count == count, "\(recipient) was told of \(alerts.count)")
      #expect(Set(alerts).count == count)
    }
    // Of a message nobody knows more than that it went out; it is there once at most.
    let inDoubt = notices.filter { $0.string("state") == "in-doubt" }
    let sent = notices.filter {
      $0.string("state") == "sent" && $0.string("recipient") == "security"
    }
    print("seed 28: of \(notices.count) notices \(inDoubt.count) are in doubt")
    #expect(inDoubt.allSatisfy { $0.string("recipient") == "security" })
    let texts = slack.posted.map { $0.string("text").prefix { $0 != "," } }
    #expect(texts.count >= sent.count && texts.count <= sent.count + inDoubt.count)
    let singles = texts.filter { $0.hasPrefix("New") }
    #expect(Set(singles).count == singles.count, "a message was doubled")
    // A webhook may come twice, by one id.
    let ids = Set(receiver.requests.compactMap { $0.field("webhook-id") })
    #expect(ids.count == notices.count { $0.string("recipient") == "siem" })
  }
}
