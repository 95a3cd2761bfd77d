import Foundation
import TestSupport
import Testing

/// What somebody did to a suite is told with the file, the place and the remedy.
@Suite struct DamagedSuiteTests {
  /// A damage and what is said of it; `RECORDING` stands for the file of a recording.
  struct Damage: Sendable, CustomTestStringConvertible {
    let name: String
    let says: [String]
    let cause: @Sendable (SavedSuite) throws -> Void
    var testDescription: String { name }

    init(
      _ name: String,
      says: String...,
      by cause: @escaping @Sendable (SavedSuite) throws -> Void
    ) {
      (self.name, self.says, self.cause) = (name, says, cause)
    }
  }

  private static let remedy = "save the suite again with `auditcli replay --save-suite`"

  private static let changed: [Damage] = [
    Damage("a text was edited", says: "RECORDING: it was changed", remedy) { suite in
      let text = try suite.text(try suite.recording)
      try write(text.replacing("succeeded", with: "secceeded"), to: path(suite))
    },
    Damage("a recording was cut off within a line", says: "RECORDING:", "cut short", remedy) {
      suite in
      try write(String(try suite.text(try suite.recording).dropLast(40)), to: path(suite))
    },
    Damage("lines of a recording are missing", says: "RECORDING: it was changed", "less") {
      suite in
      let lines = try suite.text(try suite.recording).split(separator: "\n").dropLast(2)
      try write(lines.joined(separator: "\n") + "\n", to: path(suite))
    },
    Damage("a line is no JSON", says: "RECORDING:2: the line is no JSON object", remedy) {
      suite in
      var lines = try suite.text(try suite.recording).split(separator: "\n").map(String.init)
      lines[1] = String(lines[1].dropFirst())
      try write(lines.joined(separator: "\n") + "\n", to: path(suite))
    },
    Damage("a recording is missing", says: "RECORDING: it is missing", remedy) { suite in
      try FileManager.default.removeItem(atPath: path(suite))
    },
    Damage("the list is missing", says: "suite.jsonl: it is not there") { suite in
      try FileManager.default.removeItem(atPath: suite.path + "/suite.jsonl")
    },
    Damage("the list was cut off", says: "suite.jsonl:1: files: there are", remedy) { suite in
      let lines = try suite.text("suite.jsonl").split(separator: "\n").dropLast()
      try write(lines.joined(separator: "\n") + "\n", to: suite.path + "/suite.jsonl")
    },
    Damage("the suite is of another format", says: "suite.jsonl:1: format: this program reads") {
      suite in
      let list = try suite.text("suite.jsonl").replacing("suite/1", with: "suite/9")
      try write(list, to: suite.path + "/suite.jsonl")
    },
    Damage("the list has no size", says: "suite.jsonl:2: bytes: it must be a whole number") {
      suite in
      let list = try suite.text("suite.jsonl").replacing("\"bytes\"", with: "\"octets\"")
      try write(list, to: suite.path + "/suite.jsonl")
    },
  ]

  private static let foreign: [Damage] = [
    Damage("a file was added", says: "recordings/more.jsonl: it is no file of the suite", "Move") {
      try write("{}\n", to: $0.path + "/recordings/more.jsonl")
    },
    Damage("a note was added", says: "README.md: it is no file of the suite", "Move") {
      try write("Ours", to: $0.path + "/README.md")
    },
    Damage("a folder was added", says: "more: it is no file of the suite") {
      try folder($0.path + "/more")
    },
    Damage("a file is a link", says: "RECORDING: it is no file of the suite") { suite in
      let (files, path) = (FileManager.default, try path(suite))
      try files.moveItem(atPath: path, toPath: suite.folder + "/elsewhere")
      try files.createSymbolicLink(
        atPath: path,
        withDestinationPath: suite.folder + "/elsewhere"
      )
    },
    Damage("a folder is a link", says: "recordings: it is no file of the suite") { suite in
      let files = FileManager.default
      try files.moveItem(atPath: suite.path + "/recordings", toPath: suite.folder + "/elsewhere")
      try files.createSymbolicLink(
        atPath: suite.path + "/recordings",
        withDestinationPath: suite.folder + "/elsewhere"
      )
    },
    Damage("a file is a pipe", says: "RECORDING: it is no file of the suite") { suite in
      let path = try path(suite)
      try FileManager.default.removeItem(atPath: path)
      _ = try Command.output(["mkfifo", path])
    },
    Damage("a name leads out of the folder", says: "suite.jsonl:", "file: no file of a suite") {
      suite in
      let list = try suite.text("suite.jsonl")
        .replacing(try suite.recording, with: "recordings/../../secret.jsonl")
      try write(list, to: suite.path + "/suite.jsonl")
    },
    Damage("a name is absolute", says: "suite.jsonl:", "file: no file of a suite") { suite in
      let list = try suite.text("suite.jsonl")
        .replacing(try suite.recording, with: "/etc/passwd")
      try write(list, to: suite.path + "/suite.jsonl")
    },
  ]

  private static let forged: [Damage] = [
    Damage("a type was forged", says: "RECORDING:", "type: no event of a recording") { suite in
      try suite.forge(try suite.recording) {
        $0.replacing("\"step.completed\"", with: "\"step.done\"")
      }
    },
    Damage("a member was taken out", says: "RECORDING:", "data: no text \"card\"") { suite in
      try suite.forge(try suite.recording) { $0.replacing("\"card\":", with: "\"kard\":") }
    },
    Damage("an execution was renamed", says: "RECORDING:", "data.execution: the file is called") {
      suite in
      try suite.forge(try suite.recording) {
        $0.replacing("\"data\":{\"execution\":\"", with: "\"data\":{\"execution\":\"../../x")
      }
    },
    Damage("a flow was edited", says: "flows/", "its flow has another hash") { suite in
      let flow = try #require(try suite.names.first { $0.hasPrefix("flows/") })
      try suite.forge(flow) { $0.replacing("Breached", with: "Breeched") }
    },
    Damage("a position stands twice", says: "RECORDING:", "position: it must be larger") {
      suite in
      try suite.forge(try suite.recording) { text in
        let lines = text.split(separator: "\n").map(String.init)
        return (lines + [lines[lines.count - 1]]).map { $0 + "\n" }.joined()
      }
    },
    Damage("a recording is empty", says: "RECORDING: it has no recording") { suite in
      try suite.forge(try suite.recording) { _ in "" }
    },
    Damage("there is no recording", says: "suite.jsonl:1: recordings: the suite has no recordings")
    { suite in
      try FileManager.default.removeItem(atPath: suite.path + "/recordings")
      try folder(suite.path + "/recordings")
      let lines = try suite.text("suite.jsonl").split(separator: "\n").filter {
        !$0.contains("recordings/")
      }
      let head = #"{"format":"auditcli-suite/1","recordings":0,"files":\#(lines.count - 1)}"#
      let list = [head] + lines.dropFirst().map(String.init)
      try write(list.map { $0 + "\n" }.joined(), to: suite.path + "/suite.jsonl")
    },
  ]

  private static func path(_ suite: SavedSuite) throws -> String {
    try suite.path + "/" + suite.recording
  }

  private static func folder(_ path: String) throws {
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  @Test(arguments: changed + foreign + forged)
  func `a damage is an error that says where it is`(_ damage: Damage) throws {
    try SavedSuite.with { suite in
      let recording = try suite.recording
      try damage.cause(suite)
      for words in [[], ["--with", SavedSuite.export]] {
        let run = try ProgramRun(["replay", "--suite", suite.path] + words)
        #expect(run.status == 1, "\(run)")
        for part in damage.says {
          let text = part.replacing("RECORDING", with: recording)
          #expect(run.messages.contains(text), "\(text): \(run)")
        }
      }
    }
  }

  @Test func `a folder that is not there, and a file, are no suites`() throws {
    try withTemporaryFolder { folder in
      let none = try ProgramRun(["replay", "--suite", folder + "/none"])
      #expect(none.status == 1)
      #expect(none.messages.contains("there is no such folder"), "\(none)")
      try write("x", to: folder + "/file")
      let file = try ProgramRun(["replay", "--suite", folder + "/file"])
      #expect(file.status == 1)
      #expect(file.messages.contains("is no folder"), "\(file)")
    }
  }
}
