import TestSupport
import Testing
import Values

/// The public pack that ends a user's sessions in four products.
///
/// The readme says: a helper flow is given the id of an Okta user and ends the sessions in Okta,
/// Google Workspace, Zoom and Office 365. Each request stands in an *If Error* of its own, so that
/// the flow goes on where one fails. The card that reads the user stands before them in none.
@Suite(.enabled(if: SharedData.isPresent, "needs ../shared/data"))
struct ResetSessionsPackTests {
  private static let requests = [
    "okta:clearUserSessions", "googledirectory:signOutUser", "httpfunctions:delete",
    "office365admin:revokeUserSignInSessions",
  ]

  /// Ends the sessions of a user where the methods in `failing` give an error.
  private func withReset(
    failing: Set<String>,
    endWith status: Int32 = 0,
    _ body: (Object, [AskedOfConnector], [Object]) throws -> Void
  ) throws {
    try withProgramStore { store in
      let pack = PublicPack(name: "reset_user_sessions_in_okta_zoom_google_o365")
      try store.must("flow", "add", pack.export)
      let flow = try #require(try store.flows().first)
      let answers = (["okta:readUser"] + Self.requests).map { name in
        let parts = name.split(separator: ":")
        let answer =
          failing.contains(name)
          ? "\"error\": {\"kind\": \"Not Found\", \"message\": \"nobody\", \"statusCode\": 404}"
          : "\"outputs\": {\"Profile Properties/email\": \"mara@example.com\"}"
        return "{\"connector\": \"\(parts[0])\", \"method\": \"\(parts[1])\", \(answer)}"
      }
      let file = try store.file("a.json", "{\"answers\": [\(answers.joined(separator: ","))]}")
      let input = try store.file("input.json", "{\"OktaUserID\": \"00uMARA\"}")
      try store.must("run", flow.hash, "--input", input, "--answers", file, endWith: status)
      let execution = try #require(try store.history().first)
      let steps = try store.must("show", execution.string("execution"), "--json").objects()
      try body(execution, try store.effects(of: execution), steps)
      #expect(try store.expectIdenticalReplayElsewhere() == 1)
    }
  }

  @Test func `every product is asked to end the sessions of that user`() throws {
    try withReset(failing: []) { execution, effects, _ in
      #expect(execution["status"] == "succeeded")
      try #require(effects.map(\.name) == ["okta:readUser"] + Self.requests)
      #expect(effects[0].inputs["User/ID or Login"] == "00uMARA")
      #expect(effects[1].inputs["User/ID"] == "00uMARA")
      // The notes say that tokens of OAuth are revoked, too.
      #expect(effects[1].inputs["User/Revoke oauthTokens?"] == true)
      #expect(effects[2].inputs["Sign Out By/User Key"] == "mara@example.com")
      #expect(
        effects[3].inputs["Request/URL"] == "https://api.zoom.us/v2/users/mara@example.com/token"
      )
      #expect(effects[4].inputs["User/userId"] == "mara@example.com")
    }
  }

  @Test(arguments: [[0], [2], [1, 3], [0, 1, 2, 3]])
  func `a product that fails keeps no other from being asked`(_ places: [Int]) throws {
    let failing = Set(places.map { Self.requests[$0] })
    try withReset(failing: failing) { execution, effects, steps in
      #expect(execution["status"] == "succeeded")
      #expect(execution["error"] == .null)
      #expect(effects.map(\.name) == ["okta:readUser"] + Self.requests)
      let failed = steps.filter { $0["status"] == "failed" }.map { $0.string("address") }
      #expect(failed == places.map { Self.requests[$0] })
      // Each error body comes to its own Return.
      let handled = steps.filter {
        $0["address"] == "control:return" && $0.string("step").contains(":error/")
      }
      #expect(handled.count == places.count)
    }
  }

  @Test func `a user whom Okta does not know ends the flow before anything is reset`() throws {
    // The readme says of all systems that a missing user does not end the flow; not of this one.
    try withReset(failing: ["okta:readUser"], endWith: 2) { execution, effects, _ in
      #expect(execution["status"] == "failed")
      #expect(execution["error"] == "nobody")
      #expect(effects.map(\.name) == ["okta:readUser"])
    }
  }
}
