import Flows
import Replay
import TestSupport
import Testing
import Values

/// The examples by which the rules of comparison are explained.
@Suite struct WorkedExampleTests {
  // MARK: - A failing lookup put into If Error with a new fallback mail

  private static func lookup(guarded: Bool) -> [FlowBuilder] {
    var main = FlowBuilder("main")
    main.card("start", "control:callable")
    guard guarded else {
      main.card(
        "ask",
        "slack:readUser",
        ["User/Email": .constant("a@example.com")],
        outputs: ["id"]
      )
      return [main]
    }
    var body = FlowBuilder("body")
    body.card("body-start", "control:callable")
    body.card("ask", "slack:readUser", ["User/Email": .constant("a@example.com")], outputs: ["id"])
    body.card("body-end", "control:return")
    var handler = FlowBuilder("handler")
    handler.card("handler-start", "control:callable")
    handler.card("fallback", "mail:sendEmail", ["Email/Body": .constant("no account")])
    handler.card("handler-end", "control:return")
    main.card(
      "try",
      "control:tryCatch",
      ["flo:flo": .inline(body)],
      policy: ["type": "handler", "flo": handler.body, "merge": "join"]
    )
    return [main]
  }

  @Test func `a failing lookup put into If Error with a fallback mail is fixed`() throws {
    let versions = try Versions(Self.lookup(guarded: false), Self.lookup(guarded: true)) { _ in
      .notFound
    }
    let result = versions.diff()
    #expect(result.verdict == .fixed)
    #expect(result.proof == .assumed)
    #expect(result.assumptions.map(\.sentence) == ["mail:sendEmail taken as succeeded"])
    #expect(result.changes.first?.kind == .new)
    #expect(result.changes.first?.step == "try:error/fallback")
    #expect(result.card?.uuid == "try")
  }

  @Test func `the same guard around a lookup that succeeded is equivalent`() throws {
    let versions = try Versions(Self.lookup(guarded: false), Self.lookup(guarded: true)) { _ in
      .gives([:])
    }
    let result = versions.diff()
    #expect(result.verdict == .changed, "the old flow returned the lookup's output")
    #expect(result.changes.map(\.kind) == [.result])
    #expect(result.proof == .proven)
  }

  // MARK: - A message text edited

  private static func thread(_ text: Value) -> [FlowBuilder] {
    var main = FlowBuilder("main")
    main.card("start", "control:callable")
    main.card(
      "post",
      "slack:sendMessage",
      ["Message/Text": .constant(text)],
      outputs: ["Message/Timestamp"]
    )
    main.card(
      "reply",
      "slack:sendMessage",
      [
        "Message/Text": .constant("more"),
        "Message/Thread Timestamp": .wire("post.Message/Timestamp"),
      ]
    )
    return [main]
  }

  @Test func `an edited text is changed, proven, and its reply is not compared`() throws {
    let versions = try Versions(Self.thread("hello"), Self.thread("good day")) { _ in
      .gives(["Message/Timestamp": "17.1"])
    }
    let result = versions.diff()
    #expect(result.verdict == .changed)
    #expect(result.proof == .proven)
    #expect(
      result.changes == [
        Change(
          step: "post",
          kind: .arguments,
          effect: "slack:sendMessage",
          path: "Message/Text",
          before: "hello",
          after: "good day"
        )
      ]
    )
    #expect(result.notCompared == [NotCompared(step: "reply", path: "Message/Thread Timestamp")])
    #expect(result.card?.uuid == "post")
  }

  // MARK: - A card deleted and re-created

  private static func composed(_ uuid: String) -> [FlowBuilder] {
    var main = FlowBuilder("main")
    main.card("start", "control:callable", outputs: ["who"])
    main.card(
      uuid,
      "string:compose",
      ["_text_": .constant("Hello {{{who}}}"), "who": .wire("start.who")],
      outputs: ["output"]
    )
    main.card("post", "slack:sendMessage", ["Message/Text": .wire("\(uuid).output")])
    return [main]
  }

  @Test func `a card deleted and re-created is identical with a note`() throws {
    let versions = try Versions(
      Self.composed("text"),
      Self.composed("other"),
      trigger: .call(arguments: ["who": "Ada"])
    )
    let result = versions.diff()
    #expect(result.verdict == .identical)
    #expect(result.proof == .proven)
    #expect(result.notes.count == 1)
    #expect(
      versions.differ.alignment.match(old: CardID(flowID: "main", uuid: "text"))?.origin
        == .structure
    )
  }

  // MARK: - A new read that feeds a later text

  private static func greeting(reading: Bool) -> [FlowBuilder] {
    var main = FlowBuilder("main")
    main.card("start", "control:callable", outputs: ["who"])
    if reading {
      main.card("ask", "okta:readUser", ["User/id": .wire("start.who")], outputs: ["name"])
    }
    main.card(
      "text",
      "string:compose",
      [
        "_text_": .constant("Hello {{{who}}}"),
        "who": .wire(reading ? "ask.name" : "start.who"),
      ],
      outputs: ["output"]
    )
    main.card("post", "slack:sendMessage", ["Message/Text": .wire("text.output")])
    return [main]
  }

  @Test func `a new read feeding a later text is changed, partial`() throws {
    let versions = try Versions(
      Self.greeting(reading: false),
      Self.greeting(reading: true),
      trigger: .call(arguments: ["who": "u1"])
    )
    let result = versions.diff()
    #expect(result.verdict == .changed)
    #expect(result.proof == .partial)
    #expect(result.changes.map(\.kind) == [.new])
    #expect(result.missing.map(\.name) == ["okta:readUser"])
    #expect(result.notCompared == [NotCompared(step: "post", path: "Message/Text")])
    #expect(result.card?.uuid == "ask")
  }

  @Test func `the log or an answers file answers a new read, and the text is compared`() throws {
    let versions = try Versions(
      Self.greeting(reading: false),
      Self.greeting(reading: true),
      trigger: .call(arguments: ["who": "u1"])
    )
    let ada = FoundAnswer(.gives(["name": "Ada"]))
    for sources in [
      AnswerSources(newestInLog: { _, _ in ada }), AnswerSources(scripted: { _ in ada }),
    ] {
      let result = versions.diff(sources)
      #expect(result.verdict == .changed)
      #expect(result.missing == [])
      #expect(result.assumptions.count == 2, "the answer, and the post taken as succeeded")
      #expect(
        result.changes.last
          == Change(
            step: "post",
            kind: .arguments,
            effect: "slack:sendMessage",
            path: "Message/Text",
            before: "Hello u1",
            after: "Hello Ada"
          )
      )
    }
  }

  // MARK: - For Each over an unknown list

  private static func loop(group: Value, last: Value) -> [FlowBuilder] {
    var main = FlowBuilder("main")
    main.card("start", "control:callable")
    main.card("list", "okta:listUsers", ["Group/id": .constant(group)], outputs: ["users[]"])
    main.card(
      "loop",
      "list:each",
      ["list[]": .wire("list.users"), "flo:flo": .flow("helper"), "who": .item("")]
    )
    main.card("post", "slack:sendMessage", ["Message/Text": .constant(last)])
    var helper = FlowBuilder("helper")
    helper.card("start", "control:callable", outputs: ["who"])
    helper.card("mail", "mail:sendEmail", ["Email/To": .wire("start.who")])
    return [main, helper]
  }

  private static let users: @Sendable (EffectRequest) -> Answer = { request in
    request.path == "list" ? .gives(["users": ["a", "b"]]) : .gives([:])
  }

  @Test func `For Each over an unknown list is undecidable and names the request`() throws {
    let versions = try Versions(
      Self.loop(group: "g1", last: "done"),
      Self.loop(group: "g2", last: "done"),
      answer: Self.users
    )
    let result = versions.diff()
    #expect(result.verdict == .undecidable)
    #expect(result.proof == .partial)
    #expect(result.changes == [])
    #expect(result.missing.map(\.name) == ["okta:listUsers"])
    #expect(result.notCompared.map(\.step) == ["loop[0]/mail", "loop[1]/mail"])
  }

  @Test func `what follows an unknown loop is still compared`() throws {
    let versions = try Versions(
      Self.loop(group: "g1", last: "done"),
      Self.loop(group: "g2", last: "over"),
      answer: Self.users
    )
    let result = versions.diff()
    #expect(result.verdict == .changed)
    #expect(result.changes.contains { $0.step == "post" && $0.path == "Message/Text" })
    #expect(!result.changes.contains { $0.kind == .missing })
  }
}
