import TestSupport
import Testing
import Values

/// The public pack that reports on realms: cards stream into tables, one of them in a loop and with
/// a state.
///
/// The readme promises a report of all realms of the org and of who is assigned to each. Notes in
/// the flow say that realms are searched without conditions, that all of the table's rows are read,
/// and that two files come out, one of the realms and one of their users.
@Suite(.enabled(if: SharedData.isPresent, "needs ../shared/data"))
struct RealmReportPackTests {
  private static let pack = PublicPack(name: "generate_reports_for_okta_realms")
  private static let flow = "1.0 Get all Realms"

  private static func realm(_ id: String, _ name: String) -> String {
    """
    {"ID": "\(id)", "Profile": {"Name": "\(name)"}, "Is Default": false,
     "Raw Output": {"created": "2026-01-02T08:00:00.000Z",
                    "lastUpdated": "2026-02-01T08:00:00.000Z"}}
    """
  }

  private static func user(_ name: String, in realm: String) -> String {
    """
    {"ID": "00u-\(name)", "Login": "\(name)@example.com", "Email": "\(name)@example.com",
     "Realm ID": "\(realm)", "Status": "ACTIVE", "Last Updated": "2026-03-02T08:00:00.000Z"}
    """
  }

  private static func users(_ realm: String, _ names: String...) -> String {
    """
    {"connector": "oktarealms", "method": "listRealmUsers_tmcXa7PfAt",
     "when": {"Realm/id_2NFN8X": "\(realm)"}, "outputs": {},
     "records": [\(names.map { user($0, in: realm) }.joined(separator: ","))]}
    """
  }

  private static let answers = """
    {"answers": [
      {"connector": "oktarealms", "method": "searchRealms_P4iAKL5cJ", "outputs": {},
       "records": [\(realm("r-staff", "Staff")), \(realm("r-none", "Empty")),
                   \(realm("r-partners", "Partners"))]},
      \(users("r-staff", "mara", "jonas")), \(users("r-none")), \(users("r-partners", "ines"))
    ]}
    """

  private func expectReport(in store: ProgramStore) throws {
    let realms = try store.cells("Okta Realms")
    #expect(realms.map { $0.string("Realm ID") } == ["r-staff", "r-none", "r-partners"])
    #expect(realms.map { $0.string("Realm Name") } == ["Staff", "Empty", "Partners"])
    let users = try store.cells("Okta Realms Users")
    #expect(users.map { $0.string("ID") } == ["00u-mara", "00u-jonas", "00u-ines"])
    #expect(users.map { $0.string("Realm ID") } == ["r-staff", "r-staff", "r-partners"])
    // The record knows its realm's id only; the name came along as state.
    #expect(users.map { $0.string("Realm Name") } == ["Staff", "Staff", "Partners"])
  }

  @Test func `each realm is in one table, and each of its users with its name in the other`()
    throws
  {
    try withProgramStore { store in
      try store.must("flow", "add", Self.pack.export)
      let run = try store.runFlow(Self.flow, answers: Self.answers)
      #expect(run.execution["status"] == "succeeded")
      #expect(
        run.asked(of: "oktarealms:listRealmUsers_tmcXa7PfAt")
          .map { $0.inputs.string("Realm/id_2NFN8X") } == ["r-staff", "r-none", "r-partners"]
      )
      try expectReport(in: store)
      let files = run.asked(of: "stash:exportToCSV").map { $0.inputs.string("File/Filename") }
      try #require(files.count == 2)
      #expect(files[0].hasSuffix("-Realms.csv") && files[1].hasSuffix("-Realms-Users.csv"))
      let search = try run.step("oktarealms:searchRealms_P4iAKL5cJ")
      #expect(search.object("outputs")["Result/Records Streamed"] == 3)
      #expect(try store.expectIdenticalReplayElsewhere() == 1)
    }
  }

  @Test func `the next report has nothing of the last one`() throws {
    try withProgramStore { store in
      try store.must("flow", "add", Self.pack.export)
      for _ in 1...2 { _ = try store.runFlow(Self.flow, answers: Self.answers) }
      try expectReport(in: store)
      #expect(try store.expectIdenticalReplayElsewhere() == 2)
    }
  }
}
