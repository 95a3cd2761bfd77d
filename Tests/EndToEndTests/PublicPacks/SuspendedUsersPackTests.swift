import Foundation
import TestSupport
import Testing
import Values

/// The public pack that deactivates users who have been suspended for long, told one by one to a
/// helper by a card that streams.
///
/// The readme says: on a schedule, suspended users whose status changed a number of days ago or
/// earlier are searched and streamed to a helper, which deactivates each. As delivered, a Continue
/// If in the helper stops it before that; who has tested the pack takes the card away. The flow has
/// thirty days.
@Suite(.enabled(if: SharedData.isPresent, "needs ../shared/data"))
struct SuspendedUsersPackTests {
  private static let pack = PublicPack(name: "scheduled_deactivation_of_suspended_okta_users_aft")
  private static let flow = "Deactivate Suspended Users after x Days"

  private func withRun(
    of export: (ProgramStore) throws -> String,
    streaming records: String,
    _ body: (ProgramStore, PackRun) throws -> Void
  ) throws {
    let answers = """
      {"answers": [
        {"connector": "okta", "method": "listUsersWithSearch", "outputs": {},
         "records": [\(records)]},
        {"connector": "okta", "method": "deactivateUser", "outputs": {}}
      ]}
      """
    try withProgramStore { store in
      try store.must("flow", "add", try export(store))
      try body(store, try store.runFlow(Self.flow, answers: answers))
    }
  }

  private static let two = """
    {"ID": "00uMARA", "Login": "mara@example.com", "Status": "SUSPENDED"},
    {"ID": "00uJONAS", "Login": "jonas@example.com", "Status": "SUSPENDED"}
    """

  @Test func `who was suspended thirty days ago or earlier is searched for, and handed over`()
    throws
  {
    try withRun(of: { _ in Self.pack.export }, streaming: Self.two) { store, run in
      #expect(run.execution["status"] == "succeeded")
      // The card in the way: nobody is deactivated.
      try #require(run.effects.map(\.name) == ["okta:listUsersWithSearch"])
      #expect(run.effects[0].inputs["Inputs/status"] == "SUSPENDED")
      let day = try Self.day(30, before: try run.step("date:now").object("outputs").string("date"))
      #expect(
        run.effects[0].inputs.string("Inputs/Custom Search Criteria")
          == "statusChanged le \"\(day)T00:00:00.000Z\""
      )
      #expect(run.called.map { $0.string("status") } == ["stopped", "stopped"])
      let handed = run.steps("control:callable", below: try run.step("okta:listUsersWithSearch"))
      #expect(
        handed.map { $0.object("outputs").object("Record").string("ID") } == [
          "00uMARA", "00uJONAS",
        ]
      )
      #expect(try store.expectIdenticalReplayElsewhere() == 1)
    }
  }

  @Test func `once the card lets them through, each is deactivated, the first one first`() throws {
    // The condition is one number compared with another; taking the card away would do the same.
    let right = "\"data\":2,\"available\""
    let opened = { (store: ProgramStore) in
      try Self.pack.edited(right, to: "\"data\":1,\"available\"", in: store.folder)
    }
    try withRun(of: opened, streaming: Self.two) { store, run in
      #expect(run.execution["status"] == "succeeded")
      let asked = run.asked(of: "okta:deactivateUser")
      #expect(asked.map { $0.inputs.string("User/id") } == ["00uMARA", "00uJONAS"])
      #expect(run.effects.count == 3)
      #expect(run.called.map { $0.string("status") } == ["succeeded", "succeeded"])
      let identical = try store.expectIdenticalReplayElsewhere()
      #expect(identical == 1)
    }
  }

  @Test func `where nobody was suspended for that long, no helper runs`() throws {
    try withRun(of: { _ in Self.pack.export }, streaming: "") { _, run in
      #expect(run.execution["status"] == "succeeded")
      #expect(run.called.isEmpty)
    }
  }

  /// The day, in UTC, that is a number of days before a time.
  private static func day(_ days: Int, before time: String) throws -> String {
    let format = ISO8601DateFormatter()
    format.formatOptions = [.withFullDate]
    let today = try #require(format.date(from: String(time.prefix(10))))
    return format.string(from: today.addingTimeInterval(-86_400 * Double(days)))
  }
}
