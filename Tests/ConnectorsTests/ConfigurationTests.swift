import Connectors
import Flows
import Testing
import Values

@Suite("Settings that cannot be used are told with line, member and remedy")
struct ConfigurationTests {
  private func connectionError(_ text: String, isPrivate: Bool = true) -> String {
    let reader = ConnectionReader(
      ConnectionReader.Sources(
        variable: { $0 == "SET" ? "value-of-it" : nil },
        file: { $0 == "folder/key" ? Array("from-a-file\n".utf8) : nil }
      )
    )
    do {
      _ = try reader.read(Array(text.utf8), path: "folder/c.yaml", isPrivate: isPrivate)
      return ""
    } catch {
      return "\(error)"
    }
  }

  @Test(
    arguments: [
      ("", "it is empty"), ("connections: [", "folder/c.yaml:2: it is not YAML"),
      ("connections: 1", "folder/c.yaml:1: connections: it must be a list"),
      ("other: 1", "other: no such member; there are connections, descriptions"),
      (
        "connections:\n  - url: https://a.example.com",
        "connections[0]: it must name its \"connector\""
      ),
      (
        "connections:\n  - connector: okta\n    urll: x",
        "folder/c.yaml:3: connections[0].urll: no such member"
      ),
      ("connections:\n  - {connector: okta, url: ftp://a}", "it must be an address such as"),
      (
        "connections:\n  - {connector: okta, url: \"https://u:p@a\"}",
        "user and password belong into \"basic\""
      ),
      (
        "connections:\n  - {connector: okta, hosts: [\"a b\"]}",
        "connections[0].hosts[0]: it must be a host"
      ),
      ("connections:\n  - {connector: okta, hosts: [\"a*b.example.com\"]}", "it must be a host"),
      ("connections:\n  - {connector: okta, networks: [10.0.0.0/33]}", "it must be a network"),
      ("connections:\n  - {connector: okta, token: a, bearer: b}", "one of them is enough"),
      (
        "connections:\n  - {connector: okta, token: {env: SET, file: key}}",
        "it must be {env: NAME} or {file: PATH}"
      ),
      ("connections:\n  - {connector: okta, timeout: 0}", "a whole number from 1 to 600"),
      ("connections:\n  - {connector: okta, timeout: soon}", "a whole number from 1 to 600"),
      (
        "connections:\n  - {connector: okta, name: a}\n  - {connector: okta, name: a}",
        "connections[1]: okta has a connection of that name"
      ),
      ("connections:\n  - {connector: gmail, smtp: {port: 25}}", "it must name its \"host\""),
      (
        "connections:\n  - {connector: gmail, smtp: {host: a, tls: maybe}}",
        "it must be one of starttls, implicit, none"
      ),
      (
        "connections:\n  - {connector: a, headers: {\"X Y\": b}}",
        "it cannot be a field of an HTTP header"
      ),
      (
        "a: &a [1,2,3,4,5,6,7,8]\n"
          + zip("abcdefgh", "bcdefghi").map {
            "\($1): &\($1) [*\($0),*\($0),*\($0),*\($0),*\($0)]\n"
          }.joined(),
        "more than 100000 values"
      ),
      ("connections: []\nconnections: []", "stands twice"),
      ("connections:\n  - {connector: a, hosts: \"*\", token: abcdef}", "must name its hosts"),
      (
        "connections:\n  - {connector: a, url: \"https://a\", token: abc}",
        "shorter than 4 characters"
      ),
      (
        "connections:\n  - {connector: gmail, smtp: {host: a}, bearer: abcdef}", "stand in \"smtp\""
      ),
      ("connections:\n  - {connector: a, timeout: 0x10}", "a whole number from 1 to 600"),
    ]
  )
  func `a file of connections`(text: String, message: String) {
    let found = connectionError(text)
    #expect(found.contains(message), "\(found)")
  }

  @Test(
    arguments: [
      ("token: {env: SET}", true), ("token: {file: key}", true), ("token: literal", false),
      ("basic: {user: a, password: literal}", false), ("headers: {X-Key: literal}", false),
      ("basic: {user: a, password: {env: SET}}", true),
    ]
  )
  func `a file that others can read may name credentials but not hold them`(
    member: String,
    isFine: Bool
  ) {
    let text = "connections:\n  - connector: okta\n    \(member)"
    #expect(connectionError(text).isEmpty)
    let found = connectionError(text, isPrivate: false)
    #expect(found.isEmpty == isFine)
    #expect(isFine || found.contains("chmod 600"))
    #expect(!found.contains("literal"))
  }

  @Test(
    arguments: [
      ("{env: UNSET}", "the environment has no variable UNSET"),
      ("{file: nothing}", "folder/nothing cannot be read"),
    ]
  )
  func `a credential that is not there is told when it is needed, and no other is hindered`(
    token: String,
    message: String
  ) throws {
    let text = """
      connections:
        - {connector: okta, url: "https://a.example.com", token: \(token)}
        - {connector: slack, token: {env: SET}}
      """
    let reader = ConnectionReader(
      ConnectionReader.Sources(
        variable: { $0 == "SET" ? "value-of-it" : nil },
        file: { _ in nil }
      )
    )
    let file = try reader.read(Array(text.utf8), path: "folder/c.yaml", isPrivate: false)
    #expect(file.connections.map { $0.missing == nil } == [false, true])
    let connectors = LiveConnectors(
      connections: file,
      catalog: ConnectorCatalog(),
      surroundings: Surroundings(now: { Instant(milliseconds: 0) }, sleep: { _ in })
    )
    let slack = ConnectorMethod(connector: "slack", method: "readUser2")
    _ = try connectors.route(to: slack, connection: nil, named: nil)
    let okta = ConnectorMethod(connector: "okta", method: "readUser")
    let error = #expect(throws: MissingRoute.self) {
      _ = try connectors.route(to: okta, connection: nil, named: nil)
    }
    #expect(error?.description.contains(message) == true)
  }

  private func descriptionError(_ method: String) -> String {
    let text = "connector: example\nmethods:\n  act:\n    \(method)\n"
    do {
      _ = try DescriptionReader.read(Array(text.utf8), source: "example.yaml")
      return ""
    } catch {
      return "\(error)"
    }
  }

  @Test(
    arguments: [
      ("request: GET /a", ""), ("title: nothing", "it must have a \"request\" such as GET /path"),
      ("request: GET", "it must be a verb and an address"),
      ("request: get /a", "a verb is written in capitals"),
      ("request: POST /a", "it must say what doing it twice does"),
      (
        "{request: POST /a, effect: sometimes}",
        "it must be one of read, idempotent, keyed, queryable, unsafe"
      ),
      ("{request: POST /a, effect: keyed}", "\"keyed\" and \"key\""),
      ("{request: POST /a, effect: queryable}", "\"queryable\" and \"ask\" go together"),
      (
        "{request: POST /a, effect: unsafe, ask: {request: GET /a}}",
        "\"queryable\" and \"ask\" go together"
      ),
      ("request: \"GET /a/{b\"", "a { without its }"),
      ("request: \"GET /a/b}\"", "a } without its {"),
      ("request: \"GET /a/{}\"", "{} names no input"),
      (
        "request: \"GET /a/{b -> backwards}\"",
        "there is no \"-> backwards\"; there are yes, join, json, raw"
      ),
      (
        "{request: GET /a, outputs: {x: $everything}}",
        "methods.act.outputs.x: there is no $everything"
      ),
      ("{request: GET /a, records: {next: maybe}}", "it must be link, {cursor: PATH"),
      ("{request: GET /a, format: xml}", "it must be one of json, form, text"),
      ("{mail: {to: a}}", "a mail must have \"to\", \"subject\" and \"body\""),
      ("{request: GET /a, mail: {to: a}}", "a method sends a request or a mail"),
      ("{request: GET /a, failures: {accept: [200]}}", "a whole number from 400 to 599"),
      ("{request: GET /a, lookups: {u: {request: GET /u}}}", "the \"path\" to what is looked up"),
      ("{request: GET /a, reqest: GET /b}", "example.yaml:4: methods.act.reqest: no such member"),
    ]
  )
  func `a description of a connector`(method: String, message: String) {
    let found = descriptionError(method)
    #expect(message.isEmpty ? found.isEmpty : found.contains(message), "\(found)")
  }
}
