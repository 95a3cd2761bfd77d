import Foundation
import TestSupport
import Testing

/// `diff --report`: what is in the files, and how they come to be.
@Suite struct ReportTests {
  private static let versions = ["Breached credential@1", "Breached credential@2"]

  /// The demo's comparison with more words, in a folder for its reports.
  private func withReport(
    _ words: [String],
    _ body: (ProgramRun, _ folder: String) throws -> Void
  ) throws {
    let store = try ToldStore.store.get()
    try withTemporaryFolder { folder in
      let words = words.map { $0.replacing("FOLDER", with: folder) }
      try body(try store.run(["diff"] + Self.versions + words), folder)
    }
  }

  private func text(_ file: String) throws -> String {
    try String(contentsOfFile: file, encoding: .utf8)
  }

  private func files(in folder: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
  }

  @Test(arguments: ["md", "html"])
  func `the report is the kept one`(_ ending: String) throws {
    try withReport(["--report", "FOLDER/report.\(ending)"]) { run, folder in
      #expect(run.status == 2, "\(run)")
      #expect(run.messages.contains("Wrote \(folder)/report.\(ending)."))
      var masks = Masks(store: try ToldStore.store.get().path)
      try Snapshot(name: "report-\(ending)").expect(
        masks.masked(try text(folder + "/report.\(ending)"))
      )
    }
  }

  @Test func `several reports tell the same, and the same comparison is the same file`() throws {
    let names = ["a.md", "b.MD", "c.html", "d.html"]
    try withReport(names.flatMap { ["--report", "FOLDER/\($0)"] }) { _, folder in
      let texts = try names.map { try text("\(folder)/\($0)") }
      #expect(texts[0] == texts[1])
      #expect(texts[2] == texts[3])
      #expect(try files(in: folder) == names.sorted(), "no draft is left")
    }
  }

  @Test func `a report tells of what --only shows, and its table counts all`() throws {
    try withReport(["--only", "changed", "--report", "FOLDER/r.md"]) { run, folder in
      let report = try text(folder + "/r.md")
      #expect(report.contains("Below are 1 of them: **changed**"), "\(report)")
      #expect(report.contains("| fixed | 2 | 0 | 2 | 0 |"), "\(report)")
      #expect(!report.contains("2 × **fixed**"), "\(report)")
      #expect(run.lines.contains("1 of 6 shown: changed"), "\(run)")
    }
  }

  @Test func `a comparison of nothing has a report that says so`() throws {
    let filter = #"displayMessage eq "</script>""#
    try withReport(["--over", filter, "--report", "FOLDER/r.html"]) { run, folder in
      #expect(run.status == 0, "\(run)")
      let page = try Markup(try text(folder + "/r.html"))
      #expect(page.text.contains("Nothing was compared."))
      #expect(page.text.contains(filter))
    }
  }

  @Test(arguments: ["report.pdf", "report", ".md", "html"])
  func `a name with another ending is refused`(_ name: String) throws {
    try withReport(["--report", "FOLDER/\(name)"]) { run, folder in
      #expect(run.status == 64, "\(run)")
      #expect(run.messages.contains("ends with .md or .html"), "\(run)")
      let written = try files(in: folder)
      #expect(written.isEmpty)
    }
  }

  @Test func `what cannot be written is told before anything is compared`() throws {
    try withReport(["--report", "FOLDER/nowhere/r.md"]) { run, folder in
      #expect(run.status == 1, "\(run)")
      #expect(run.output.isEmpty)
      #expect(run.messages.contains("there is no folder"), "\(run)")
      try FileManager.default.createDirectory(
        atPath: folder + "/r.md",
        withIntermediateDirectories: false
      )
      let store = try ToldStore.store.get()
      let onFolder = try store.run(["diff"] + Self.versions + ["--report", folder + "/r.md"])
      #expect(onFolder.status == 1)
      #expect(onFolder.messages.contains("is a folder"), "\(onFolder)")
    }
  }

  @Test func `where a report cannot be written whole, the former one stays`() throws {
    let store = try ToldStore.store.get()
    try withTemporaryFolder { folder in
      let file = folder + "/r.html"
      try write("the former one", to: file)
      let run = try store.run(
        ["diff"] + Self.versions + ["--report", file],
        launcher: ["/bin/bash", "-c", "trap '' XFSZ; ulimit -f 4; exec \"$0\" \"$@\""]
      )
      #expect(run.status == 1, "\(run)")
      #expect(run.messages.contains("cannot be written"), "\(run)")
      #expect(try text(file) == "the former one")
      #expect(try files(in: folder) == ["r.html"])
    }
  }

  @Test func `a link stays a link, and the file that it leads to is written`() throws {
    let store = try ToldStore.store.get()
    try withTemporaryFolder { folder in
      let files = FileManager.default
      try write("old", to: folder + "/target")
      try files.createSymbolicLink(
        atPath: folder + "/r.md",
        withDestinationPath: folder + "/target"
      )
      try store.run(["diff"] + Self.versions + ["--report", folder + "/r.md"])
      #expect(try text(folder + "/target").hasPrefix("# `Breached"))
      let target = try files.destinationOfSymbolicLink(atPath: folder + "/r.md")
      #expect(target == folder + "/target")
    }
  }
}
