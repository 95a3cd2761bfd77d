import TestSupport
import Testing
import Values

/// The public pack that tells people of breached passwords, on the delivery its readme comes with.
///
/// The readme says: an event hook's delivery starts the flow; it composes a notification and sends it
/// through Gmail and Slack. `actor.displayName` is the name in the text, `actor.alternateId` is where
/// it is sent and whom Slack is asked for, `displayMessage` is the mail's subject. Close answers the
/// hook.
@Suite(.enabled(if: SharedData.isPresent, "needs ../shared/data"))
struct BreachedPasswordPackTests {
  private static let pack = PublicPack(name: "send_notifications_for_a_breached_password_event")

  private static let answers = """
    {"answers": [
      {"connector": "gmail", "method": "sendEmail2", "outputs": {"Email/Message ID": "mail-1"}},
      {"connector": "slack", "method": "readUser2", "when": {"User/Email": "test@example.com"},
       "outputs": {"User/User ID": "U0TEST"}},
      {"connector": "slack", "method": "sendDirectMessage2",
       "outputs": {"Message/Timestamp": "1.1"}}
    ]}
    """

  /// A store in which the sample has started the pack's flow.
  private func withHandledSample(
    _ body: (ProgramStore, Object, [AskedOfConnector]) throws -> Void
  ) throws {
    try withProgramStore { store in
      try store.must("flow", "add", Self.pack.export)
      let hook = try store.file(
        "hook.json",
        "{\"name\":\"breached\",\"flow\":\"Event Initiated Flow\",\"format\":\"okta-event-hook\"}"
      )
      let answers = try store.file("answers.json", Self.answers)
      let started = try store.start([
        "--hook", hook, "--answers", answers, Self.pack.file("sampleJSON.json"),
      ])
      try #require(started.count == 1)
      try body(store, started[0], try store.effects(of: started[0]))
    }
  }

  @Test func `the sample sends the mail and the message that the readme tells of`() throws {
    try withHandledSample { store, execution, effects in
      #expect(execution["status"] == "succeeded")
      try #require(
        effects.map(\.name) == [
          "httpfunctions:close", "gmail:sendEmail2", "slack:readUser2", "slack:sendDirectMessage2",
        ]
      )
      #expect(effects[0].inputs["Response/statusCode"] == 200)
      let sample = try JSON.parse(
        SharedData.bytes("okta-templates/\(Self.pack.name)/sampleJSON.json")
      )
      guard case .object(let delivery) = sample,
        case .object(let event)? = delivery.object("data").list("events").first
      else {
        Issue.record("the sample holds no event")
        return
      }
      let mail = effects[1].inputs
      #expect(mail["Email/To"] == ["test@example.com"])
      #expect(mail["Email/Subject"] == event["displayMessage"])
      #expect(mail.string("Email/Body").hasPrefix("Hello Test User,"))
      #expect(effects[2].inputs["User/Email"] == "test@example.com")
      #expect(effects[3].inputs["Message/Text"] == mail["Email/Body"])
      #expect(try store.expectIdenticalReplayElsewhere() == 1)
    }
  }

  @Test func `the alert is raised for the user and handled by the item that told them`() throws {
    try withHandledSample { store, execution, effects in
      let alerts = try store.must("alerts", "--json").objects().dropLast()
      #expect(alerts.count == 1)
      let alert = try #require(alerts.first)
      #expect(alert["user"] == "test@example.com")
      #expect(alert["status"] == "handled")
      // Not the delivery's run, but the smallest execution that carried the event.
      #expect(alert.string("handledBy") != execution.string("execution"))
      #expect(alert.count("latency") > 0)
      let tree = try store.must("show", execution.string("execution"), "--tree", "--json")
        .objects()
      let message = try #require(tree.first { $0["step"] == .text(effects[3].step) })
      #expect(alert["handledBy"] == message["execution"])
    }
  }

  @Test func `the message is traced to the event it is about and to the actor of that`() throws {
    try withHandledSample { store, execution, effects in
      let tree = try store.must("show", execution.string("execution"), "--tree", "--json")
        .objects()
      let message = try #require(tree.first { $0["step"] == .text(effects[3].step) })
      let step = "\(message.string("execution"))/\(message.string("step"))"
      let edges = try store.must("trace", step, "--up", "--json").objects().dropLast()
      var links: Set<String> = []
      for edge in edges { links.insert("\(edge.string("from")) \(edge.string("kind"))") }
      let found = try store.must(
        "search",
        "eventType eq \"security.breached_credential.detected\""
      )
      let position = try #require(found.lines.last?.split(separator: " ").first)
      let delivery = try #require(Int(position)) - 1
      for link in [
        "execution:\(message.string("execution")) ran", "event:\(position) carried",
        "event:\(delivery) brought", "event:\(delivery) started", "actor:test@example.com acted",
      ] {
        #expect(links.contains(link), "\(link) is missing in \(links.sorted())")
      }
    }
  }

  @Test func `an edited text is changed in mail and message, each with its path`() throws {
    try withHandledSample { store, _, effects in
      let paragraphs = effects[1].inputs.string("Email/Body").split(separator: "\n")
      let sentence = String(try #require(paragraphs.dropFirst().first).prefix { $0 != "." })
      let other = "Somebody signed in as you"
      let edited = try Self.pack.edited(sentence, to: other, in: store.folder)
      try store.must("flow", "add", edited)
      let diff = try store.must(
        "diff",
        "Event Initiated Flow@1",
        "Event Initiated Flow@2",
        "--json",
        endWith: 2
      ).objects()
      let line = try #require(diff.first)
      #expect(line["verdict"] == "changed")
      #expect(line["proof"] == "proven")
      var paths: [String] = []
      for case .object(let change) in line.list("changes") {
        paths.append(change.string("path"))
        #expect(change["kind"] == "arguments")
        #expect(change.string("before").contains(sentence))
        #expect(change.string("after").contains(other))
      }
      #expect(paths == ["Email/Body", "Message/Text"])
    }
  }

  @Test func `who has no Slack account is told of in a channel`() throws {
    try withProgramStore { store in
      try store.must("flow", "add", Self.pack.export)
      let answers = try store.file(
        "answers.json",
        Self.answers.replacing(
          "\"outputs\": {\"User/User ID\": \"U0TEST\"}",
          with: "\"error\": {\"kind\": \"Not Found\", \"message\": \"nobody\", \"statusCode\": 404}"
        ).replacing("sendDirectMessage2", with: "sendMessageToChannel2")
      )
      try store.must(
        "run",
        "Event Initiated Flow",
        "--input",
        Self.pack.file("sampleJSON.json"),
        "--answers",
        answers
      )
      // The readme has a channel selected in the If Error section.
      let effects = try store.effectsOfOnlyExecution()
      #expect(effects.last?.name == "slack:sendMessageToChannel2")
      #expect(!effects.contains { $0.method == "sendDirectMessage2" })
    }
  }
}
