import Flows
import TestSupport
import Testing
import Values

/// Which constants of an export count as secrets.
@Suite struct SecretSearchTests {
  struct Example: Sendable, CustomTestStringConvertible {
    let name: String
    let address: String
    let field: String
    let constant: Value
    let secrets: [Text]
    var testDescription: String { name }

    init(
      _ name: String,
      _ address: String,
      _ field: String,
      _ constant: Value,
      _ secrets: Text...
    ) {
      (self.name, self.address, self.field) = (name, address, field)
      (self.constant, self.secrets) = (constant, secrets)
    }
  }

  private static let pem: Text =
    "-----BEGIN EC PRIVATE KEY-----\nMHcCAQEEIIbq\nabc=\n-----END EC PRIVATE KEY-----"
  private static let okta: Text = "00aBcDeFgHiJkLmNoPqRsTuVwXyZ0123456789_-Ab"

  @Test(arguments: [
    Example("the key of a code", "crypto:hmac", "key", "k"),
    Example("the key of a code, however short", "crypto:hmac", "key", "k3y", "k3y"),
    Example("the key of a token", "jwt:sign", "key", .text(pem), pem),
    Example("data of a code is none", "crypto:hmac", "data", "key"),
    Example("a bearer token", "object:construct", "Authorization", "Bearer xyz", "xyz"),
    Example("an API token", "object:construct", "authorization", "SSWS abc-def", "abc-def"),
    Example("a password of two parts", "object:construct", "Authorization", "Basic dTpw", "dTpw"),
    Example("the scheme alone is none", "object:construct", "Authorization", "Bearer "),
    Example("a slot is none", "object:construct", "Authorization", "Bearer {{{t}}}"),
    Example(
      "fields of a header",
      "httpfunctions:post",
      "Request/Headers:object",
      ["Authorization": "Bearer abc", "X-Api-Key": "k-1", "token": "t-1", "Accept": "a/b"],
      "abc",
      "k-1",
      "t-1"
    ),
    Example(
      "pairs of name and value",
      "httpfunctions:post",
      "Request/Headers:object",
      [["name": "Authorization", "value": "Bearer abcdef"], ["name": "Accept", "value": "a/b"]],
      "abcdef"
    ),
    Example("a literal in a template", "string:compose", "_text_", "Bearer xyz", "xyz"),
    Example(
      "a token within a template",
      "string:compose",
      "_text_",
      "curl -H 'Authorization: SSWS abcd1234efgh' {{{url}}}",
      "abcd1234efgh"
    ),
    Example("prose is none", "string:compose", "_text_", "Basic information about Bearer tokens"),
    Example(
      "a token of Slack",
      "string:compose",
      "_text_",
      "xoxb-1234567890-abc",
      "xoxb-1234567890-abc"
    ),
    Example("a token of Okta", "control:let", "v", .text(okta), okta),
    Example(
      "a key of AWS",
      "control:let",
      "v",
      "key=AKIAIOSFODNN7EXAMPLE;",
      "AKIAIOSFODNN7EXAMPLE"
    ),
    Example("a key in PEM form", "control:let", "v", .text("key: " + pem), pem),
    Example(
      "members of JSON in a text",
      "string:compose",
      "_text_",
      "{\"client_secret\": \"s3cr3t\", \"grant_type\": \"client_credentials\", \"password\":\"{{{p}}}\"}",
      "s3cr3t"
    ),
    Example(
      "fields of a form",
      "string:compose",
      "_text_",
      "grant_type=x&client_secret=s3cr3t&scope=a",
      "s3cr3t"
    ),
    Example(
      "a token in an address",
      "httpfunctions:get",
      "Request/URL",
      "https://example.com/a?token=abcd12345678&page=2",
      "abcd12345678"
    ),
    Example(
      "a password in an address",
      "httpfunctions:get",
      "Request/URL",
      "https://robot:s3cr3t@example.com:8443/a",
      "s3cr3t"
    ),
    Example("a port is none", "httpfunctions:get", "Request/URL", "https://a.example:8443/x@y"),
    Example(
      "a field called password",
      "okta:createUser",
      "Password/Password",
      "Welcome1!",
      "Welcome1!"
    ),
    Example("a switch about passwords is none", "okta:x", "Change Password?:boolean", true),
    Example("an ordinary text", "slack:send", "text", "Your password was found in a breach"),
  ])
  func `secrets are found, and nothing else`(_ example: Example) throws {
    var flow = FlowBuilder("main")
    flow.card("start", "control:callable")
    // A name that is not known before is no literal of a dictionary.
    let inputs = KeyValuePairs(
      dictionaryLiteral: (example.field, FlowInput.constant(example.constant))
    )
    flow.card("card", example.address, inputs)
    let export = try FlowExport(FlowBuilder.export([flow]), source: "test")
    #expect(export.secrets.map(\.secret) == example.secrets)
  }

  @Test(arguments: ["sensitive", "secret", "password", "masked", "encrypted"])
  func `a field that the export marks holds a secret, whatever it is called`(mark: String) throws {
    var flow = FlowBuilder("main")
    flow.card("start", "control:callable")
    flow.card("card", "acme:do", ["Word": .constant("plain")])
    let export = String(decoding: FlowBuilder.export([flow]), as: UTF8.self)
    let marked = export.replacing("\"metadata\":{", with: "\"metadata\":{\"\(mark)\":true,")
    #expect(marked != export)
    #expect(try FlowExport(Array(export.utf8), source: "test").secrets.isEmpty)
    let secrets = try FlowExport(Array(marked.utf8), source: "test").secrets
    #expect(secrets.map(\.secret) == ["plain"])
    #expect(secrets.map(\.name) == ["main.card.word"])
  }

  private static var notifying: FlowBuilder {
    var flow = FlowBuilder("Notify us")
    flow.card("start", "control:callable")
    flow.card("Sign it", "crypto:hmac", ["key": .constant("k3y"), "data": .constant("k3y too")])
    flow.card(
      "again",
      "string:compose",
      ["_text_": .constant("see abcd1234efgh5678"), "x": .constant("y")]
    )
    flow.card("send", "object:construct", ["Authorization": .constant("Bearer abcd1234efgh5678")])
    return flow
  }

  @Test func `references stand where secrets stood, and in the rest of the file`() throws {
    let export = try FlowExport(FlowBuilder.export([Self.notifying]), source: "test")
    #expect(
      export.secrets.map(\.name) == ["notify-us.sign-it.key", "notify-us.send.authorization"]
    )
    let digest = SecretDigest(key: Array(repeating: 1, count: 32))
    let references = export.secrets.map { digest.reference(to: $0.secret, named: $0.name) }
    let closure = try #require(try export.pack(moving: references).closure(of: "Notify us"))
    #expect(closure.secrets == references)
    let text = String(decoding: closure.encode(), as: UTF8.self)
    #expect(!text.contains("abcd1234efgh5678"))
    #expect(text.contains("Bearer \(references[1].text)"))
    #expect(text.contains("see \(references[1].text)"))
    #expect(text.contains("\"data\":\"\(references[0].text)\""))
    // Too short to mean the same elsewhere.
    #expect(text.contains("k3y too"))
    let again = try FlowClosure.decode(closure.encode())
    #expect(again.secrets == references)
    #expect(FlowVersion(again).hash == FlowVersion(closure).hash)
  }

  @Test func `a version is told by digests, whatever secrets are called`() throws {
    let export = try FlowExport(FlowBuilder.export([Self.notifying]), source: "test")
    func hash(_ key: UInt8, _ suffix: Text) throws -> Text {
      let digest = SecretDigest(key: Array(repeating: key, count: 32))
      let references = export.secrets.map {
        digest.reference(to: $0.secret, named: $0.name + suffix)
      }
      return FlowVersion(
        try #require(try export.pack(moving: references).closure(of: "Notify us"))
      ).hash
    }
    #expect(try hash(1, "") == hash(1, "-2"))
    #expect(try hash(1, "") != hash(2, ""))
  }

  @Test func `what an export says of references by itself is no reference`() throws {
    var flow = FlowBuilder("main")
    flow.card("start", "control:callable")
    let reference = SecretReference(name: "other.key", digest: "AAAAAAAAAAAAAAAAAAAAAA")
    flow.card("let", "control:let", ["v": .constant(.text(reference.text))], outputs: ["v"])
    guard case .object(var export) = try JSON.parse(FlowBuilder.export([flow])) else { return }
    export["secrets"] = [["name": "other.key", "digest": .text(reference.digest)]]
    let pack = try FlowExport(JSON.serialize(.object(export)), source: "test").pack(moving: [])
    #expect(pack.closure(of: "main")?.secrets == [])
    let loaded = try FlowPack.load(JSON.serialize(.object(export)), source: "test")
    #expect(loaded.closure(of: "main")?.secrets == [])
  }
}
