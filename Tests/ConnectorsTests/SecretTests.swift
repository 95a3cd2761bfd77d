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
}
