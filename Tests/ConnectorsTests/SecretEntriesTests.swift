import Connectors
import Flows
import Testing
import Values

/// Secrets of flows are added to a connection file, and nothing else of it changes.
@Suite struct SecretEntriesTests {
  private static let key = Array(repeating: UInt8(0xA5), count: SecretDigest.keyLength)

  private static func read(_ bytes: [UInt8]) throws -> ConnectionFile {
    let sources = ConnectionReader.Sources(variable: { _ in nil }, file: { _ in nil })
    return try ConnectionReader(sources).read(bytes, path: "c.yaml", isPrivate: true)
  }

  @Test(
    arguments: [
      "plain", "with \"quotes\" and \\ strokes", "lines\nof a\nkey\n", "tab\t: # - {", "yes", "1.0",
      "wörd 🗝", " blanks ", "{{{slot}}}", "'", "~",
    ] as [Text]
  )
  func `every secret reads back as it was`(_ secret: Text) throws {
    let entries = SecretEntries([(name: "a.b", secret: secret)], key: Self.key)
    for before in [nil, "", "connections: []"] as [String?] {
      let bytes = try entries.added(to: before.map { Array($0.utf8) }, path: "c.yaml")
      let file = try Self.read(bytes)
      #expect(try file.secrets.secret(named: "a.b") == secret)
      #expect(file.secrets.name(of: secret) == "a.b")
      let digest = try #require(try file.secrets.digest())
      #expect(digest.digest(of: "x") == SecretDigest(key: Self.key).digest(of: "x"))
    }
  }

  @Test(arguments: [
    "connections: []\n", "connections: []", "connections: []\nsecrets:\n  x: y\n",
    "secrets:\n    x: y   # mine\n\n    z: w\nconnections: []\n",
    "secrets:\n  # first\n  x: {env: X}\n",
    "---\nconnections: []\n", "connections: []\r\nsecrets:\r\n  x: y\r\n",
  ])
  func `the rest of a file stays as it is`(_ text: String) throws {
    let entries = SecretEntries([("a", "one"), ("b", "two")], key: Self.key)
    let bytes = try entries.added(to: Array(text.utf8), path: "c.yaml")
    let after = String(decoding: bytes, as: UTF8.self)
    for line in text.split(whereSeparator: \.isNewline) { #expect(after.contains(line)) }
    let file = try Self.read(bytes)
    #expect(try file.secrets.secret(named: "a") == "one")
    #expect(try file.secrets.secret(named: "b") == "two")
    #expect(file.secrets.names.contains("x") == text.contains("x:"))
  }

  @Test(arguments: [
    "{connections: []}\n", "secrets: {x: y}\n", "secrets:\n", "connections: []\n...\n", "[1]\n",
  ])
  func `a file that would mean something else is refused`(_ text: String) throws {
    let entries = SecretEntries([("a", "one")], key: nil)
    #expect(throws: ConfigurationError.self) {
      try entries.added(to: Array(text.utf8), path: "c.yaml")
    }
  }

  @Test func `a secret that cannot be had hinders only who needs it`() throws {
    let file = try Self.read(Array("secrets:\n  x: {env: NOT_THERE}\n  y: there\n".utf8))
    #expect(try file.secrets.secret(named: "y") == "there")
    #expect(throws: ConfigurationError.self) { try file.secrets.secret(named: "x") }
    #expect(file.secrets.missing.map(\.place) == ["secrets.x.env"])
    #expect(throws: ConfigurationError.self) {
      try Self.read(Array("secretKey: abc\n".utf8))
    }
  }
}
