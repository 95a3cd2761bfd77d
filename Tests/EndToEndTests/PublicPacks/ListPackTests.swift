import TestSupport
import Testing
import Values

/// The public pack that introduces lists and helper flows: For Each, Reduce and Pluck over users.
///
/// The readme says: the parent lists the active users. *For Each* runs its helper once for each and
/// gives nothing back; each helper has a third flow send a message to Slack: first name, last name
/// and that the user is active. *Reduce* runs another helper once for each, which returns a memo
/// one higher than it was given, so that the last is the number of users. *Pluck* gives the list of
/// their mail addresses. A note adds that at most ten users are taken.
@Suite(.enabled(if: SharedData.isPresent, "needs ../shared/data"))
struct ListPackTests {
  private static let pack = PublicPack(name: "intro_to_lists_and_helper_flows")
  private static let people: [(first: String, last: String)] = [
    ("Mara", "Lind"), ("Taro", "Abe"), ("Zoë", "Orr"),
  ]

  /// What a run over the people left behind.
  private struct Run {
    let executions: [Object]
    let steps: [Object]
    let calls: [AskedOfConnector]

    /// How many executions there are of a flow.
    func count(of flow: String) -> Int { executions.count { $0.string("flow") == flow } }

    /// The steps of a card type.
    func cards(_ address: Value) -> [Object] { steps.filter { $0["address"] == address } }

    /// The texts that were sent to Slack, sorted, since the flow takes the users in any order.
    var messages: [String] {
      calls.filter { $0.name == "slack:sendMessageToChannel2" }
        .map { $0.inputs.string("Message/Text") }.sorted()
    }
  }

  private func run(over people: [(first: String, last: String)]) throws -> Run {
    var found = Run(executions: [], steps: [], calls: [])
    try withProgramStore { store in
      try store.must("flow", "add", Self.pack.export)
      let users = people.map { person in
        """
        {"Raw Output": {"profile": {"firstName": "\(person.first)", "lastName": "\(person.last)",
         "email": "\(person.first)@example.com"}}}
        """
      }
      let answers = try store.file(
        "answers.json",
        """
        {"answers": [
          {"connector": "okta", "method": "listUsersWithFilter",
           "when": {"Inputs/status": "ACTIVE"},
           "outputs": {"Result/Users": [\(users.joined(separator: ","))]}},
          {"connector": "slack", "method": "sendMessageToChannel2",
           "outputs": {"Message/Timestamp": "1.1"}}
        ]}
        """
      )
      // Its name ends with a blank.
      let parent = try #require(try store.flows().first { $0.name.hasPrefix("[Parent]") })
      try store.must("run", parent.hash, "--answers", answers)
      let root = try store.latestExecution()
      #expect(root["status"] == "succeeded")
      found = Run(
        executions: try store.must("history", "--tree", "--json").objects(),
        steps: try store.must("show", root.string("execution"), "--tree", "--json").objects(),
        calls: try store.calls(of: root)
      )
      #expect(try store.expectIdenticalReplayElsewhere() == 1)
    }
    return found
  }

  @Test func `For Each runs its helper once for each user, and each is told of in Slack`() throws {
    let run = try run(over: Self.people)
    #expect(run.calls.first?.name == "okta:listUsersWithFilter")
    #expect(run.calls.count == 4)
    #expect(run.messages == ["Mara Lind is ACTIVE", "Taro Abe is ACTIVE", "Zoë Orr is ACTIVE"])
    #expect(run.executions.count { $0.string("flow").hasPrefix("[Parent]") } == 1)
    #expect(run.count(of: "[Helper -1] IterateList") == 3)
    #expect(run.count(of: "[Slack] Send Slack Message") == 3)
    let loops = run.cards("list:each")
    #expect(loops.count == 1)
    #expect(loops.first?.object("outputs").isEmpty == true)
  }

  @Test func `Reduce hands a memo from helper to helper, each returning it one higher`() throws {
    let run = try run(over: Self.people)
    #expect(run.count(of: "[Helper -2] ReduceList") == 3)
    let given = run.cards("control:callable").map { $0.object("outputs") }
      .filter { $0.has("memo") }.map { $0.count("memo") }
    let returned = run.cards("control:return").map { $0.object("outputs") }
      .filter { $0.has("memo") }.map { $0.count("memo") }
    #expect(given == [0, 1, 2])
    #expect(returned == [1, 2, 3])
  }

  @Test func `Pluck makes the list of the addresses, and List to Text one text of it`() throws {
    let run = try run(over: Self.people)
    let plucked = try #require(run.cards("list:pluck").first).object("outputs").list("values")
    let addresses: Set<Value> = ["Mara@example.com", "Taro@example.com", "Zoë@example.com"]
    #expect(plucked.count == 3)
    #expect(Set(plucked) == addresses)
    let joined = try #require(run.cards("list:join").first).object("outputs").string("string")
    #expect(Set(joined.split(separator: ",").map { Value.text(Text(String($0))) }) == addresses)
  }

  /// The readme has an execution for every active user; the note, and the card, have ten.
  @Test func `of twelve users ten are taken, each once`() throws {
    let run = try run(over: (1...12).map { ("User", "Number\($0)") })
    #expect(Set(run.messages).count == 10)
    #expect(run.messages.count == 10)
    #expect(run.count(of: "[Helper -2] ReduceList") == 10)
  }

  @Test func `without users no helper runs and nobody is told`() throws {
    let run = try run(over: [])
    #expect(run.calls.map(\.name) == ["okta:listUsersWithFilter"])
    #expect(run.executions.count { $0.has("execution") } == 1)
  }

  @Test func `what Reduce gives is an object with the number as its memo`() throws {
    let run = try run(over: Self.people)
    let results = run.cards("list:reduce").map { $0.object("outputs")["item"] }
    #expect(results == [["memo": 3]])
  }
}
