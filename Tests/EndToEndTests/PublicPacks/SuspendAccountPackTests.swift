import TestSupport
import Testing
import Values

/// The public pack that suspends an account of which posture management tells.
///
/// The readme says: an issue starts the delegated flow, what it tells is assigned to fields, and
/// the user is suspended in Okta. The notes say: the issue becomes a row of a table; where the user
/// cannot be suspended, an error body writes down what went wrong instead. The readme has the
/// author add a condition on product and title; as exported there is none, so every issue suspends.
@Suite(.enabled(if: SharedData.isPresent, "needs ../shared/data"))
struct SuspendAccountPackTests {
  /// An issue with the inputs that the head of the flow declares.
  private static let issue = """
    {"issueTitle": "Unused Admin Account", "issueShortDescription": "Nobody signs in",
     "issueFullDescription": "Nobody has signed in for 90 days", "issueCategory": "Accounts",
     "issueSeverity": "High", "issueDetectedAt": "2026-09-13",
     "issueSuggestedRemediation": "Suspend it", "issueRiskAndImpact": "It may be taken over",
     "entityIdInService": "00uMARA", "entityDisplayName": "mara@example.com",
     "entitySourceProductName": "Okta", "entitySourceProductTenant": "acme.example.com"}
    """

  /// Runs the flow on the issue, with Okta's answer to the card that suspends.
  private func withRun(
    answering answer: String,
    _ body: (ProgramStore, Object, [AskedOfConnector]) throws -> Void
  ) throws {
    try withProgramStore { store in
      let pack = PublicPack(name: "suspend_okta_account_ispm_remediation_flow")
      try store.must("flow", "add", pack.export)
      let flow = try #require(try store.flows().first)
      let answers = try store.file(
        "answers.json",
        "{\"answers\": [{\"connector\": \"okta\", \"method\": \"suspendUser\", \(answer)}]}"
      )
      let input = try store.file("issue.json", Self.issue)
      try store.must("run", flow.hash, "--input", input, "--answers", answers)
      let execution = try #require(try store.history().first)
      try body(store, execution, try store.effects(of: execution))
      #expect(try store.expectIdenticalReplayElsewhere() == 1)
    }
  }

  @Test func `an administrator's issue suspends the user and becomes a row`() throws {
    try withRun(answering: "\"outputs\": {}") { store, execution, effects in
      #expect(execution["status"] == "succeeded")
      try #require(effects.map(\.name) == ["okta:suspendUser", "stash:createRow"])
      #expect(effects[0].inputs["User/id"] == "00uMARA")
      let row: Object = [
        "Username": "mara@example.com", "Title": "Unused Admin Account",
        "Short Description": "Nobody signs in",
        "Full Description": "Nobody has signed in for 90 days", "Category": "Accounts",
        "Severity": "High", "Detection Date": "2026-09-13", "Suggested Remediation": "Suspend it",
        "Risk and Impact": "It may be taken over", "Okta Org": "acme.example.com",
        "Product": "Okta",
      ]
      #expect(try store.rows(of: "ISPM Events") == [row])
      #expect(try store.rows(of: "Error Logging").isEmpty)
    }
  }

  @Test func `a user who cannot be suspended leaves a row about the error and no other`() throws {
    let error = """
      "error": {"kind": "HTTP Request Error", "message": "This user is not active",
                "statusCode": 400, "body": {"errorSummary": "Cannot suspend"}}
      """
    try withRun(answering: error) { store, execution, effects in
      // The error body handles it: the flow goes on to its end.
      #expect(execution["status"] == "succeeded")
      try #require(effects.map(\.name) == ["okta:suspendUser", "stash:createRow"])
      let row: Object = [
        "Username": "mara@example.com", "Error Summary": "Cannot suspend",
        "Error Message": "This user is not active",
      ]
      #expect(try store.rows(of: "Error Logging") == [row])
      #expect(try store.rows(of: "ISPM Events").isEmpty)
    }
  }
}
