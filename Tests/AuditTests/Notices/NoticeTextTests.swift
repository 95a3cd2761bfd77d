import Audit
import EventStore
import TestSupport
import Testing
import Values

/// What messages say, and what names of strangers cannot do to them.
@Suite struct NoticeTextTests {
  /// Names that try to call people, end lines or hide.
  static let names: [Text] = [
    "<!channel>", "<@U012345>", "<https://evil.example.com|auditcli>", "*bold* _it_ ~no~",
    "`code` ```",
    "Mara\nBcc: all@example.com\r\n\r\nHello", "\u{0}\u{7}\u{1B}[31m", "ab\u{202E}dc\u{2066}e",
    "李小龍 Μαρία محمد", "&amp; &lt;", "a\u{2028}b\u{2029}c\u{85}d", "\u{E0041}\u{FEFF}x",
    "https://evil.example.com/login", "see WWW.evil.example.com or HTTP://x",
    Text(String(repeating: "long ", count: 20_000)),
    Text(String(repeating: "a\u{300}", count: 5_000)), "", " ",
  ]

  private func messages(_ name: Text) throws -> [Recipient.Way: NoticeMessage] {
    var found: [Recipient.Way: NoticeMessage] = [:]
    try NoticeScene.with { scene in
      for way in Recipient.Way.allCases {
        try scene.addRecipient(way.rawValue, way, NoticeTerms(reasons: [.new]))
      }
      try scene.breach("mara", name: name)
      try scene.decide(.acknowledged, "mara")
      try scene.settle()
      for sent in scene.sent { found[sent.letter.recipient.way] = sent.letter.message }
    }
    return found
  }

  @Test(arguments: names)
  func `no name does anything in a message`(_ name: Text) throws {
    let messages = try messages(name)
    guard case .slack(let slack)? = messages[.slack],
      case .mail(let subject, let body)? = messages[.mail],
      case .webhook(let bytes)? = messages[.webhook]
    else {
      Issue.record("not what was expected")
      return
    }
    #expect(!slack.contains("<") && !slack.contains(">"))
    for text in [slack, subject, body] {
      let isPlain = text.unicodeScalars.allSatisfy { scalar in
        scalar == "\n"
          || scalar.properties.generalCategory != .control
            && !(0x2028...0x202E ~= scalar.value) && !(0x2066...0x2069 ~= scalar.value)
      }
      #expect(isPlain)
      #expect(text.utf8.count < 4_000)
    }
    #expect(!subject.contains("\n"))
    for text in [subject, body] {
      #expect(!text.contains("://") && !text.lowercased().contains("www."))
    }
    #expect(body.split(separator: "\n").count <= 6)
    #expect(slack.split(separator: "\n").count <= 6)
    // What is quoted stands in code from one mark to the next.
    for line in slack.split(separator: "\n") {
      #expect(line.count { $0 == "`" }.isMultiple(of: 2))
    }
    #expect((try? JSON.parse(bytes)) != nil)
  }

  @Test func `a message says whose, how grave, since when, what flows did and what to do`() throws {
    try NoticeScene.with { scene in
      try scene.addRecipient("security", .slack, NoticeTerms(reasons: [.new]))
      try scene.breach("mara", level: "HIGH", name: "Mara & <Co>")
      try scene.settle()
      let alert = try scene.alert(of: "mara").id
      #expect(
        scene.sent[0].text == """
          New: breached credential of `mara@example.com`, severity high
          Name: `Mara &amp; &lt;Co&gt;`
          Since: 2026-09-21 14:13:20 UTC
          Flows: none has had its events
          To acknowledge: `auditcli alerts ack \(alert) --note "…"`
          """
      )
    }
  }

  @Test func `a webhook has type, time and the alert`() throws {
    try NoticeScene.with { scene in
      try scene.addRecipient("siem", .webhook, NoticeTerms(reasons: [.new]))
      try scene.breach("mara", level: "HIGH")
      try scene.settle()
      guard case .object(let body) = try JSON.parse(Text(scene.sent[0].text)),
        case .object(let data)? = body["data"], case .object(let alert)? = data["alert"]
      else {
        Issue.record("not what was expected")
        return
      }
      #expect(body["type"] == "alert.new")
      #expect(body["timestamp"] == "2026-09-21T14:13:20.000Z")
      #expect(alert["user"] == "mara@example.com")
      #expect(alert["severity"] == "high")
      #expect(data["notice"] == .text(Text(scene.sent[0].letter.id)))
    }
  }

  @Test func `what is kept of recipients comes back from its file, and does not show itself`()
    throws
  {
    var secrets = RecipientSecrets()
    secrets.set("https://hooks.example.com/T1/secretword", of: "a")
    for number in 1...3 {
      let key = HookCredential(
        id: secrets.nextID(of: "b"),
        Array("whsec_\(number)".utf8),
        for: .standardWebhooks,
        salt: [],
        since: Int64(number)
      )
      secrets.add(key, to: "b", endingOthers: Int64(number + 10))
    }
    let read = try RecipientSecrets(file: secrets.file)
    #expect(read == secrets)
    #expect(read.url(of: "a") == "https://hooks.example.com/T1/secretword")
    #expect(
      read.signing(for: "b", at: 5).map { String(decoding: $0, as: UTF8.self) } == [
        "whsec_3", "whsec_2", "whsec_1",
      ]
    )
    #expect(read.signing(for: "b", at: 100).count == 1)
    #expect(read.nextID(of: "b") == "k4")
    #expect(!"\(read)".contains("secretword"))
    var dumped = ""
    dump(read, to: &dumped)
    #expect(!dumped.contains("secretword"))
  }
}
