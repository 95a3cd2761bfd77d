import TestSupport
import Testing
import Values

/// The public pack that sets up who is on call in Opsgenie, whose schedule is made with a Map.
///
/// The readme says: the first flow makes a team and adds two members, each by username, then hands
/// the team's name to the second, which also runs alone. It makes a schedule under the team,
/// reads the team, makes one participant of each of its members, makes a daily rotation with all of
/// them that starts today, and sends one mail to all their usernames, which it takes for addresses.
///
/// The flow that makes a participant has no Return card; what its last card built is the entry.
@Suite(.enabled(if: SharedData.isPresent, "needs ../shared/data"))
struct OnCallPackTests {
  private static let pack = PublicPack(name: "manage_oncall_rotation_and_schedules_with_opsgenie")

  /// Three members; each participant is answered by its username, so that a mix-up would show.
  private static let answers: String = {
    let names = ["mara", "jonas", "ines"]
    let members = names.map { name in
      "{\"User ID\": \"id-\(name)\", \"Username\": \"\(name)@example.com\", \"Role\": \"User\"}"
    }
    let participants = names.map { name in
      """
      {"connector": "opsgenie", "method": "buildParticipantObject",
       "when": {"Participant/identifier": "\(name)@example.com"},
       "outputs": {"Result/Participant": {"type": "user", "username": "\(name)@example.com"}}},
      """
    }
    return """
      {"answers": [
        \(participants.joined(separator: "\n"))
        {"connector": "opsgenie", "method": "createTeam", "outputs": {"Team/Name": "First Line"}},
        {"connector": "opsgenie", "method": "addTeamMember", "outputs": {}},
        {"connector": "opsgenie", "method": "createSchedule", "outputs": {}},
        {"connector": "opsgenie", "method": "readTeam",
         "outputs": {"Team/Members": [\(members.joined(separator: ", "))]}},
        {"connector": "opsgenie", "method": "createScheduleRotation",
         "outputs": {"Rotation/Name": "Nights"}},
        {"connector": "gmail", "method": "sendEmail2", "outputs": {}}
      ]}
      """
  }()

  private static let ofTheSchedule =
    ["opsgenie:createSchedule", "opsgenie:readTeam"]
    + Array(repeating: "opsgenie:buildParticipantObject", count: 3)
    + ["opsgenie:createScheduleRotation", "gmail:sendEmail2"]

  private func withRun(
    of flow: String,
    input: String? = nil,
    _ body: (ProgramStore, PackRun) throws -> Void
  ) throws {
    try withProgramStore { store in
      try store.must("flow", "add", Self.pack.export)
      try body(store, try store.runFlow(flow, input: input, answers: Self.answers))
    }
  }

  /// What the second flow asks, whoever called it.
  private func expectSchedule(_ asked: ArraySlice<AskedOfConnector>, for team: Value) throws {
    let asked = Array(asked)
    try #require(asked.map(\.name) == Self.ofTheSchedule)
    #expect(asked[0].inputs["Schedule Info/ownerTeam"] == team)
    #expect(asked[1].inputs["Team/identifier"] == team)
    let usernames: Value = ["mara@example.com", "jonas@example.com", "ines@example.com"]
    let built = asked[2..<5].compactMap { $0.inputs["Participant/identifier"] }
    #expect(Value.list(built) == usernames)
    let participants: Value = [
      ["type": "user", "username": "mara@example.com"],
      ["type": "user", "username": "jonas@example.com"],
      ["type": "user", "username": "ines@example.com"],
    ]
    let rotation = asked[5].inputs
    #expect(rotation["Rotation/participants"] == participants)
    #expect(rotation["Rotation/scheduleIdentifier"] == asked[0].inputs["Schedule Info/name"])
    #expect(rotation["Rotation/type"] == "daily")
    #expect(asked[6].inputs["Email/To"] == usernames)
    #expect(asked[6].inputs.string("Email/Subject").contains("Nights"))
  }

  @Test func `every member of the new team takes part in the rotation, in the team's order`()
    throws
  {
    try withRun(of: "Create Team/Add Team Member") { store, run in
      #expect(run.execution["status"] == "succeeded")
      try #require(run.effects.count == 3 + Self.ofTheSchedule.count)
      let makingTheTeam = run.effects.prefix(3)
      #expect(
        makingTheTeam.map(\.name) == [
          "opsgenie:createTeam", "opsgenie:addTeamMember", "opsgenie:addTeamMember",
        ]
      )
      let team = makingTheTeam[0].inputs["Team/name"]
      for added in makingTheTeam.dropFirst() {
        #expect(added.inputs["Info/teamIdentifier"] == team)
        #expect(added.options["userIdentifierType"] == "Username")
      }
      // The name goes on as Opsgenie gave it back, not as it was asked for.
      try expectSchedule(run.effects.dropFirst(3), for: "First Line")
      #expect(run.statuses(of: "participantBuilder") == ["succeeded", "succeeded", "succeeded"])
      #expect(try store.expectIdenticalReplayElsewhere() == 1)
    }
  }

  @Test func `the schedule is made alone too, for the team that is typed in, from today`() throws {
    try withRun(of: "Create Schedule/Rotation", input: "{\"Team Name\": \"Night Shift\"}") {
      _,
      run in
      #expect(run.execution["status"] == "succeeded")
      try expectSchedule(run.effects[...], for: "Night Shift")
      let now = try #require(run.steps.first { $0["address"] == "date:now" })
      let rotation = try #require(run.asked(of: "opsgenie:createScheduleRotation").first)
      #expect(rotation.inputs.has("Rotation/startDate"))
      #expect(rotation.inputs["Rotation/startDate"] == now.object("outputs")["date"])
      let map = try run.step("list:map")
      #expect(map.object("outputs").list("new list").count == 3)
    }
  }
}
