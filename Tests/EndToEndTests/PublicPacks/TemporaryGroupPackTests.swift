import TestSupport
import Testing
import Values

/// The public pack that ends memberships of groups: two tables, and a scan on a schedule.
///
/// The readme says: one table lists groups, each with a duration. Who is added to one of them gets
/// a row in the other table, with the user, the group and the present time plus the duration, in
/// minutes. A scan on a schedule removes from their group those whose time is over, and deletes
/// their rows. A note adds that the flow goes on only where the group is listed.
@Suite(.enabled(if: SharedData.isPresent, "needs ../shared/data"))
struct TemporaryGroupPackTests {
  private static let pack = PublicPack(name: "assign_temporary_group_memberships")
  private static let groups = "Temporary Groups"
  private static let users = "Users Added to Temporary Groups"
  private static let scan = "Scan users for removal"

  private static let answers = """
    {"answers": [{"connector": "okta", "method": "removeUserFromGroup", "outputs": {}}]}
    """

  /// A System Log entry that tells of a user who was added to a group.
  private static func added(_ user: String, to group: String, named name: String) -> String {
    """
    {"uuid": "\(user)-\(group)", "published": "2026-09-14T06:00:00.000Z",
     "eventType": "group.user_membership.add", "outcome": {"result": "SUCCESS"},
     "actor": {"id": "00uADMIN", "type": "User", "alternateId": "admin@example.com"},
     "target": [
       {"id": "\(user)", "type": "User", "alternateId": "\(user)@example.com"},
       {"id": "\(group)", "type": "UserGroup", "displayName": "\(name)"}]}
    """
  }

  /// A store in which auditors stay in their group for half an hour, and the path of the answers.
  private func withGroups(_ body: (ProgramStore, String) throws -> Void) throws {
    try withProgramStore { store in
      try store.must("flow", "add", Self.pack.export)
      let groups = try store.file("groups.csv", "Group Name,Duration\nAuditors,30\n")
      try store.must("table", "import", Self.groups, groups)
      try body(store, try store.file("answers.json", Self.answers))
    }
  }

  /// When the membership in a row ends.
  private func end(of row: Object) throws -> Instant {
    Instant(milliseconds: try #require(Int64(row.string("Expiration Timestamp"))))
  }

  @Test func `who is added to a listed group gets a row that says when that ends`() throws {
    try withGroups { store, answers in
      let events = try store.file(
        "events.json",
        """
        [\(Self.added("00uMARA", to: "00gAUDITORS", named: "Auditors")),
         \(Self.added("00uTARO", to: "00gEVERYONE", named: "Everyone"))]
        """
      )
      let started = try store.start(["--answers", answers, events])
      try #require(started.count == 2)
      for execution in started {
        #expect(execution["status"] == "succeeded")
        #expect(try store.calls(of: execution).isEmpty)
      }
      let rows = try store.rows(of: Self.users)
      try #require(rows.count == 1)
      #expect(rows[0]["User ID"] == "00uMARA")
      #expect(rows[0]["Group ID"] == "00gAUDITORS")
      let shown = try store.must("table", "show", Self.users, "--json").firstObject()
      let made = try #require(Instant(iso8601: Text(shown.string("created"))))
      let stay = try end(of: rows[0]).milliseconds - made.milliseconds
      #expect((1_790_000...1_810_000).contains(stay), "\(stay) ms are not 30 minutes")
      #expect(try store.expectIdenticalReplayElsewhere() == 2)
    }
  }

  @Test func `the scan removes those whose time is over, and their rows, and no others`() throws {
    try withGroups { store, answers in
      // The times are of September 2020 and of January 2100.
      let users = try store.file(
        "users.csv",
        """
        User ID,Expiration Timestamp,Group ID
        00uMARA,4102444800000,00gAUDITORS
        00uTARO,1600000000000,00gAUDITORS
        00uZOE,1600000000000,00gTESTERS

        """
      )
      try store.must("table", "import", Self.users, users)
      try store.must("run", Self.scan, "--answers", answers)
      let execution = try store.latestExecution()
      #expect(execution["status"] == "succeeded")
      let calls = try store.calls(of: execution)
      #expect(calls.map(\.name) == ["okta:removeUserFromGroup", "okta:removeUserFromGroup"])
      var removed: Set<String> = []
      for call in calls {
        removed.insert("\(call.inputs.string("User/id")) \(call.inputs.string("Group/id"))")
      }
      #expect(removed == ["00uTARO 00gAUDITORS", "00uZOE 00gTESTERS"])
      #expect(try store.rows(of: Self.users).map { $0.string("User ID") } == ["00uMARA"])
      #expect(try store.expectIdenticalReplayElsewhere() == 1)
    }
  }

  @Test func `a scan planned just before the end leaves a member, and one just behind it does not`()
    throws
  {
    try withGroups { store, answers in
      let event = Self.added("00uMARA", to: "00gAUDITORS", named: "Auditors")
      try store.must(
        "ingest",
        "--start",
        "--answers",
        answers,
        try store.file("events.json", event)
      )
      let end = try end(of: try #require(try store.rows(of: Self.users).first)).milliseconds
      for (planned, remaining) in [(end - 1000, 1), (end + 1000, 0)] {
        let time = "\"\(Instant(milliseconds: planned).iso8601)\""
        try store.must("run", Self.scan, "--answers", answers, "--input", time)
        #expect(try store.calls(of: try store.latestExecution()).count == 1 - remaining)
        #expect(try store.rows(of: Self.users).count == remaining)
      }
      let changes = try store.must("table", "history", Self.users, "--json").objects()
        .filter { $0.has("change") }
      #expect(changes.map { $0.string("change") } == ["deleted", "created"])
      #expect(changes.allSatisfy { $0.has("execution") && $0.has("step") })
    }
  }
}
