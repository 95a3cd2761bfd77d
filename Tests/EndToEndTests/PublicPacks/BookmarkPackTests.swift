import TestSupport
import Testing
import Values

/// The public pack that manages bookmark apps by a table: If/ElseIf over what a row asks for.
///
/// The readme says: each row of the table names an app, its URL, a group and a policy. The column
/// *Action* says what is to be done: *Create* makes the app, and by the setup and the limitations
/// gives it its group and its policy; *Update* changes name and URL; *Deactivate* deactivates it.
/// Notes add that rows with another action are not read, that the flow goes on where the status is
/// 200, and that the table is updated with the status.
@Suite(.enabled(if: SharedData.isPresent, "needs ../shared/data"))
struct BookmarkPackTests {
  private static let pack = PublicPack(name: "bookmark_application_management")
  private static let flow = "1.0 Bookmark Application Management - Parent Flow"
  private static let table = "Bookmark Application Table"

  private static let apps = """
    Application Name,Application URL,Application Group Assignment,\
    Application Authentication Policy,Action,Okta App ID
    Menu,https://menu.example.com,Canteen,Password,Create,
    Maps,https://maps.example.com,Canteen,Password,Update,0oaMAPS
    Fax,https://fax.example.com,Canteen,Password,Deactivate,0oaFAX
    Wiki,https://wiki.example.com,Canteen,Password,,0oaWIKI
    Blog,https://blog.example.com,Canteen,Password,Delete,0oaBLOG

    """

  /// Answers in which the request that makes an app ends with this status.
  private static func answers(creation status: Int) -> String {
    """
    {"answers": [
      {"connector": "okta", "method": "hTTPRequest",
       "when": {"parameters/requestType": "POST", "Request/Relative URL": "/api/v1/apps"},
       "outputs": {"Response/Status Code": \(status), "Response/Body": {"id": "0oaMENU"}}},
      {"connector": "okta", "method": "searchGroups",
       "outputs": {"Result/ID": "00gCANTEEN"}},
      {"connector": "okta", "method": "assignGroupToApplication", "outputs": {}},
      {"connector": "okta", "method": "hTTPRequest", "when": {"parameters/requestType": "GET"},
       "outputs": {"Response/Status Code": 200, "Response/Body": [{"id": "rstPASSWORD"}]}},
      {"connector": "okta", "method": "hTTPRequest",
       "outputs": {"Response/Status Code": 200, "Response/Body": {}}}
    ]}
    """
  }

  /// Requests as `PUT /path`, other calls by their names.
  private static func lines(_ calls: [AskedOfConnector]) -> [String] {
    calls.map { call in
      guard call.method == "hTTPRequest" else { return call.name }
      return call.options.string("requestType") + " " + call.inputs.string("Request/Relative URL")
    }
  }

  /// A store in which the flow ran once over the five apps, and the path of the answers.
  private func withApps(
    creation status: Int = 200,
    _ body: (ProgramStore, String) throws -> Void
  ) throws {
    try withProgramStore { store in
      try store.must("flow", "add", Self.pack.export)
      try store.must("table", "import", Self.table, try store.file("apps.csv", Self.apps))
      let answers = try store.file("answers.json", Self.answers(creation: status))
      try store.must("run", Self.flow, "--answers", answers)
      #expect(try store.latestExecution()["status"] == "succeeded")
      try body(store, answers)
    }
  }

  @Test func `each row goes the way that its action names, and other rows go none`() throws {
    try withApps { store, _ in
      let calls = try store.calls(of: try store.latestExecution())
      try #require(
        Self.lines(calls) == [
          "POST /api/v1/apps", "okta:searchGroups", "okta:assignGroupToApplication",
          "GET /api/v1/policies?type=ACCESS_POLICY&q=Password",
          "PUT /api/v1/apps/0oaMENU/policies/rstPASSWORD", "PUT /api/v1/apps/0oaMAPS",
          "POST /api/v1/apps/0oaFAX/lifecycle/deactivate",
        ]
      )
      for (place, label) in [(0, "Menu"), (5, "Maps")] {
        let sent = try JSON.parse(Text(calls[place].inputs.string("Request/Body")))
        let url = "https://\(label.lowercased()).example.com"
        let app: Value = ["requestIntegration": false, "url": .text(Text(url))]
        let wanted: Value = [
          "name": "bookmark", "label": .text(Text(label)), "signOnMode": "BOOKMARK",
          "settings": ["app": app],
        ]
        #expect(sent == wanted)
      }
      #expect(calls[1].inputs.string("Inputs/Custom Search Criteria").contains("\"Canteen\""))
      #expect(calls[2].inputs["Group/groupID"] == "00gCANTEEN")
      #expect(calls[2].inputs["Application/applicationID"] == "0oaMENU")
      #expect(try store.expectIdenticalReplayElsewhere() == 1)
    }
  }

  @Test func `the table tells what was done, and which id the new app has`() throws {
    try withApps { store, _ in
      let rows = try store.rows(of: Self.table)
      #expect(rows.map { $0.string("Status") } == ["Success", "Success", "Success", "", ""])
      #expect(
        rows.map { $0.string("Okta App ID") } == [
          "0oaMENU", "0oaMAPS", "0oaFAX", "0oaWIKI", "0oaBLOG",
        ]
      )
      #expect(
        rows.map { $0.string("Application Name") } == ["Menu", "Maps", "Fax", "Wiki", "Blog"]
      )
    }
  }

  @Test func `an app that could not be made leaves its row alone, and the others go on`() throws {
    try withApps(creation: 400) { store, _ in
      let calls = try store.calls(of: try store.latestExecution())
      #expect(
        Self.lines(calls) == [
          "POST /api/v1/apps", "PUT /api/v1/apps/0oaMAPS",
          "POST /api/v1/apps/0oaFAX/lifecycle/deactivate",
        ]
      )
      let rows = try store.rows(of: Self.table)
      #expect(rows.map { $0.string("Status") } == ["", "Success", "Success", "", ""])
      #expect(rows.first?["Okta App ID"] == "")
    }
  }

  /// The readme does not say what becomes of *Action*.
  ///
  /// The card that updates the row leaves it empty in all three arms; in those of *Update* and
  /// *Deactivate* it writes empty inputs, in that of *Create* it passes over them.
  @Test func `a second run makes the new app again, as its row still asks for it`() throws {
    try withApps { store, answers in
      let rows = try store.rows(of: Self.table)
      #expect(rows.map { $0.string("Action") } == ["Create", "", "", "", "Delete"])
      try store.must("run", Self.flow, "--answers", answers)
      let calls = Self.lines(try store.calls(of: try store.latestExecution()))
      #expect(calls.count == 5)
      #expect(calls.first == "POST /api/v1/apps")
    }
  }
}
