import Audit
import Foundation
import TestSupport
import Testing
import Values

/// Notices that go out by each way, to real servers on loopback, from a breach that is delivered over HTTP.
@Suite(.waiting) struct NoticeWayTests {
  @Test func `a delivered breach becomes a message in a Slack channel`() throws {
    let slack = SlackStandIn()
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
      let secret = try store.addHook(BreachDelivery.hook)
      try store.must("recipient", "add", "security", "--slack", "C0001", "--on", "new")
      let served = try ServedStore(store, "--connections", connections)
      try BreachDelivery.send(BreachDelivery.body(1), secret, to: served.port)
      try BreachDelivery.send(BreachDelivery.body(2, user: 1), secret, to: served.port)
      try eventually("no message came") { !slack.posted.isEmpty }
      try eventually("it does not count as sent") {
        try store.notices("--state", "sent").count == 1
      }
      #expect(served.stop() == 0)
      #expect(served.messages.isEmpty)
      #expect(slack.posted.count == 1)
      let text = slack.posted[0].string("text")
      #expect(text.hasPrefix("New: breached credential of `user1@example.com`, severity high"))
      #expect(slack.posted[0].string("channel") == "C0001")
      let kinds = ["notice.requested", "notice.sent"]
      #expect(try kinds.map { try store.events($0).count } == [1, 1])
      let requested = try store.events("notice.requested")[0]
      #expect(try store.events("notice.sent")[0]["causation"] == requested["position"])
      #expect(try store.recipient("security")["sent"] == 1)
    }
  }

  @Test func `a message goes to a Slack incoming webhook, whose URL is nowhere in the store`()
    throws
  {
    let server = try HTTPStandIn { _ in .reply(200, [], Array("ok".utf8)) }
    defer { server.stop() }
    try withProgramStore { store in
      let url = try store.file("url", server.url + "/services/T1/B1/secretword\n")
      try store.must(
        ["recipient", "add", "security", "--slack-hook-file", url, "--network", "127.0.0.1"]
      )
      let test = try store.must("recipient", "test", "security", "--json").firstObject()
      #expect(test.string("state") == "sent")
      #expect(test.string("kind") == "test")
      #expect(server.requests.map(\.target) == ["/services/T1/B1/secretword"])
      #expect(server.requests[0].text.contains("Test of auditcli"))
      let log = try store.must("export")
      #expect(!log.output.contains("secretword"))
      let listed = try store.must("recipient", "list", "--json")
      #expect(!listed.output.contains("secretword"))
      #expect(listed.output.contains("127.0.0.1:\(server.port)"))
    }
  }

  @Test(.enabled(if: ClientProcess.isPresent, "needs make clients"))
  func `a mail arrives, once, with a name that tries to add a recipient`() throws {
    try withProgramStore { store in
      let mails = store.folder + "/mails"
      let mailbox = try ClientProcess("mailbox.py", [mails])
      defer { mailbox.stop() }
      let connections = try store.connections(
        """
          - connector: office365mail
            networks: [127.0.0.1]
            smtp: {host: 127.0.0.1, port: \(mailbox.port), tls: none, from: it@example.com}
        """
      )
      let secret = try store.addHook(BreachDelivery.hook)
      try store.must("recipient", "add", "on-call", "--mail", "on-call@example.com")
      let served = try ServedStore(store, "--connections", connections)
      let body = String(decoding: BreachDelivery.body(1), as: UTF8.self)
        .replacing("User 1", with: #"李\r\nBcc: all@example.com\r\n\r\n<!channel>"#)
        .replacing("user1@example.com", with: #"x\r\nBcc: all@example.com"#)
      try BreachDelivery.send(Array(body.utf8), secret, to: served.port)
      try eventually("no mail came") { try store.notices("--state", "sent").count == 1 }
      #expect(served.stop() == 0)
      let lines = try String(contentsOfFile: mails, encoding: .utf8).split(separator: "\n")
      try #require(lines.count == 1)
      guard case .object(let mail) = try JSON.parse(Text(String(lines[0]))) else { return }
      #expect(mail.list("recipients") == ["on-call@example.com"])
      let header = mail.object("header")
      #expect(header["bcc"] == nil)
      #expect(
        header.string("subject")
          == "New: breached credential of x Bcc: all@example.com, severity high"
      )
      guard case .object(let part)? = mail.list("parts").first else { return }
      #expect(part.string("content").contains("Name: 李 Bcc: all@example.com <!channel>"))
    }
  }

  @Test func `a webhook is signed, with both secrets while a former one is valid`() throws {
    let receiver = WebhookReceiver()
    let server = try HTTPStandIn { receiver.react($0) }
    defer { server.stop() }
    try withProgramStore { store in
      let hook = try store.addHook(BreachDelivery.hook)
      let added = try store.must([
        "recipient", "add", "siem", "--webhook", server.url + "/in?x=1", "--network", "127.0.0.1",
        "--on", "new", "--json",
      ])
      let first = try added.firstObject().string("secret")
      #expect(first.hasPrefix("whsec_"))
      let served = try ServedStore(store)
      try BreachDelivery.send(BreachDelivery.body(1), hook, to: served.port)
      try eventually("no webhook came") { server.requests.count == 1 }
      let second = try store.must("recipient", "rotate", "siem", "--json").firstObject()
        .string("secret")
      try BreachDelivery.send(BreachDelivery.body(2), hook, to: served.port)
      try eventually("no webhook came after the rotation") { server.requests.count == 2 }
      let third = try store.must("recipient", "rotate", "siem", "--keep", "0", "--json")
        .firstObject().string("secret")
      try BreachDelivery.send(BreachDelivery.body(3), hook, to: served.port)
      try eventually("no webhook came at last") { server.requests.count == 3 }
      #expect(served.stop() == 0)
      // `first` was cut short by the second rotation, which lets no former one sign.
      let signers = [[first], [first, second], [third]]
      for (request, valid) in zip(server.requests, signers) {
        for secret in [first, second, third] {
          #expect(Self.isSigned(request, with: secret) == valid.contains(secret))
        }
      }
      #expect(Set(server.requests.compactMap { $0.field("webhook-id") }).count == 3)
      #expect(try !store.must("export").output.contains("whsec_"))
      try Self.checkWithTheirLibrary(server.requests, [first, second, third], signers, store)
    }
  }

  private static func isSigned(_ request: StandInRequest, with secret: String) -> Bool {
    let fields = Dictionary(
      request.fields.map { ($0.name, $0.value) },
      uniquingKeysWith: { first, _ in first }
    )
    let check = DeliverySignature(.standardWebhooks, secret: Array(secret.utf8))
    do {
      try check.check(fields, body: request.body, now: Int64(Date().timeIntervalSince1970))
      return true
    } catch {
      return false
    }
  }

  /// What the sender's own library says of the same requests.
  private static func checkWithTheirLibrary(
    _ requests: [StandInRequest],
    _ secrets: [String],
    _ signers: [[String]],
    _ store: ProgramStore
  ) throws {
    guard ClientProcess.isPresent else { return }
    let lines = requests.map { request in
      var headers = Object()
      for field in request.fields { headers[Text(field.name)] = .text(Text(field.value)) }
      return JSON.text(["headers": .object(headers), "body": .text(Text(request.text))]).description
    }
    let path = try store.file("requests", lines.joined(separator: "\n") + "\n")
    for secret in secrets {
      let verdicts = try ClientProcess.output("check_webhooks.py", [secret, path])
        .split(separator: "\n").map { $0 == "ok" }
      #expect(verdicts == signers.map { $0.contains(secret) })
    }
  }
}
