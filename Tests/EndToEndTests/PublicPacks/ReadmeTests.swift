import TestSupport
import Testing
import Values

/// Public packs whose readme says in prose what a run does; scripted answers, effects read back.
@Suite(.enabled(if: SharedData.isPresent, "needs ../shared/data"))
struct ReadmeTests {
  // MARK: - Initiate Flow With API Endpoint

  /// The payload that the readme has sent by hand.
  private static let bookmark = """
    {"name": "bookmark", "label": "Discovery_test_app", "signOnMode": "BOOKMARK",
     "requestintegration": false, "url": "http://okta.com"}
    """

  private func withBookmark(
    found apps: String,
    _ body: (ProgramStore, [AskedOfConnector], Object) throws -> Void
  ) throws {
    try withProgramStore { store in
      let pack = PublicPack(name: "initiate_flow_with_api_endpoint")
      try store.must("flow", "add", pack.export)
      let flow = try #require(try store.flows().first)
      let answers = try store.file(
        "answers.json",
        """
        {"answers": [
          {"connector": "okta", "method": "hTTPRequest", "when": {"parameters/requestType": "GET"},
           "outputs": {"Response/Status Code": 200, "Response/Body": \(apps)}},
          {"connector": "okta", "method": "hTTPRequest", "when": {"parameters/requestType": "POST"},
           "outputs": {"Response/Status Code": 200,
                       "Response/Body": {"id": "0oaNEW", "label": "Discovery_test_app"}}}
        ]}
        """
      )
      let input = try store.file("input.json", Self.bookmark)
      try store.must("run", flow.hash, "--input", input, "--answers", answers)
      let execution = try #require(try store.history().first)
      let steps = try store.must("show", execution.string("execution"), "--json").objects()
      let answer = try #require(steps.last { $0["address"] == "control:returnRaw" })
      try body(store, try store.effectsOfOnlyExecution(), answer.object("inputs"))
      #expect(try store.expectIdenticalReplayElsewhere() == 1)
    }
  }

  @Test func `an application that exists is found by its label, and its id is reported`() throws {
    try withBookmark(found: "[{\"id\": \"0oaOLD\", \"label\": \"Discovery_test_app\"}]") {
      _,
      effects,
      answer in
      try #require(effects.map(\.name) == ["okta:hTTPRequest"])
      #expect(effects[0].options["requestType"] == "GET")
      #expect(effects[0].inputs["Request/Relative URL"] == "/api/v1/apps")
      #expect(effects[0].inputs.object("Request/Query")["q"] == "Discovery_test_app")
      #expect(answer["statusCode"] == 200)
      #expect(answer.string("body").contains("0oaOLD"))
      #expect(answer.string("body").contains("already exists"))
    }
  }

  @Test func `an application that does not exist is created, and its id is reported`() throws {
    try withBookmark(found: "[]") { _, effects, answer in
      try #require(effects.map { $0.options.string("requestType") } == ["GET", "POST"])
      #expect(effects[1].inputs["Request/Relative URL"] == "/api/v1/apps")
      let created = "\(effects[1].inputs)"
      for part in ["bookmark", "Discovery_test_app", "BOOKMARK", "http://okta.com"] {
        #expect(created.contains(part), "\(part) is missing in \(created)")
      }
      #expect(answer.string("body").contains("0oaNEW"))
    }
  }

  // MARK: - Notify a User When Their Profile is Updated

  /// The event with the attributes, the actor and the user that the readme has entered for a test.
  private func profileUpdate(_ attributes: String, by actor: String) -> String {
    """
    {"Output": {"Changed Attributes": "\(attributes)",
      "Actor": {"ID": "\(actor)", "Alternate ID": "\(actor)@example.com"},
      "Okta User": {"ID": "mara", "Alternate ID": "mara@example.com"}}}
    """
  }

  private func notified(_ event: String) throws -> (status: Value?, effects: [AskedOfConnector]) {
    var found: (Value?, [AskedOfConnector]) = (nil, [])
    try withProgramStore { store in
      let pack = PublicPack(name: "notify_user_on_profile_update")
      try store.must("flow", "add", pack.export)
      let flow = try #require(try store.flows().first)
      let answers = try store.file(
        "answers.json",
        """
        {"answers": [
          {"connector": "okta", "method": "readUser",
           "outputs": {"Profile Properties/firstName": "Mara"}},
          {"connector": "slack", "method": "sendMessageToChannel2", "outputs": {}}
        ]}
        """
      )
      let input = try store.file("input.json", event)
      try store.must("run", flow.hash, "--input", input, "--answers", answers)
      let execution = try #require(try store.history().first)
      found = (execution["status"], try store.effects(of: execution))
      #expect(try store.expectIdenticalReplayElsewhere() == 1)
    }
    return found
  }

  @Test func `a change of a watched attribute is told, and by whom it was made`() throws {
    let own = try notified(profileUpdate("email,nickName", by: "mara"))
    let others = try notified(profileUpdate("email,nickName", by: "admin"))
    for run in [own, others] {
      #expect(run.status == "succeeded")
      let messages = run.effects.filter { $0.name == "slack:sendMessageToChannel2" }
      #expect(messages.count == 1)
      #expect(messages.first?.inputs.string("Message/Text").contains("email") == true)
    }
    #expect(
      own.effects.last?.inputs["Message/Text"] != others.effects.last?.inputs["Message/Text"]
    )
  }

  @Test func `a change of another attribute tells nobody`() throws {
    #expect(try notified(profileUpdate("nickName", by: "mara")).effects.isEmpty)
  }

  // MARK: - Send a welcome email to a new user of an application

  @Test func `who is assigned the application gets one welcome mail`() throws {
    try withProgramStore { store in
      let pack = PublicPack(name: "send_a_welcome_email_to_new_user_of_an_application")
      try store.must("flow", "add", pack.export)
      let flow = try #require(try store.flows().first)
      let answers = try store.file(
        "answers.json",
        """
        {"answers": [
          {"connector": "okta", "method": "readUser", "when": {"User/ID or Login": "00uMARA"},
           "outputs": {"Profile Properties/firstName": "Mara",
                       "Profile Properties/email": "mara@example.com"}},
          {"connector": "gmail", "method": "sendEmail2", "outputs": {}}
        ]}
        """
      )
      let input = try store.file(
        "input.json",
        "{\"Output\": {\"Okta User\": {\"ID\": \"00uMARA\"}}}"
      )
      try store.must("run", flow.hash, "--input", input, "--answers", answers)
      let effects = try store.effectsOfOnlyExecution()
      try #require(effects.map(\.name) == ["okta:readUser", "gmail:sendEmail2"])
      #expect(effects[1].inputs["Email/To"] == ["mara@example.com"])
      #expect(effects[1].inputs.string("Email/Body").contains("Mara"))
      #expect(effects[1].inputs.string("Email/Subject").contains("Welcome"))
    }
  }
}
