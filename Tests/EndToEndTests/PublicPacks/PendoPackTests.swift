import TestSupport
import Testing
import Values

/// The public pack that sends users' metadata to Pendo, in batches, by a flow that calls itself.
///
/// Its readme is empty. Notes in its flows say: all active users are streamed into a temporary
/// table, which is pushed in batches of at most 500 users. Calls may be 250 deep, and the table may
/// have 100,000 rows. Which fields of a profile are pushed, a helper says, the same for all. Only
/// the cards say that a batch's rows are taken out, and that a call follows while any are left.
@Suite(.enabled(if: SharedData.isPresent, "needs ../shared/data"))
struct PendoPackTests {
  private static let pack = PublicPack(name: "using_okta_workflows_for_pendo_metadata_sync")
  private static let connector =
    "pendometadataupdateconnector_6b53858a6e5e467783223497b88ce8bf"
  private static let push = "\(connector):pushUserListToPendo_mRGQAnfjru"
  private static let load = "[HELPER 2] Bulk Load Temp Table into Pendo"
  private static let table = "Okta Users Table"

  private static func answers(streaming records: [String] = []) -> String {
    """
    {"answers": [
      {"connector": "\(connector)", "method": "pushUserListToPendo_mRGQAnfjru", "outputs": {}},
      {"connector": "okta", "method": "listUsersWithFilter", "outputs": {},
       "records": [\(records.joined(separator: ","))]}
    ]}
    """
  }

  private static func mail(_ number: Int) -> String { "user\(number)@example.com" }

  /// A store whose temporary table has rows for so many users, loaded by the flow in the export.
  private func withLoad(
    of count: Int,
    batch: Int? = nil,
    _ body: (ProgramStore, PackRun) throws -> Void
  ) throws {
    try withProgramStore { store in
      var export = Self.pack.export
      if let batch {
        export = try Self.pack.edited("\"data\":500", to: "\"data\":\(batch)", in: store.folder)
      }
      try store.must("flow", "add", export)
      let rows = (1...count).map { "\"{\"\"email\"\": \"\"\(Self.mail($0))\"\"}\"\n" }
      let users = try store.file("users.csv", "User\n" + rows.joined())
      try store.must("table", "import", Self.table, users)
      let run = try store.runFlow(
        Self.load,
        input: "{\"Value Keys List\": [\"email\", \"lastName\"]}",
        answers: Self.answers()
      )
      try body(store, run)
    }
  }

  /// The mail addresses of a batch.
  private func mails(_ push: AskedOfConnector) -> [String] {
    push.inputs.list("Inputs/user_list_HUKKXT").map { user in
      if case .object(let user) = user { user.string("email") } else { "" }
    }
  }

  private func expectEveryUserOnce(_ pushes: [AskedOfConnector], count: Int) {
    #expect(pushes.flatMap { mails($0) } == (1...count).map { Self.mail($0) })
    for push in pushes {
      #expect(push.inputs["Inputs/value_keys_B09UMF"] == ["email", "lastName"])
      #expect(push.options["visitor_id_key_YMV9Q8"] == "email")
    }
  }

  @Test func `a table of more than one batch is pushed by one flow and by its call of itself`()
    throws
  {
    try withLoad(of: 501) { store, run in
      #expect(run.execution["status"] == "succeeded")
      let pushes = run.asked(of: Self.push)
      #expect(pushes.map { mails($0).count } == [500, 1])
      expectEveryUserOnce(pushes, count: 501)
      #expect(run.statuses(of: .text(Text(Self.load))) == ["succeeded"])
      let left = try store.cells(Self.table)
      #expect(left.isEmpty)
    }
  }

  @Test func `each call begins where the one before it ended, and the last finds nothing left`()
    throws
  {
    try withLoad(of: 7, batch: 2) { store, run in
      let pushes = run.asked(of: Self.push)
      #expect(pushes.map { mails($0).count } == [2, 2, 2, 1])
      expectEveryUserOnce(pushes, count: 7)
      let calls = run.called.filter { $0.string("flow") == Self.load }
      try #require(calls.count == 3)
      // Each was called by the one before it.
      #expect(
        calls.map { $0["parent"] }
          == [run.execution["execution"], calls[0]["execution"], calls[1]["execution"]]
      )
      let left = try store.cells(Self.table)
      #expect(left.isEmpty)
      #expect(try store.expectIdenticalReplayElsewhere() == 1)
    }
  }

  @Test func `a table of exactly one batch needs no further call`() throws {
    try withLoad(of: 3, batch: 3) { _, run in
      #expect(run.asked(of: Self.push).map { mails($0).count } == [3])
      #expect(run.statuses(of: .text(Text(Self.load))).isEmpty)
    }
  }

  @Test func `two hundred calls may follow each other, as many as a full table needs`() throws {
    try withLoad(of: 200, batch: 1) { store, run in
      #expect(run.asked(of: Self.push).count == 200)
      let left = try store.cells(Self.table)
      #expect(left.isEmpty)
    }
  }

  @Test func `all active users are streamed into the table and pushed with the fields to keep`()
    throws
  {
    let records = (1...3).map { number in
      """
      {"ID": "00u\(number)", "Raw Output": {"profile": {"email": "\(Self.mail(number))"}}}
      """
    }
    try withProgramStore { store in
      try store.must("flow", "add", Self.pack.export)
      let run = try store.runFlow(
        "[PRE] Kickoff Bulk Load - Read All Okta Users and Sync to Pendo",
        answers: Self.answers(streaming: records)
      )
      let pushes = run.asked(of: Self.push)
      #expect(pushes.map { mails($0) } == [[Self.mail(1), Self.mail(2), Self.mail(3)]])
      #expect(
        pushes.first?.inputs["Inputs/value_keys_B09UMF"]
          == ["firstName", "lastName", "login", "email"]
      )
      let left = try store.cells(Self.table)
      #expect(left.isEmpty)
    }
  }
}
