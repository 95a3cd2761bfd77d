import TestSupport
import Testing
import Values

/// The public pack that keeps groups of Office 365 in step with groups of Okta.
///
/// The readme says: when a group is deleted in Okta, the one of Office 365 that a table pairs with
/// it is deleted; errors of the connectors' cards are written to a table of errors by a flow of the
/// pack.
@Suite(.enabled(if: SharedData.isPresent, "needs ../shared/data"))
struct GroupSyncPackTests {
  private static let pairs = "Okta Groups Synced with Office 365 Unified Groups"

  /// What the card gives whose group is no more, with the members that the error flow reads.
  private static let gone = """
    "error": {"kind": "Not Found", "message": "Not there", "statusCode": 404,
              "body": {"error": {"message": "No such group"}},
              "headers": {"date": "Mon, 14 Sep 2026 06:00:00 GMT"}}
    """

  /// Deletes groups of Okta, of which `00gONE` and `00gTWO` have a pair; `gone` no longer exists.
  private func withDeleted(
    _ groups: [String],
    gone: String? = nil,
    endWith status: Int32 = 0,
    _ body: (ProgramStore, Object, [AskedOfConnector]) throws -> Void
  ) throws {
    try withProgramStore { store in
      let pack = PublicPack(name: "sync_okta_group_membership_with_office_365_unified")
      try store.must("flow", "add", pack.export)
      try store.fill(
        Self.pairs,
        "Okta Group ID,Office 365 Group ID",
        "00gONE,office-one",
        "00gTWO,office-two"
      )
      let answers = try store.file(
        "answers.json",
        """
        {"answers": [
          {"connector": "office365admin", "method": "deleteGroup",
           "when": {"Group/id": "\(gone ?? "")"}, \(Self.gone)},
          {"connector": "office365admin", "method": "deleteGroup", "outputs": {}}
        ]}
        """
      )
      let events = groups.map { "{\"Output\": {\"Group\": {\"ID\": \"\($0)\"}}}" }
      let input = try store.file("events.json", "[\(events.joined(separator: ","))]")
      try store.must(
        "run",
        "4.0 Okta Group Deleted",
        "--input",
        input,
        "--answers",
        answers,
        endWith: status
      )
      let execution = try #require(try store.history().first)
      try body(store, execution, try store.effects(of: execution))
      #expect(try store.expectIdenticalReplayElsewhere() == 1)
    }
  }

  @Test func `a group deleted in Okta is deleted in Office 365, and so is its row`() throws {
    try withDeleted(["00gONE"]) { store, execution, effects in
      #expect(execution["status"] == "succeeded")
      try #require(
        effects.map(\.name) == [
          "stash:searchRows2", "office365admin:deleteGroup", "stash:deleteRow",
        ]
      )
      #expect(effects[1].inputs["Group/id"] == "office-one")
      let left = try store.rows(of: Self.pairs)
      #expect(left.map { $0.string("Okta Group ID") } == ["00gTWO"])
      #expect(try store.rows(of: "Errors").isEmpty)
    }
  }

  @Test func `a group without a pair is none of Office 365's business`() throws {
    try withDeleted(["00gTHREE"]) { store, _, effects in
      #expect(effects.map(\.name) == ["stash:searchRows2"])
      let left = try store.rows(of: Self.pairs)
      #expect(left.count == 2)
    }
  }

  @Test func `an error is written down by the error flow, and keeps no other group from going`()
    throws
  {
    try withDeleted(["00gTWO", "00gONE"], gone: "office-two", endWith: 2) {
      store,
      execution,
      effects in
      #expect(execution["status"] == "failed")
      #expect(
        effects.map(\.name) == [
          "stash:searchRows2", "office365admin:deleteGroup", "stash:createRow",
          "stash:searchRows2", "office365admin:deleteGroup", "stash:deleteRow",
        ]
      )
      // The pair of the group that could not be deleted stays.
      let left = try store.rows(of: Self.pairs)
      #expect(left.map { $0.string("Okta Group ID") } == ["00gTWO"])
      let errors = try store.rows(of: "Errors")
      try #require(errors.count == 1)
      #expect(errors[0]["Kind"] == "Not Found")
      #expect(errors[0]["statusCode"] == "404")
      #expect(errors[0]["Message"] == "No such group")
      #expect(errors[0]["Date"] == "2026-09-14T06:00:00.000Z")
      // The row leads to the execution of the event and to the card that failed in it.
      let items = try store.called(by: execution)
      try #require(items.map { $0.string("status") } == ["failed", "succeeded"])
      #expect(errors[0]["Execution"] == items[0]["execution"])
      let failed = try #require(effects.first { $0.name == "office365admin:deleteGroup" })
      #expect(failed.step.description.hasSuffix(errors[0].string("Method")))
    }
  }
}
