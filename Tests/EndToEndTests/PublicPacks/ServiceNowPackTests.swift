import TestSupport
import Testing
import Values

/// The public pack that has access approved in ServiceNow.
///
/// The readme says: when a user is activated, an incident is opened and written down in a table;
/// when the incident is resolved, ServiceNow calls the second flow with its number and its state.
/// The row is updated whatever the state; only *approved* brings the user into the group.
@Suite(.enabled(if: SharedData.isPresent, "needs ../shared/data"))
struct ServiceNowPackTests {
  private static let activation = """
    {"uuid": "activation-1", "published": "2026-09-14T06:00:00.000Z", "version": "0",
     "eventType": "user.lifecycle.activate", "severity": "INFO",
     "actor": {"id": "00uADA", "type": "User", "alternateId": "ada@example.com"},
     "outcome": {"result": "SUCCESS"},
     "target": [{"id": "00uHANA", "type": "User", "alternateId": "hana@example.com"}]}
    """

  private static let answers = """
    {"answers": [
      {"connector": "servicenow", "method": "createIncident",
       "outputs": {"Incident/Incident Number": "INC0010001"}},
      {"connector": "okta", "method": "readUser", "when": {"User/ID or Login": "hana@example.com"},
       "outputs": {"System Properties/ID": "00uHANA"}},
      {"connector": "okta", "method": "addNewUserToGroup", "outputs": {}}
    ]}
    """

  /// Activates a user, and has ServiceNow resolve the incident that this opens.
  private func withResolution(
    _ state: String,
    of incident: String = "INC0010001",
    _ body: (ProgramStore, Object, [AskedOfConnector]) throws -> Void
  ) throws {
    try withProgramStore { store in
      let pack = PublicPack(name: "servicenow_approvals")
      try store.must("flow", "add", pack.export)
      let answers = try store.file("answers.json", Self.answers)
      let event = try store.file("activation.json", Self.activation)
      let opened = try store.start(["--answers", answers, event])
      try #require(opened.map { $0.string("flow") } == ["Trigger ServiceNow Approval"])
      try expectOpened(store, opened[0])
      let hook = try store.file(
        "hook.json",
        "{\"name\": \"resolved\", \"flow\": \"Process Resolution\", \"format\": \"json\"}"
      )
      let delivery = try store.file(
        "delivery.json",
        "{\"incidentNumber\": \"\(incident)\", \"incidentState\": \"\(state)\"}"
      )
      let resolved = try store.start(["--hook", hook, "--answers", answers, delivery])
      try #require(resolved.map { $0.string("flow") } == ["Process Resolution"])
      try body(store, resolved[0], try store.effects(of: resolved[0]))
      #expect(try store.expectIdenticalReplayElsewhere() == 2)
    }
  }

  private func expectOpened(_ store: ProgramStore, _ execution: Object) throws {
    #expect(execution["status"] == "succeeded")
    let effects = try store.effects(of: execution)
    try #require(effects.map(\.name) == ["servicenow:createIncident", "stash:createRow"])
    #expect(effects[0].inputs.string("Incident/Short description").contains("hana@example.com"))
    let rows = try store.rows(of: "Approval Requests")
    try #require(rows.count == 1)
    #expect(rows[0]["incidentNumber"] == "INC0010001")
    #expect(rows[0]["userName"] == "hana@example.com")
    #expect(rows[0]["requestResolution"] == .null)
  }

  @Test func `an approved incident updates its row and brings the user into the group`() throws {
    try withResolution("approved") { store, execution, effects in
      #expect(execution["status"] == "succeeded")
      try #require(
        effects.map(\.name) == [
          "stash:searchRows2", "stash:updateRow", "okta:readUser", "okta:addNewUserToGroup",
        ]
      )
      #expect(effects[3].inputs["User/id"] == "00uHANA")
      let rows = try store.rows(of: "Approval Requests")
      try #require(rows.count == 1)
      #expect(rows[0]["requestResolution"] == "approved")
      #expect(rows[0]["userName"] == "hana@example.com")
      #expect(!rows[0].string("resolutionDate").isEmpty)
    }
  }

  @Test func `a rejected incident updates its row and leaves the group alone`() throws {
    try withResolution("rejected") { store, execution, effects in
      #expect(execution["status"] == "stopped")
      #expect(effects.map(\.name) == ["stash:searchRows2", "stash:updateRow"])
      let rows = try store.rows(of: "Approval Requests")
      #expect(rows.map { $0.string("requestResolution") } == ["rejected"])
    }
  }

  @Test func `an incident that nobody opened here changes no row and reaches nobody`() throws {
    try withResolution("approved", of: "INC9999999") { store, execution, effects in
      #expect(execution["status"] == "failed")
      #expect(!effects.contains { $0.connector == "okta" })
      let rows = try store.rows(of: "Approval Requests")
      try #require(rows.count == 1)
      #expect(rows[0]["requestResolution"] == .null)
    }
  }
}
