import Foundation
import TestSupport
import Testing
import Values

/// Tokens, with which people and programs come to the server.
@Suite(.waiting) struct AccessTokenTests {
  private func deliver(_ served: ServedStore, _ token: String) throws -> Int {
    try HTTPExchange(
      "POST",
      "/hooks/h",
      port: served.port,
      [("Authorization", "Bearer \(token)")],
      body: Array(#"{"n":1}"#.utf8)
    ).status
  }

  @Test func `a token of the role ingest delivers to hooks that take tokens, until it is revoked`()
    throws
  {
    try withProgramStore { store in
      _ = try store.addHook(#"{"name":"h","format":"json"}"#)
      let ingest = try store.addToken("collector", "ingest")
      let read = try store.addToken("looker", "read")
      try withServedStore(store) { served in
        #expect(try deliver(served, ingest) == 204)
        #expect(try deliver(served, read) == 401)
        #expect(try deliver(served, "auditcli_none") == 401)
        try store.must("token", "revoke", "collector", "--why", "left")
        var status = 204
        for _ in 0..<300 where status == 204 {
          usleep(100_000)
          status = try deliver(served, ingest)
        }
        #expect(status == 401)
      }
      let event = try #require(try store.events("inbound.json").first)
      #expect(event["correlation"] == "hook-h#token:collector")
      let kept = try store.must("export", "--json").output
      #expect(!kept.contains(ingest))
      #expect(!kept.contains(read))
      #expect(try store.events("token.added").count == 2)
      #expect(try store.events("token.revoked").count == 1)
    }
  }

  @Test func `tokens are listed with their roles, and end when their days are over`() throws {
    try withProgramStore { store in
      _ = try store.addToken("on-call", "operate", "read")
      try store.must("token", "add", "guest", "--role", "read", "--days", "1")
      let listed = try store.must("token", "list", "--json").objects().filter { $0.has("token") }
      #expect(listed.map { $0.string("token") } == ["guest", "on-call"])
      #expect(listed[1]["roles"] == ["read", "operate"])
      #expect(listed[1]["until"] == .null)
      #expect(listed[0]["until"] != .null)
      #expect(listed.allSatisfy { $0["valid"] == true })
      let table = try store.must("token", "list")
      #expect(table.output.contains("read, operate"))
    }
  }

  static let refusals: [(arguments: [String], status: Int32, says: String)] = [
    (["token", "add", "a"], 64, "needs a --role"),
    (["token", "add", "a", "--role", "admin"], 64, "take ingest, read or operate"),
    (["token", "add", "a b", "--role", "read"], 1, "cannot be called"),
    (["token", "add", "a", "--role", "read", "--days", "0"], 64, "between 1 and 36500"),
    (["token", "add", "known", "--role", "read"], 1, "there is a token known already"),
    (["token", "revoke", "b"], 1, "there is no token b; there are known"),
  ]

  @Test(arguments: refusals)
  func `a token that cannot be added or revoked is refused with what to do`(
    _ given: (arguments: [String], status: Int32, says: String)
  ) throws {
    try withProgramStore { store in
      _ = try store.addToken("known", "read")
      let run = try store.run(given.arguments)
      #expect(run.status == given.status)
      #expect(run.messages.contains(given.says))
    }
  }
}
