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
    #expect(error.message.description.contains("not public"))
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
}
