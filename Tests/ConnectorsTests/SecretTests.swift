import Connectors
import Flows
import TestSupport
import Testing
import Values

@Suite("Credentials go to the service and nowhere else")
struct SecretTests {
  private static let secret = "s3cret \"quoted\" /&? väl"

  @Test func `an answer that echoes a credential, however written, comes without it`() throws {
    let server = try HTTPStandIn { request in
      let sent = request.field("authorization") ?? ""
      let body: Object = [
        "plain": .text(Text(sent)), "base64": .text(Text(String(sent.dropFirst(6)))),
        "encoded": "s3cret%20%22quoted%22%20%2F%26%3F%20v%C3%A4l",
        "password": .text(Text(Self.secret)),
        "kept": "nothing of it",
      ]
      return .json(
        JSON.text(.object(body)).description,
        [("Set-Cookie", "session=abc"), ("X-Echo", sent), ("X-Fine", "yes")]
      )
    }
    defer { server.stop() }
    let reply = try Asking(
      """
      connections:
        - connector: httpfunctions
          hosts: ["\(server.url)"]
          networks: [127.0.0.1]
          basic: {user: ines, password: '\(Self.secret)'}
      """
    ).ask(
      "httpfunctions",
      "get",
      ["Request/URL": .text(Text(server.url))],
      outputs: ["Response/Body:object", "Response/Headers:object"]
    )
    let found = try reply.outputs()
    let written = JSON.text(.object(found)).description
    let sent = try #require(server.requests.first?.field("authorization"))
    #expect(!written.contains(String(sent.dropFirst(6))))
    #expect(!written.contains("s3cret"))
    #expect(!written.contains("session=abc"))
    #expect(written.contains("nothing of it"))
    #expect(written.contains("\"x-fine\":\"yes\""))
  }

  @Test func `neither a secret nor what holds it prints it`() throws {
    let text = """
      connections:
        - connector: okta
          url: https://example.okta.com
          token: \(OktaStandIn.token)
          headers: {X-Key: another-secret-key}
      """
    let reader = ConnectionReader(
      ConnectionReader.Sources(variable: { _ in nil }, file: { _ in nil })
    )
    let file = try reader.read(Array(text.utf8), path: "c.yaml", isPrivate: true)
    var dumped = ""
    dump(file, to: &dumped)
    for written in [dumped, "\(file)", String(reflecting: file)] {
      #expect(!written.contains(OktaStandIn.token))
      #expect(!written.contains("another-secret-key"))
    }
  }

  @Test func `a token is asked for with the client's own credentials, once while it holds`() throws
  {
    let server = try HTTPStandIn { request in
      if request.path == "/token" {
        return .json("{\"access_token\":\"token-\(request.text.count)\",\"expires_in\":3600}")
      }
      return .json("{\"seen\":\"\(request.field("authorization") ?? "")\"}")
    }
    defer { server.stop() }
    let asking = try Asking(
      """
      connections:
        - connector: office365admin
          url: \(server.url)
          networks: [127.0.0.1]
          oauth: {url: "\(server.url)/token", id: client-1, secret: client-secret-1, scope: "a b"}
      """
    )
    for _ in 0..<2 {
      let found = try asking.ask(
        "office365admin",
        "customAPIAction",
        ["parameters/requestType": "GET", "Request/Relative URL": "/groups"],
        outputs: ["Response/Body:object"]
      ).outputs()
      #expect(found["Response/Body"] == ["seen": "Bearer [secret]"])
    }
    #expect(server.requests.map(\.path) == ["/token", "/groups", "/groups"])
    #expect(
      server.requests[0].text
        == "grant_type=client_credentials&client_id=client-1&client_secret=client-secret-1&scope=a%20b"
    )
  }

  @Test(
    arguments: [
      "Ab/cd+ef\\u003d\\u003d", "Ab\\/cd+ef==", "Ab/cd\\u002Bef==", "Ab%2fcd%2bef%3d%3d",
      "QWIvY2QrZWY9PQ", "41622f63642b65663d3d", "41622F63642B65663D3D",
    ]
  )
  func `a credential is found however JSON spells it`(spelling: String) throws {
    let server = try HTTPStandIn { _ in
      .json("{\"a\":\"\(spelling)\",\"\(spelling)\":[\"x \(spelling)\"]}")
    }
    defer { server.stop() }
    let found = try Asking(
      "connections: [{connector: httpfunctions, hosts: [\"\(server.url)\"], networks: [127.0.0.1], token: Ab/cd+ef==}]"
    ).ask(
      "httpfunctions",
      "get",
      ["Request/URL": .text(Text(server.url))],
      outputs: ["Response/Body:object"]
    ).outputs()
    #expect(found["Response/Body"] == ["a": "[secret]", "[secret]": ["x [secret]"]])
  }

  @Test func `two connections never share a token, and a token that is none is refused`() throws {
    let servers = try ["one", "two"].map { name in
      try HTTPStandIn { request in
        request.path == "/token"
          ? .json("{\"access_token\":\"token-of-\(name)\"}")
          : .json("{\"seen\":\"\(request.field("authorization")?.suffix(3) ?? "")\"}")
      }
    }
    defer { for server in servers { server.stop() } }
    let text =
      "connections:\n"
      + zip(["opsgenie", "jira2"], servers).map { connector, server in
        """
          - connector: \(connector)
            name: Prod
            url: \(server.url)
            networks: [127.0.0.1]
            oauth: {url: "\(server.url)/token", id: client-1, secret: secret-1}

        """
      }.joined()
    let asking = try Asking(text)
    for (connector, seen) in [("opsgenie", "one"), ("jira2", "two")] {
      let request = Asking.request(
        Text(connector),
        "customAPIAction",
        ["parameters/requestType": "GET", "Request/Relative URL": "/a"],
        outputs: ["Response/Body:object"]
      )
      let route = try asking.connectors.route(to: request.method, connection: nil, named: "Prod")
      #expect(
        try route.perform(request, key: "k").outputs()["Response/Body"] == [
          "seen": .text(Text(seen))
        ]
      )
    }
    let liar = try HTTPStandIn { _ in .json("{\"access_token\":\"abcdefgh\\r\\nX-Injected: yes\"}")
    }
    defer { liar.stop() }
    let error = try Asking(
      """
      connections:
        - connector: opsgenie
          url: \(liar.url)
          networks: [127.0.0.1]
          oauth: {url: "\(liar.url)/token", id: client-1, secret: secret-1}
      """
    ).ask(
      "opsgenie",
      "customAPIAction",
      ["parameters/requestType": "GET", "Request/Relative URL": "/a"]
    ).error()
    #expect(error.message.description.contains("gets no token"))
    #expect(liar.requests.map(\.path) == ["/token"])
  }
}
