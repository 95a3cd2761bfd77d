import Connectors
import Flows
import TestSupport
import Testing
import Values

@Suite("A flow reaches only what its connection allows")
struct ReachTests {
  private func error(_ url: String, _ connection: String) throws -> CardError {
    try Asking(
      """
      connections:
        - connector: httpfunctions
          timeout: 3
          \(connection)
      """
    ).ask(
      "httpfunctions",
      "get",
      ["Request/URL": .text(Text(url))],
      outputs: ["Response/Body:object"]
    ).error()
  }

  @Test(
    arguments: [
      "https://other.example.com/", "http://api.example.com/", "https://api.example.com:8443/",
      "https://api.example.com.evil.example/", "https://evil.example/https://api.example.com",
      "https://xapi.example.com/", "https://sub.api.example.com/",
    ]
  )
  func `a host that is not allowed is refused before anything is resolved`(url: String) throws {
    let error = try error(url, "hosts: [api.example.com]")
    #expect(error.kind.name == "Forbidden")
    #expect(error.message.description.contains("Add it to the connection's \"hosts\""))
  }

  @Test(
    arguments: [
      "https://ines:word@api.example.com/", "https://api.example.com@evil.example/",
      "file:///etc/passwd",
      "gopher://api.example.com/", "https://", "ftp://api.example.com/", "javascript:alert(1)", "",
      "http://[::1", "https://api.example.com:99999/",
    ]
  )
  func `what is no address of a web service is refused`(url: String) throws {
    let error = try error(url, "hosts: [api.example.com, evil.example, \"*\"]")
    #expect(error.kind.name == "URL Error")
  }

  @Test(
    arguments: [
      "127.0.0.1", "127.1", "2130706433", "0x7f000001", "0177.0.0.1", "0.0.0.0", "10.1.2.3",
      "172.16.0.1", "172.31.255.255", "192.168.1.1", "169.254.169.254", "100.64.0.1", "192.0.2.1",
      "198.18.0.1", "224.0.0.1", "255.255.255.255", "[::1]", "[::]", "[::ffff:127.0.0.1]",
      "[::ffff:10.0.0.1]", "[fe80::1]", "[fc00::1]", "[fd12:3456::1]", "[ff02::1]",
      "[64:ff9b::7f00:1]", "[2002:7f00:1::1]", "[2001:db8::1]", "localhost",
    ]
  )
  func `an address that is not public is refused, however it is written`(host: String) throws {
    let error = try error("http://\(host):9/", "hosts: [\"http://*:9\"]")
    #expect(error.kind.name == "Forbidden")
    #expect(error.message.description.contains("not a public address"))
  }

  @Test func `a network that the connection names may be reached`() throws {
    let server = try HTTPStandIn { _ in .json("{\"a\":1}") }
    defer { server.stop() }
    let refused = try error(server.url, "hosts: [\"\(server.url)\"]")
    #expect(refused.kind.name == "Forbidden")
    #expect(server.requests.isEmpty)
    let reply = try Asking(
      """
      connections:
        - connector: httpfunctions
          hosts: ["\(server.url)"]
          networks: 127.0.0.0/8
      """
    ).ask(
      "httpfunctions",
      "get",
      ["Request/URL": .text(Text(server.url))],
      outputs: ["Response/Body:object"]
    )
    #expect(try reply.outputs()["Response/Body"] == ["a": 1])
  }

  @Test func `a field that would end a line of the header is refused`() throws {
    let server = try HTTPStandIn { _ in .json("{}") }
    defer { server.stop() }
    let asking = try Asking(
      """
      connections:
        - connector: httpfunctions
          hosts: ["\(server.url)"]
          networks: [127.0.0.1]
      """
    )
    for (name, value) in [("X", "a\r\nHost: b"), ("X\r\nY", "a"), ("X Y", "a"), ("Host", "b")] {
      let error = try asking.ask(
        "httpfunctions",
        "get",
        [
          "Request/URL": .text(Text(server.url)),
          "Request/Headers": .object([Text(name): .text(Text(value))]),
        ],
        outputs: []
      ).error()
      #expect(error.message.description.contains("header field"))
    }
    #expect(server.requests.isEmpty)
  }

  @Test(
    arguments: [
      ("removeUserFromGroup", ["Group/id": "00gABC", "User/id": ".."], "names nothing"),
      ("addNewUserToGroup", ["Group/id": "..", "User/id": "x"], "names nothing"),
      ("clearUserSessions", ["User/ID": "."], "names nothing"),
      ("readUser", ["User/ID or Login": ""], "is empty"), ("readUser", [:], "is empty"),
      (
        "hTTPRequest", ["parameters/requestType": "GET", "Request/Relative URL": "/../admin"],
        "leads out of"
      ),
      (
        "hTTPRequest", ["parameters/requestType": "GET", "Request/Relative URL": "/a/../../x"],
        "leads out of"
      ),
      (
        "hTTPRequest", ["parameters/requestType": "GET", "Request/Relative URL": "/%2e%2e/x"],
        "leads out of"
      ),
    ] as [(Text, Object, String)]
  )
  func `no input makes another request of a card's`(
    method: Text,
    inputs: Object,
    message: String
  ) throws {
    let server = try HTTPStandIn { _ in .json("{}") }
    defer { server.stop() }
    let error = try Asking(
      "connections: [{connector: okta, url: \"\(server.url)/tenant\", networks: [127.0.0.1]}]"
    ).ask("okta", method, inputs).error()
    #expect(error.message.description.contains(message))
    #expect(server.requests.isEmpty)
  }

  @Test func `a next page at another host is not asked for`() throws {
    let other = try HTTPStandIn { _ in .json("[]") }
    let target = other.url
    let server = try HTTPStandIn { _ in
      .json("[{\"id\":\"1\"}]", [("Link", "<\(target)/steal>; rel=\"next\"")])
    }
    defer {
      server.stop()
      other.stop()
    }
    let error = try Asking(
      """
      connections:
        - {connector: okta, url: "\(server.url)", hosts: ["\(target)"], networks: [127.0.0.1], token: tok-secret-123}
      """
    ).ask("okta", "getUsersGroups", ["User/ID": "1"], outputs: ["Output/Groups:object[]"]).error()
    #expect(error.message.description.contains("next page of the list is not at"))
    #expect(other.requests.isEmpty)
  }

  @Test func `credentials go to the host of the connection's url alone`() throws {
    let other = try HTTPStandIn { _ in .json("{}") }
    let server = try HTTPStandIn { _ in .json("{}") }
    defer {
      server.stop()
      other.stop()
    }
    let asking = try Asking(
      """
      connections:
        - {connector: okta, url: "\(server.url)", hosts: ["\(other.url)"], networks: [127.0.0.1], token: tok-secret-123}
      """
    )
    for url in ["/a", other.url + "/a"] {
      _ = try asking.ask(
        "okta",
        "hTTPRequest",
        ["parameters/requestType": "GET", "Request/Relative URL": .text(Text(url))]
      ).outputs()
    }
    #expect(server.requests.first?.field("authorization") == "SSWS tok-secret-123")
    #expect(other.requests.first?.field("authorization") == nil)
  }

  @Test func `a list whose pages lead in a circle is an error`() throws {
    let server = try HTTPStandIn { _ in
      .json("[{\"id\":\"1\"}]", [("Link", "</api/v1/users/1/groups?after=1>; rel=\"next\"")])
    }
    defer { server.stop() }
    let error = try Asking(
      "connections: [{connector: okta, url: \"\(server.url)\", networks: [127.0.0.1]}]"
    ).ask("okta", "getUsersGroups", ["User/ID": "1"], outputs: ["Output/Groups:object[]"]).error()
    #expect(error.message.description.contains("lead in a circle"))
  }

  @Test func `a next page may be told relative to the first`() throws {
    let server = try HTTPStandIn { request in
      request.query.contains("after")
        ? .json("[{\"id\":\"2\"}]")
        : .json(
          "[{\"id\":\"1\"}]",
          [
            (
              "Link",
              "</self>; title=\"rel=next\"; rel=self, </api/v1/users/1/groups?after=1>; rel='last next'"
            )
          ]
        )
    }
    defer { server.stop() }
    let found = try Asking(
      "connections: [{connector: okta, url: \"\(server.url)\", networks: [127.0.0.1]}]"
    ).ask("okta", "getUsersGroups", ["User/ID": "1"], outputs: ["Output/Groups:object[]"]).outputs()
    #expect(found["Output/Groups"] == [["id": "1"], ["id": "2"]])
  }

  @Test(
    arguments: [
      ("/x#\u{301}frag", ["must": "1"], "/x?must=1"),
      ("/x?\u{301}a=1", ["b": "2"], "/x?%CC%81a=1&b=2"),
      ("/x?a=1&", ["b": "2"], "/x?a=1&b=2"), ("/x", "q=C#&limit=1", "/x?q=C%23&limit=1"),
      ("/x", "?a=b c", "/x?a=b%20c"), ("/ü?a=1#part", [:], "/%C3%BC?a=1"),
    ] as [(String, Value, String)]
  )
  func `query and path keep their signs`(path: String, query: Value, target: String) throws {
    let server = try HTTPStandIn { _ in .json("{}") }
    defer { server.stop() }
    _ = try Asking(
      "connections: [{connector: httpfunctions, hosts: [\"\(server.url)\"], networks: [127.0.0.1]}]"
    ).ask(
      "httpfunctions",
      "get",
      [
        "Request/URL": .text(Text(server.url.uppercased().replacing("HTTP", with: "HTTP") + path)),
        "Request/Query": query,
      ]
    ).outputs()
    #expect(server.requests.first?.target == target)
  }
}
