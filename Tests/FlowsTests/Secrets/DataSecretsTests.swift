import Flows
import TestSupport
import Testing
import Values

/// What of a delivery or a request counts as a secret, and what is left of it.
@Suite struct DataSecretsTests {
  private static let digest = SecretDigest(key: Array(repeating: 7, count: 32))
  private static let slack = "xoxb-123456789012-abcdefghijkl"
  private static let long = "q9XbT4mZ7LsWv2Rk8NdC"

  struct Example: Sendable, CustomTestStringConvertible {
    let name: String
    let document: String
    /// What stands there afterwards; nil where nothing is covered.
    let covered: String?
    var testDescription: String { name }

    init(_ name: String, _ document: String, _ covered: String?) {
      (self.name, self.document, self.covered) = (name, document, covered)
    }
  }

  private static func cover(_ label: Text, _ secret: String) -> String {
    "\(digest.reference(to: Text(secret), named: label).text)"
  }

  @Test(arguments: [
    Example(
      "the token of a delivery",
      #"{ "token" : "\#(long)","event":{"token":"r-1"}}"#,
      #"{ "token" : "\#(cover("token", long))","event":{"token":"r-1"}}"#
    ),
    Example(
      "fields of a header",
      #"{"headers":{"Authorization":"Bearer \#(long)","Accept":"a/b"}}"#,
      #"{"headers":{"Authorization":"Bearer \#(cover("authorization", long))","Accept":"a/b"}}"#
    ),
    Example(
      "fields of a header as pairs",
      #"{"headers":[{"name":"Cookie","value":"\#(long)"},{"name":"Accept","value":"a/b"}]}"#,
      #"{"headers":[{"name":"Cookie","value":"\#(cover("cookie", long))"},{"name":"Accept","value":"a/b"}]}"#
    ),
    Example(
      "a password, of which no digest tells",
      #"{"answers":{"password":"Sommer24","note":"password"}}"#,
      #"{"answers":{"password":"[secret password]","note":"password"}}"#
    ),
    Example(
      "a short password is covered where it stands alone",
      #"{"password":"abc","note":"abcdef","other":"abc"}"#,
      #"{"password":"[secret password]","note":"abcdef","other":"[secret password]"}"#
    ),
    Example(
      "a token in prose, and again elsewhere",
      #"{"text":"it is \#(slack), ok","again":["\#(slack)"]}"#,
      #"{"text":"it is \#(cover("text", slack)), ok","again":["\#(cover("text", slack))"]}"#
    ),
    Example(
      "a token in escapes",
      #"{"text":"xo\u0078b-123456789012-abcdefghijkl","n":1.0,"k":12345678901234567890}"#,
      #"{"text":"\#(cover("text", slack))","n":1.0,"k":12345678901234567890}"#
    ),
    Example("a key of the same text stays", #"{"\#(long)":1}"#, nil),
    Example("numbers and truths are none", #"{"token":1,"password":true,"secret":null}"#, nil),
    Example(
      "an id that is called token below the top",
      #"{"form_response":{"token":"a1b2c3"}}"#,
      nil
    ),
    Example("an ordinary message", #"{"text":"your password was found: change it"}"#, nil),
    Example(
      "each value of a repeated key",
      #"{"token":"\#(long)","token":"\#(slack)","a":{"password":"Sommer24","password":1}}"#,
      #"{"token":"\#(cover("token", long))","token":"\#(cover("token", slack))","a":{"password":"[secret password]","password":1}}"#
    ),
    Example(
      "what is nested deeper than values are read",
      String(repeating: "[", count: 700) + #"{"password":"Sommer24"}"#
        + String(repeating: "]", count: 700),
      String(repeating: "[", count: 700) + #"{"password":"[secret password]"}"#
        + String(repeating: "]", count: 700)
    ),
    Example(
      "pairs of key and value",
      #"{"h":[{"key":"X-Api-Key","value":"Sommer24"}]}"#,
      #"{"h":[{"key":"X-Api-Key","value":"[secret x-api-key]"}]}"#
    ),
    Example("items of a list", #"{"cookie":["a=1; b=2"]}"#, #"{"cookie":["[secret cookie]"]}"#),
    Example("an empty document", "", nil),
    Example(
      "names of what is no secret",
      #"{"apiKeyName":"production","pwd":"/var/www/app","signature":"Jane Smith"}"#,
      nil
    ),
    Example(
      "a name of a kind that colons part",
      #"{"type":"user:password:changed-by-admin"}"#,
      nil
    ),
    Example(
      "prose behind a colon",
      #"{"text":"Password: please reset it, authorization: required"}"#,
      nil
    ),
    Example(
      "a password of the form of a word stays where it is none",
      #"{"password":"production","env":"production.example.com"}"#,
      #"{"password":"[secret password]","env":"production.example.com"}"#
    ),
    Example(
      "items of a delivery's token",
      #"{"token":["\#(long)"]}"#,
      #"{"token":["\#(cover("token", long))"]}"#
    ),
    Example(
      "what begins as a cover does",
      #"{"password":"[secret Sommer 24 x"}"#,
      #"{"password":"[secret password]"}"#
    ),
    Example("a quote that nothing closes", #"{"a":""#, nil),
  ])
  func `secrets are covered and all else stays as it was`(_ example: Example) {
    let covered = DataSecrets(Self.digest).covered(json: Array(example.document.utf8))
    #expect(covered.map { String(decoding: $0.data, as: UTF8.self) } == example.covered)
  }

  @Test(arguments: [
    "-----BEGIN PRIVATE KEY-----\nMHcCAQEEIIbq\n-----END PRIVATE KEY-----",
    "xoxp-1234567890-abcdef", "xapp-1-A0123456789", "00aBcDeFgHiJkLmNoPqRsTuVwXyZ0123456789_-Ab",
    "eyJhbGciOiJub25lIn0.eyJzdWIiOiIxIn0.", "AKIAIOSFODNN7EXAMPLE", "ASIAIOSFODNN7EXAMPLE",
    "ghp_abcdefghijklmnopqrstuvwxyz", "github_pat_abcdefghijklmnopqrstu", "glpat-abcdefghijklmnop",
    "sk_live_abcdefghijklmnop", "rk_test_abcdefghijklmnop",
    "AIzaabcdefghijklmnopqrstuvwxyz012345678", "SG.abcdefghijklmnop.qrstuvwxyz012345",
    "ya29.abcdefghijklmnopqr",
    "https://hooks.example.com/services/T0123456/B0123456/abcdefghijklmnop",
    "BEARER abcd1234", "ssws abcd1234", "basic dTpwYXNzd29yZDE=",
    "client-secret=a; Client_Secret: s3cr3t",
    "{\"api_key\" : \"s3cr3t\"}", "passphrase='s3cr3t'", "Authorization: Token 9944b09199c6",
    "https://robot:s3cr3t@example.com",
    "https://example.com/?a=b&sig=abcd1234",
  ])
  func `whatever looks like a secret is found among other words`(text: String) {
    let secrets = DataSecrets(Self.digest)
    for around in [text, "see \(text) there", "\(text)\n\(text)"] {
      let covered = secrets.covered(.object(["a": [.text(Text(around))]]))
      #expect(covered != nil, "\(around)")
    }
  }

  @Test func `a document and its value lose the same secrets`() throws {
    var generator = ValueGenerator(SplitMix64(forTest: "secrets of data"))
    let secrets = DataSecrets(Self.digest)
    var planted = 0
    for _ in 0..<2000 {
      var object = Object()
      for place in 0..<5 {
        object[Text("k\(place)")] = JSON.asParsed(generator.value())
        object[generator.text()] = .text(
          generator.text() + " " + Text(Self.slack) + " " + generator.text()
        )
      }
      object["token"] = .text(generator.text(upTo: 30))
      let bytes = JSON.serialize(.object(object))
      guard let fromBytes = secrets.covered(json: bytes) else { continue }
      let fromValue = try #require(secrets.covered(try JSON.parse(bytes)))
      planted += 1
      #expect(try JSON.parse(fromBytes.data) == fromValue.data)
      #expect(!String(decoding: fromBytes.data, as: UTF8.self).contains(Self.slack))
      #expect(fromBytes.names == fromValue.names)
      #expect(
        secrets.covered(json: fromBytes.data)?.names == nil,
        "\(String(decoding: fromBytes.data, as: UTF8.self))"
      )
    }
    #expect(planted > 1000)
  }

  /// Texts that are nothing but what a secret may begin with.
  private static let marks: [(name: String, text: String)] = [
    ("tokens of the web", String(repeating: "eyJ-", count: 1 << 17) + "."),
    ("keys", String(repeating: "AIza" + String(repeating: "a", count: 34) + "-", count: 1 << 13)),
    ("tokens", (0..<1 << 13).map { "xoxb-\(10_000_000 + $0) " }.joined()),
    ("private keys", String(repeating: "-----BEGIN PRIVATE KEY----- ", count: 1 << 13)),
    ("members", String(repeating: "password: ", count: 1 << 15)),
    ("addresses", String(repeating: "://a:", count: 1 << 15)),
    ("parameters", String(repeating: "?token=", count: 1 << 15)),
    ("schemes", String(repeating: "bearer ", count: 1 << 15)),
  ]

  @Test(arguments: marks.indices)
  func `a text made of marks is looked through once`(number: Int) {
    let secrets = DataSecrets(Self.digest)
    let document = JSON.serialize(["text": .text(Text(Self.marks[number].text))])
    // In the square of its length it would take minutes.
    let covered = secrets.covered(json: document)
    let found = ["keys", "tokens", "parameters"]
    #expect((covered != nil) == found.contains(Self.marks[number].name))
  }

  @Test func `what starts a run loses its secrets, wherever they stand`() throws {
    let secrets = DataSecrets(Self.digest)
    let request = HTTPRequest(
      headers: ["authorization": .text("SSWS " + Text(Self.long)), "accept": "a/b"],
      body: Text(#"{"api_key":"\#(Self.long)"}"#),
      query: "token=abcd12345678&a=1"
    )
    let covered = try #require(Trigger.http(request).covered(by: secrets))
    #expect(covered.names == ["api_key", "authorization", "query"])
    guard case .http(let shown) = covered.data else {
      Issue.record("it is no request")
      return
    }
    #expect(shown.headers["accept"] == "a/b")
    #expect(shown.query == "token=[secret query]&a=1")
    for text in ["\(shown.headers)", "\(shown.body)", "\(shown.query)"] {
      #expect(!text.contains(Self.long) && !text.contains("abcd12345678"))
    }
    let body = HTTPRequest(body: #"{"authToken":"correct horse battery staple","n":1.0}"#)
    guard case .http(let json)? = Trigger.http(body).covered(by: secrets)?.data else {
      Issue.record("it has no secrets")
      return
    }
    #expect("\(json.body)".hasPrefix(#"{"authToken":"[secret authtoken "#))
    #expect("\(json.body)".hasSuffix(#"","n":1.0}"#))
    let named = Trigger.call(arguments: ["password": "call"])
    #expect(named.covered(by: secrets)?.data == .call(arguments: ["password": "[secret password]"]))
    #expect(Trigger.call(arguments: ["who": "Ada"]).covered(by: secrets) == nil)
    let call = Trigger.call(arguments: ["password": "Sommer24", "n": 1])
    #expect(
      call.covered(by: secrets)?.data
        == .call(arguments: ["password": "[secret password]", "n": 1])
    )
  }
}

extension JSON {
  /// A value as it is once it was written and read.
  fileprivate static func asParsed(_ value: Value) -> Value {
    (try? JSON.parse(JSON.serialize(value))) ?? .null
  }
}
