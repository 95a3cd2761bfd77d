import TestSupport
import Testing
import Values

/// Messages name the file, the place in it, and what to do.
@Suite struct MessageTests {
  @Test func `each left out line is named with file, line and reason, and the rest is kept`() throws
  {
    try withProgramStore { store in
      let file = store.folder + "/lines.ndjson"
      try write("{\"uuid\":\"a\"}\n{\"uuid\":\n\n{\"uuid\":\"b\"}\nnot json\n", to: file)
      let run = try store.run("ingest", "--json", file)
      #expect(run.status == 2)
      #expect(["appended", "rejected"].map(try run.firstObject().count) == [2, 2], "\(run)")
      #expect(run.messages.contains("\(file):2: "))
      #expect(run.messages.contains("\(file):5: "))
    }
  }

  /// A file that cannot be used, and what the message about it must hold.
  struct Unusable: Sendable, CustomTestStringConvertible {
    let holds: String
    let command: [String]
    let says: [String]
    var testDescription: String { "\(command[0]) \(holds.prefix(40))" }
  }

  @Test(arguments: [
    Unusable(holds: "{}", command: ["flow", "add"], says: ["\"data\"", "Export the flow again"]),
    Unusable(holds: "{\"data\":", command: ["flow", "add"], says: ["JSON"]),
    Unusable(
      holds: "{\n\"answers\":[\n{\"connector\":\"slack\",\"whan\":{}}]}",
      command: ["run", "Google", "--answers"],
      says: ["answers[0]", "whan"]
    ),
    Unusable(
      holds: "{\n  \"answers\": nothing\n}",
      command: ["run", "Google", "--answers"],
      says: ["line 2"]
    ),
    Unusable(
      holds: "{\"name\":\"a\",\"fliter\":\"x\"}",
      command: ["ingest", "-", "--hook"],
      says: ["fliter"]
    ),
    Unusable(
      holds: "{\"name\":\"a\",\n\"flow\":}",
      command: ["ingest", "-", "--hook"],
      says: ["line 2"]
    ),
    Unusable(
      holds: "{\n\"body\": }",
      command: ["run", "Google", "--answers", "typed", "--input"],
      says: ["line 2"]
    ),
  ])
  func `a file that cannot be used is named with the place and the remedy`(_ file: Unusable) throws
  {
    try withProgramStore { store in
      let pack = Fixtures.path("flows/google-form.flopack")
      try store.must("flow", "add", pack)
      let path = store.folder + "/unusable.json"
      try write(file.holds, to: path)
      let name = file.command.map { $0 == "Google" ? "New starter from a Google form" : $0 }
      let run = try ProgramRun(["--store", store.path] + name + [path])
      #expect(run.status == 1 || (run.status == 2 && file.command[0] == "flow"), "\(run)")
      for part in [path] + file.says { #expect(run.messages.contains(part), "\(run)") }
    }
  }

  @Test func `a file that is not there is named with the system's reason`() throws {
    try withProgramStore { store in
      try store.must("flow", "add", Fixtures.path("flows/google-form.flopack"))
      let absent = store.folder + "/absent.json"
      for words in [
        ["ingest", absent], ["flow", "add", absent], ["ingest", "--hook", absent, "-"],
        ["run", "New starter from a Google form", "--answers", absent],
        ["run", "New starter from a Google form", "--answers", "typed", "--input", absent],
      ] {
        let run = try ProgramRun(["--store", store.path] + words)
        #expect(run.status != 0, "\(run)")
        #expect(run.messages.contains("\(absent)"), "\(run)")
        #expect(run.messages.contains("No such file or directory"), "\(run)")
      }
    }
  }

  @Test func `a request without an answer shows the entry to add`() throws {
    let store = try ToldStore.store.get()
    try withTemporaryFolder { folder in
      let own = ProgramStore(path: folder + "/store", folder: folder)
      try own.must("flow", "add", Fixtures.path("flows/google-form.flopack"))
      let run = try own.run(
        "run",
        "New starter from a Google form",
        "--input",
        "{\"Work mail\":\"ada@example.com\",\"First name\":\"Ada\",\"Last name\":\"Novak\"}"
      )
      #expect(run.status == 1)
      for part in [
        "Create User", "okta:createUser", "Profile/login: \"ada@example.com\"",
        "{\"connector\":\"okta\",\"method\":\"createUser\",\"outputs\":", "--answers typed",
      ] {
        #expect(run.messages.contains(part), "\(part) is missing: \(run)")
      }
    }
    let unknown = try store.run("run", "Nobody's flow", "--answers", "typed")
    #expect(unknown.messages.contains("no flow is called Nobody's flow. `auditcli flow list`"))
  }

  @Test func `an ambiguous name fails with its candidates`() throws {
    try withProgramStore { store in
      try store.must("flow", "add", Fixtures.path("flows/google-form.flopack"))
      // The same flow from another org: another id, one name.
      let bytes = try Fixtures.bytes("flows/google-form.flopack")
      let flows = try store.must("flow", "list", "--json").objects()
      let id = try #require(flows.first).string("flow")
      let other = String(id.reversed().map { $0 == "-" ? "-" : $0 })
      let twin = String(decoding: bytes, as: UTF8.self).replacing(id, with: Self.shaped(other))
      try write(twin, to: store.folder + "/twin.flopack")
      try store.must("flow", "add", store.folder + "/twin.flopack")
      let run = try store.run("run", "New starter from a Google form", "--answers", "typed")
      #expect(run.status == 1, "\(run)")
      #expect(run.messages.contains(id) && run.messages.contains(Self.shaped(other)), "\(run)")
    }
  }

  /// The hexadecimal digits in the shape of a uuid.
  private static func shaped(_ text: String) -> String {
    let digits = text.filter { $0 != "-" }
    var shaped = ""
    for (place, digit) in digits.enumerated() {
      if [8, 12, 16, 20].contains(place) { shaped += "-" }
      shaped.append(digit)
    }
    return shaped
  }
}
