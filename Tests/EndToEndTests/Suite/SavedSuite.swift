import Foundation
import TestSupport
import Testing
import Values

/// A suite of the demo's executions, in a fresh folder.
struct SavedSuite {
  /// The version that the demo switched to.
  static let export = Fixtures.path("flows/breached-password-v2.flopack")

  /// The folder of the suite, in a folder of its own.
  let path: String
  let folder: String

  /// Saves the demo's executions for the length of `body`.
  static func with(_ body: (SavedSuite) throws -> Void) throws {
    let store = try ToldStore.store.get()
    try withTemporaryFolder { folder in
      let suite = SavedSuite(path: folder + "/suite", folder: folder)
      let saved = try store.run("replay", "--all", "--save-suite", suite.path)
      try #require(saved.status == 0, "\(saved)")
      try body(suite)
    }
  }

  /// Replays the suite where no store is.
  func replay(
    _ words: String...,
    environment: [String: String] = [:]
  ) throws -> ProgramRun {
    try replay(words, environment: environment)
  }

  /// Replays the suite where no store is.
  func replay(
    _ words: [String],
    environment: [String: String] = [:]
  ) throws -> ProgramRun {
    try ProgramRun(
      ["replay", "--suite", path] + words,
      in: folder,
      environment: environment
    )
  }

  /// Writes a file beside the suite, and returns its path.
  func file(_ name: String, _ text: String) throws -> String {
    try write(text, to: folder + "/" + name)
    return folder + "/" + name
  }

  /// An export in which one text is replaced.
  func edited(_ text: String, to other: String) throws -> String {
    let export = try String(contentsOfFile: Self.export, encoding: .utf8)
    try #require(export.contains(text))
    return try file("edited.flopack", export.replacing(text, with: other))
  }

  /// The names of all files in it, sorted.
  var names: [String] {
    get throws { try Self.names(in: path) }
  }

  static func names(in folder: String) throws -> [String] {
    try FileManager.default.subpathsOfDirectory(atPath: folder).filter {
      var isFolder: ObjCBool = false
      _ = FileManager.default.fileExists(atPath: folder + "/" + $0, isDirectory: &isFolder)
      return !isFolder.boolValue
    }.sorted()
  }

  func text(_ name: String) throws -> String {
    try String(contentsOfFile: path + "/" + name, encoding: .utf8)
  }

  /// The first recording's file.
  var recording: String {
    get throws { try #require(try names.first { $0.hasPrefix("recordings/") }) }
  }

  /// Rewrites a file and its line in the list of files, as somebody would who hides an edit.
  func forge(_ name: String, _ change: (String) -> String) throws {
    let former = try text(name)
    let forged = change(former)
    try write(forged, to: path + "/" + name)
    let list = try text("suite.jsonl")
    let lines = try list.split(separator: "\n").map { line -> String in
      guard line.contains("\"\(name)\"") else { return String(line) }
      let digest = try Command.output(["sha256sum", path + "/" + name]).prefix(64)
      return #"{"file":"\#(name)","bytes":\#(forged.utf8.count),"sha256":"\#(digest)"}"#
    }
    try write(lines.map { $0 + "\n" }.joined(), to: path + "/suite.jsonl")
  }
}
