import TestSupport
import Testing
import Values

/// Public packs whose API endpoint answers its caller with *Return Raw*.
@Suite(.enabled(if: SharedData.isPresent, "needs ../shared/data"))
struct EndpointAnswerTests {
  // MARK: - Validate email domains during registration

  /// Has a person register where only `example.com` is in the table of domains that may.
  ///
  /// The readme says: the flow is called by an inline hook for who registers; a domain that is not
  /// in the table is denied with a sentence for the user, any other may register.
  private func registration(of login: String) throws -> Object {
    var answer = Object()
    try withProgramStore { store in
      let pack = PublicPack(name: "validate_email_domain_using_registration_inline_ho")
      try store.must("flow", "add", pack.export)
      try store.fill("Allowed domain list", "Allowed Domains", "example.com", "example.org")
      let flow = try #require(try store.flows().first)
      let profile = "{\"login\": \"\(login)\", \"email\": \"\(login)\"}"
      let input = try store.file("hook.json", "{\"data\": {\"userProfile\": \(profile)}}")
      let answers = try store.file("answers.json", "{\"answers\": []}")
      try store.must("run", flow.hash, "--input", input, "--answers", answers)
      let execution = try #require(try store.history().first)
      #expect(execution["status"] == "succeeded")
      #expect(try store.effects(of: execution).map(\.name) == ["stash:searchRows2"])
      answer = try store.rawAnswer(of: execution)
      #expect(try store.expectIdenticalReplayElsewhere() == 1)
    }
    return answer
  }

  @Test(arguments: ["mara@example.com", "noor@example.com"])
  func `who comes from a domain of the table may register`(_ login: String) throws {
    let answer = try registration(of: login)
    #expect(answer["statusCode"] == 200)
    let allowed: Value = [
      "commands": [["type": "com.okta.action.update", "value": ["registration": "ALLOW"]]]
    ]
    #expect(try JSON.parse(Text(answer.string("body"))) == allowed)
  }

  @Test(arguments: ["mara@elsewhere.example", "mara@sub.example.com", "mara"])
  func `who comes from elsewhere is denied, with a sentence`(_ login: String) throws {
    let answer = try registration(of: login)
    // Also a denial is an answer that was given.
    #expect(answer["statusCode"] == 200)
    guard case .object(let body) = try JSON.parse(Text(answer.string("body"))) else {
      Issue.record("\(answer) is no object")
      return
    }
    let sentence: Value = "Invalid domain. Please contact your admin."
    #expect(body.keys == ["error"])
    #expect(body.object("error")["errorSummary"] == sentence)
    let causes = body.object("error").list("errorCauses")
    try #require(causes.count == 1)
    guard case .object(let cause) = causes[0] else { return }
    #expect(cause["errorSummary"] == sentence)
    #expect(cause["location"] == "data.userProfile.email")
  }

  // MARK: - Quarantine Users

  @Test(arguments: [204, 202])
  func `who is put into quarantine is signed out, and the caller is told how it went`(
    _ status: Int
  ) throws {
    // The readme says: another product sends a login; the user is found, comes into the group and
    // loses the session. The card that answers takes its status from the card of the group.
    try withProgramStore { store in
      let pack = PublicPack(name: "quarantine_an_okta_user_by_sending_a_webhook_to_wo")
      try store.must("flow", "add", pack.export)
      let flow = try #require(try store.flows().first)
      let answers = try store.file(
        "answers.json",
        """
        {"answers": [
          {"connector": "okta", "method": "readUser",
           "when": {"User/ID or Login": "mara@example.com"},
           "outputs": {"System Properties/ID": "00uMARA"}},
          {"connector": "okta", "method": "addNewUserToGroup",
           "outputs": {"Result/status": \(status)}},
          {"connector": "okta", "method": "clearUserSessions", "outputs": {}}
        ]}
        """
      )
      let hook = try store.file(
        "hook.json",
        "{\"name\": \"quarantine\", \"flow\": \"\(flow.hash)\", \"format\": \"json\"}"
      )
      let delivery = try store.file("delivery.json", "{\"userEmail\": \"mara@example.com\"}")
      let started = try store.start(["--hook", hook, "--answers", answers, delivery])
      try #require(started.count == 1)
      #expect(started[0]["status"] == "succeeded")
      let effects = try store.effects(of: started[0])
      try #require(
        effects.map(\.name) == [
          "okta:readUser", "okta:addNewUserToGroup", "okta:clearUserSessions",
        ]
      )
      #expect(effects[1].inputs["User/id"] == "00uMARA")
      #expect(effects[2].inputs["User/ID"] == "00uMARA")
      let answer = try store.rawAnswer(of: started[0])
      #expect(answer["statusCode"] == .number(Double(status)))
      #expect(answer["body"] == "")
      #expect(try store.expectIdenticalReplayElsewhere() == 1)
    }
  }
}
