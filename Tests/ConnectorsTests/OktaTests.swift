import Connectors
import Flows
import TestSupport
import Testing
import Values

@Suite("Okta's cards ask an org")
struct OktaTests {
  /// An org on loopback, and a connection to it.
  private struct Org {
    let org: OktaStandIn
    let server: HTTPStandIn
    let asking: Asking

    init(pageSize: Int = 200) throws {
      let org = OktaStandIn(pageSize: pageSize)
      let port = Port()
      let server = try HTTPStandIn { org.answer($0, at: port.url) }
      port.set(server.url)
      self.org = org
      self.server = server
      asking = try Asking(
        """
        connections:
          - connector: okta
            url: \(server.url)
            networks: [127.0.0.1]
            token: \(OktaStandIn.token)
        """
      )
    }
  }

  @Test func `Read User finds by login and gives properties and profile`() throws {
    let org = try Org()
    defer { org.server.stop() }
    let id = org.org.addUser("ines@example.com", ["firstName": "Ines", "costCenter": "42"])
    let found = try org.asking.ask(
      "okta",
      "readUser",
      ["User/ID or Login": "ines@example.com"],
      outputs: [
        "System Properties/ID", "System Properties/Status", "System Properties/Created:date",
        "Profile Properties/firstName", "Profile Properties/costCenter",
        "Profile Properties/missing", "System Properties/Credentials:object",
      ]
    ).outputs()
    #expect(found["System Properties/ID"] == .text(Text(id)))
    #expect(found["System Properties/Status"] == "ACTIVE")
    #expect(found["System Properties/Created"] == .date(Instant(milliseconds: 1_767_323_045_000)))
    #expect(found["Profile Properties/firstName"] == "Ines")
    #expect(found["Profile Properties/costCenter"] == "42")
    #expect(found["Profile Properties/missing"] == .null)
    #expect(org.server.requests.first?.target == "/api/v1/users/ines%40example.com")
  }

  @Test func `what an org refuses is the card's error, in the org's words`() throws {
    let org = try Org()
    defer { org.server.stop() }
    let reply = try org.asking.ask("okta", "readUser", ["User/ID or Login": "nobody"])
    let error = try reply.error()
    #expect(error.kind == .notFound)
    #expect(error.message == "Not found: Resource not found: nobody (User)")
    #expect(error.statusCode == 404)
    org.org.addUser("ines@example.com")
    let twice = try org.asking.ask("okta", "createUser", ["Profile/login": "ines@example.com"])
      .error()
    #expect(twice.message == "login: An object with this field already exists")
  }

  @Test func `a path cannot be left by what stands in a user's name`() throws {
    let org = try Org()
    defer { org.server.stop() }
    _ = try org.asking.ask("okta", "readUser", ["User/ID or Login": "../groups?x=1#y"]).error()
    #expect(org.server.requests.first?.target == "/api/v1/users/..%2Fgroups%3Fx%3D1%23y")
  }

  @Test func `Create User sends profile and password, and says whether to activate`() throws {
    let org = try Org()
    defer { org.server.stop() }
    let found = try org.asking.ask(
      "okta",
      "createUser",
      [
        "parameters/option": "getInputswithPW", "Profile/login": "jo@example.com",
        "Profile/firstName": "Jo", "Profile/city": .null, "Credentials/Password": "word-1",
        "Activate/Activate": false,
      ],
      outputs: ["Results/ID", "Results/Status", "Results/Raw Body:object"]
    ).outputs()
    #expect(found["Results/Status"] == "STAGED")
    let request = try #require(org.server.requests.first)
    #expect(request.target == "/api/v1/users?activate=false")
    #expect(
      try JSON.parse(request.body)
        == [
          "profile": ["login": "jo@example.com", "firstName": "Jo"],
          "credentials": ["password": ["value": "word-1"]],
        ]
    )
  }

  @Test(
    arguments: [
      ("First Matching Record", false, 1, 1), ("First 200 Matching Records", false, 4, 7),
      ("All Matching Records", false, 4, 7), ("Stream Matching Records", true, 4, 7),
    ]
  )
  func `a search reads as many pages as its result set wants`(
    choice: Text,
    streams: Bool,
    requests: Int,
    count: Int
  ) throws {
    let org = try Org(pageSize: 2)
    defer { org.server.stop() }
    for number in 1...7 { org.org.addUser("user\(number)@example.com") }
    org.org.addUser("gone@example.com", status: "SUSPENDED")
    let reply = try org.asking.ask(
      "okta",
      "listUsersWithSearch",
      ["parameters/resultSet": .text(choice), "Inputs/status": "ACTIVE"],
      outputs: ["Result/Users:object[]", "Result/Records Streamed:number", "Result/ID"],
      streams: streams
    )
    guard case .outputs(let answer) = reply.answer,
      case .list(let users)? = answer.outputs["Result/Users"]
    else {
      Issue.record("no users: \(reply.answer)")
      return
    }
    #expect(users.count == count)
    #expect(org.server.requests.count == requests)
    #expect(answer.records.count == (streams ? users.count : 0))
    #expect(answer.outputs["Result/ID"] == "00u1")
    let query = org.server.requests[0].query
    #expect(query == "search=status%20eq%20%22ACTIVE%22&limit=200")
  }

  @Test func `a page that came too soon is asked for again when the org says`() throws {
    let org = try Org(pageSize: 2)
    defer { org.server.stop() }
    let group = org.org.addGroup(
      "all",
      members: (1...4).map { org.org.addUser("u\($0)@example.com") }
    )
    org.org.refuse(1, after: 1)
    let reply = try org.asking.ask(
      "okta",
      "listGroupMembers",
      ["Group/groupId": .text(Text(group))],
      outputs: ["Result/Users:object[]"]
    )
    guard case .list(let users)? = try reply.outputs()["Result/Users"] else {
      Issue.record("no users")
      return
    }
    #expect(users.count == 4)
    #expect(org.server.requests.count == 3)
    // Two seconds to the reset, and one behind it.
    #expect(org.asking.sleeps.all == [3_000])
  }

  @Test func `a request that came too often is an error that says how long to wait`() throws {
    let org = try Org()
    defer { org.server.stop() }
    org.org.refuse(1)
    let reply = try org.asking.ask("okta", "readUser", ["User/ID or Login": "00u1"])
    #expect(try reply.error().statusCode == 429)
    // The test's clock stands at 1767225600; a second passes behind the reset.
    #expect(reply.waitMilliseconds == 3_000)
  }

  @Test func `a search that matches nothing gives nothing, and no error`() throws {
    let org = try Org()
    defer { org.server.stop() }
    let found = try org.asking.ask(
      "okta",
      "searchUsers",
      ["parameters/resultSet": "First Matching Record", "Inputs/Query": "nobody"],
      outputs: ["Result/ID", "Result/Status", "Result/Raw Output:object"]
    ).outputs()
    #expect(found == ["Result/ID": .null, "Result/Status": .null, "Result/Raw Output": .null])
  }

  @Test func `Update User changes what is given and nothing else`() throws {
    let org = try Org()
    defer { org.server.stop() }
    org.org.addUser("ines@example.com", ["city": "Bern", "title": "Lead"])
    _ = try org.asking.ask(
      "okta",
      "updateUser",
      ["User/ID": "ines@example.com", "Profile/city": "Basel", "Profile/title": .null],
      outputs: ["System Properties/ID"]
    ).outputs()
    let profile = org.org.user("ines@example.com")?["profile"]
    #expect(
      profile == [
        "login": "ines@example.com", "email": "ines@example.com", "city": "Basel", "title": "Lead",
      ]
    )
  }

  @Test func `members come and go`() throws {
    let org = try Org()
    defer { org.server.stop() }
    let user = org.org.addUser("ines@example.com")
    let group = org.org.addGroup("builders")
    let inputs: Object = ["Group/id": .text(Text(group)), "User/id": .text(Text(user))]
    let added = try org.asking.ask(
      "okta",
      "addNewUserToGroup",
      inputs,
      outputs: ["Result/status:number"]
    )
    #expect(try added.outputs()["Result/status"] == 204)
    #expect(org.org.members(of: group) == [user])
    _ = try org.asking.ask("okta", "removeUserFromGroup", inputs).outputs()
    #expect(org.org.members(of: group) == [])
  }

  @Test func `a lifecycle card changes the status, and the org can be asked whether it did`() throws
  {
    let org = try Org()
    defer { org.server.stop() }
    org.org.addUser("ines@example.com")
    let inputs: Object = ["User/id": "ines@example.com"]
    let request = Asking.request(
      "okta",
      "suspendUser",
      inputs,
      outputs: ["Response/statusCode:number"]
    )
    let route = try org.asking.connectors.route(to: request.method, connection: nil, named: nil)
    #expect(route.effect(of: request) == .queryable)
    let now = Instant(milliseconds: 0)
    #expect(try route.ask(about: request, sentAt: now) == nil)
    _ = try org.asking.ask("okta", "suspendUser", inputs).outputs()
    #expect(org.org.user("ines@example.com")?["status"] == "SUSPENDED")
    #expect(try route.ask(about: request, sentAt: now) != nil)
  }

  @Test func `a Custom API Action asks anything of the org`() throws {
    let org = try Org()
    defer { org.server.stop() }
    org.org.addUser("ines@example.com")
    let found = try org.asking.ask(
      "okta",
      "hTTPRequest",
      [
        "parameters/requestType": "GET", "Request/Relative URL": "/api/v1/users",
        "Request/Query": ["limit": "1"],
      ],
      outputs: ["Response/Status Code:number", "Response/Body:object", "Response/Headers:object"]
    ).outputs()
    #expect(found["Response/Status Code"] == 200)
    guard case .list(let users)? = found["Response/Body"] else {
      Issue.record("no list: \(found)")
      return
    }
    #expect(users.count == 1)
  }
}
