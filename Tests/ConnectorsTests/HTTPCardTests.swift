import Connectors
import Flows
import TestSupport
import Testing
import Values

@Suite("The API Connector's cards send what they say")
struct HTTPCardTests {
  private let outputs = [
    "Response/Status Code:number", "Response/Headers:object", "Response/Body:object",
  ]

  private func asking(_ server: HTTPStandIn, _ more: String = "") throws -> Asking {
    try Asking(
      """
      connections:
        - connector: httpfunctions
          hosts: ["\(server.url)"]
          networks: [127.0.0.1]
      \(more)
      """
    )
  }

  @Test func `a Get asks with its query and fields, and reads the JSON that comes`() throws {
    let server = try HTTPStandIn { _ in .json("{\"answer\":[1,2]}", [("X-Trace", "t-1")]) }
    defer { server.stop() }
    let reply = try asking(server).ask(
      "httpfunctions",
      "get",
      [
        "Request/URL": .text(Text(server.url + "/search?lang=en")),
        "Request/Query": ["q": "Ines & Jo", "page": 2, "tag": ["a", "b"], "none": .null],
        "Request/Headers": ["X-Asked-By": "notify"],
      ],
      outputs: outputs
    )
    let found = try reply.outputs()
    #expect(found["Response/Status Code"] == 200)
    #expect(found["Response/Body"] == ["answer": [1, 2]])
    guard case .object(let headers)? = found["Response/Headers"] else {
      Issue.record("no header")
      return
    }
    #expect(headers["x-trace"] == "t-1")
    let request = try #require(server.requests.first)
    #expect(request.method == "GET")
    #expect(request.target == "/search?lang=en&q=Ines%20%26%20Jo&page=2&tag=a&tag=b")
    #expect(request.field("x-asked-by") == "notify")
    #expect(request.body.isEmpty)
  }

  private static let bodies:
    [(method: Text, body: Value, type: String, sent: String, sentType: String)] = [
      ("post", ["a": 1], "", "{\"a\":1}", "application/json"),
      ("post", "{\"a\": 1}", "", "{\"a\": 1}", "application/json"),
      ("put", ["a": "ü"], "", "{\"a\":\"ü\"}", "application/json"),
      ("patch", [1, 2], "", "[1,2]", "application/json"),
      ("delete", .null, "", "", ""),
      (
        "post", ["a": "1 2"], "application/x-www-form-urlencoded", "a=1%202",
        "application/x-www-form-urlencoded"
      ),
      ("post", "<a/>", "text/xml", "<a/>", "text/xml"),
    ]

  @Test(arguments: Self.bodies)
  func `a body goes out as its content type says`(
    method: Text,
    body: Value,
    type: String,
    sent: String,
    sentType: String
  ) throws {
    let server = try HTTPStandIn { _ in .json("{}") }
    defer { server.stop() }
    let headers: Object = type.isEmpty ? [:] : ["Content-Type": .text(Text(type))]
    _ = try asking(server).ask(
      "httpfunctions",
      method,
      [
        "Request/URL": .text(Text(server.url)), "Request/Headers": .object(headers),
        "Request/Body": body,
      ],
      outputs: outputs
    ).outputs()
    let request = try #require(server.requests.first)
    #expect(request.method == method.description.uppercased())
    #expect(request.text == sent)
    #expect(request.field("content-type") ?? "" == sentType)
  }

  @Test func `a Raw Request names its verb and keeps the body as a text`() throws {
    let server = try HTTPStandIn { _ in
      .reply(201, [("Content-Type", "text/csv")], Array("a,b".utf8))
    }
    defer { server.stop() }
    let found = try asking(server).ask(
      "httpfunctions",
      "raw",
      [
        "Request/URL": .text(Text(server.url)), "Request/Method": "POST",
        "Request/Body": "foo1=bar1&foo2=bar2",
        "Request/Headers": ["Content-Type": "application/x-www-form-urlencoded"],
      ],
      outputs: ["Response/Status Code:number", "Response/Body:string"]
    ).outputs()
    #expect(found["Response/Status Code"] == 201)
    #expect(found["Response/Body"] == "a,b")
    #expect(server.requests.first?.text == "foo1=bar1&foo2=bar2")
  }

  @Test(
    arguments: [
      (404, "{\"message\":\"gone\"}", "Not Found"), (403, "", "Forbidden"),
      (500, "oops", "HTTP Error"),
      (429, "{}", "HTTP Error"),
    ]
  )
  func `a status of 400 or more is an error with the answer in it`(
    status: Int,
    body: String,
    kind: Text
  ) throws {
    let server = try HTTPStandIn { _ in .reply(status, [("Retry-After", "7")], Array(body.utf8)) }
    defer { server.stop() }
    let reply = try asking(server).ask(
      "httpfunctions",
      "get",
      ["Request/URL": .text(Text(server.url))],
      outputs: outputs
    )
    let error = try reply.error()
    #expect(error.kind.name == kind)
    #expect(error.statusCode == Double(status))
    #expect(reply.waitMilliseconds == (status == 429 ? 7_000 : 0))
    #expect(!reply.isInDoubt)
    #expect(error.details["body"] == (try? JSON.parse(Text(body))) ?? .text(Text(body)))
    guard case .object(let headers)? = error.details["headers"] else {
      Issue.record("no header in the error")
      return
    }
    #expect(headers["retry-after"] == "7")
  }

  @Test func `the connection's credentials go out, and the flow cannot put others in their place`()
    throws
  {
    let server = try HTTPStandIn { _ in .json("{}") }
    defer { server.stop() }
    let asking = try Asking(
      """
      connections:
        - connector: httpfunctions
          hosts: ["\(server.url)"]
          networks: [127.0.0.0/8]
          basic: {user: ines, password: "s3cret-word"}
          headers: {X-API-Key: "key-of-the-service"}
      """
    )
    _ = try asking.ask(
      "httpfunctions",
      "get",
      [
        "Request/URL": .text(Text(server.url)),
        "Request/Headers": ["authorization": "Bearer stolen", "x-api-key": "other", "X-Own": "1"],
      ],
      outputs: outputs
    ).outputs()
    let request = try #require(server.requests.first)
    #expect(request.fields.filter { $0.name == "authorization" }.count == 1)
    #expect(request.field("authorization") == "Basic aW5lczpzM2NyZXQtd29yZA==")
    #expect(request.field("x-api-key") == "key-of-the-service")
    #expect(request.field("x-own") == "1")
  }
}
