import Foundation
import TestSupport
import Testing
import Values

/// What people do with tables: bring rows along, look, see who changed what, take them out.
@Suite struct TableCommandTests {
  private func withTable(_ body: (ProgramStore) throws -> Void) throws {
    try withProgramStore { store in
      try store.must("flow", "add", Fixtures.path("flows/slack-new-message.flopack"))
      try body(store)
    }
  }

  private func file(_ text: String, in store: ProgramStore) throws -> String {
    let path = store.path + ".csv"
    try text.write(toFile: path, atomically: true, encoding: .utf8)
    return path
  }

  @Test func `rows that are imported are read by flows, changed by them, and exported again`()
    throws
  {
    try withTable { store in
      let file = try file("Slack user,Text\nU1,\"a, b\"\nU2,=1\n", in: store)
      let made = try store.must(
        ["--actor", "mara", "--json", "table", "import", "Access requests", file]
      )
      #expect(try made.firstObject()["imported"] == 2)
      try store.must(
        "ingest",
        "--start",
        "--answers",
        "typed",
        Fixtures.path("events/slack-message.json")
      )
      let rows = try store.must("--json", "table", "show", "Access requests").objects().dropLast()
      #expect(rows.map { $0.string("row") } == ["1", "2", "3"])
      let changes = try store.must("--json", "table", "history", "Access requests", "--row", "1")
      #expect(try changes.firstObject().string("actor") == "mara")
      #expect(try changes.firstObject().string("change") == "created")
      let latest = try store.must("--json", "table", "history", "Access requests").firstObject()
      #expect(latest.has("execution"))
      #expect(latest.has("step"))
      let csv = try store.must(
        ["table", "export", "Access requests", "--where", "Slack user = U1"]
      )
      #expect(csv.output == "Slack user,Text,Message\nU1,\"a, b\",\n")
      let guarded = try store.must("table", "export", "Access requests", "--limit", "2")
      #expect(guarded.output.contains("U2,'=1,"))
      let raw = try store.must("table", "export", "Access requests", "--limit", "2", "--raw")
      #expect(raw.output.contains("U2,=1,"))
      let list = try store.must("--json", "table", "list").firstObject()
      #expect(list["rows"] == 3)
      #expect(list["events"] == 3)
      let before = try store.must(
        ["--json", "table", "show", "Access requests", "--as-of", "0"]
      )
      #expect(try before.objects().count == 1)
      #expect(try store.run(["verify", "--deep"]).status == 3)
    }
  }

  @Test(arguments: [
    ("", "line 1: the file has no header"), ("Slack user,Nope\na,b\n", "no column \"Nope\""),
    ("Text,Text\n", "stands twice"), ("Text\na\nb,c\n", "line 3: 2 cells stand below 1 columns"),
    ("Text\n\"a\n", "line 2: a quote is never closed"),
  ])
  func `a file that does not fit is refused whole, with the line`(
    _ text: String,
    _ says: String
  ) throws {
    try withTable { store in
      let path = try file(text, in: store)
      let run = try store.run(["table", "import", "Access requests", path])
      #expect(run.status == 1)
      #expect(run.messages.contains(says), "\(run)")
      #expect(run.messages.contains("Nothing was imported."))
      #expect(try store.must("--json", "table", "list").firstObject()["rows"] == 0)
    }
  }

  @Test(arguments: [
    (["table", "show", "Nope"], "no table is called Nope"),
    (["table", "show", "Access requests", "--where", "Nope = 1"], "Rows have Slack user, Text"),
    (["table", "show", "Access requests", "--sort", "Nope"], "the table has no column \"Nope\""),
    (["table", "show", "Access requests", "--as-of", "999999"], "--as-of takes at most that"),
  ])
  func `what a table does not have is named`(_ words: [String], _ says: String) throws {
    try withTable { store in
      let run = try store.run(words)
      #expect(run.status == 1)
      #expect(run.messages.contains(says), "\(run)")
    }
  }
}
