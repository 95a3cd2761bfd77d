import Foundation
import TestSupport
import Testing

/// A folder has the former suite or the new one, whatever happens meanwhile.
@Suite struct SuiteSavingTests {
  @Test func `a suite is replaced by the next, and no file of it is left`() throws {
    let store = try ToldStore.store.get()
    try SavedSuite.with { suite in
      let all = try suite.names
      let one = try ToldStore.executions.get()[0]
      try store.must("replay", one, "--save-suite", suite.path)
      let names = try suite.names
      #expect(names.filter { $0.hasPrefix("recordings/") } == ["recordings/\(one).jsonl"])
      try store.must("replay", "--all", "--save-suite", suite.path)
      #expect(try suite.names == all)
      let beside = try FileManager.default.contentsOfDirectory(atPath: suite.folder)
      #expect(beside == ["suite"], "no draft is left")
    }
  }

  @Test func `a damaged suite is replaced too`() throws {
    let store = try ToldStore.store.get()
    try SavedSuite.with { suite in
      try write("", to: suite.path + "/" + suite.recording)
      try store.must("replay", "--all", "--save-suite", suite.path)
      let run = try suite.replay()
      #expect(run.status == 0, "\(run)")
    }
  }

  @Test func `an empty folder becomes a suite, and a link stays a link`() throws {
    let store = try ToldStore.store.get()
    try withTemporaryFolder { folder in
      let files = FileManager.default
      try files.createDirectory(atPath: folder + "/real", withIntermediateDirectories: false)
      try files.createSymbolicLink(atPath: folder + "/link", withDestinationPath: folder + "/real")
      try store.must("replay", "--all", "--save-suite", folder + "/link")
      #expect(try files.destinationOfSymbolicLink(atPath: folder + "/link") == folder + "/real")
      #expect(PackageFolder.exists(folder + "/real/suite.jsonl"))
    }
  }

  @Test func `what is no suite is never replaced`() throws {
    let store = try ToldStore.store.get()
    try withTemporaryFolder { folder in
      let files = FileManager.default
      try files.createDirectory(atPath: folder + "/mine", withIntermediateDirectories: false)
      try write("mine", to: folder + "/mine/notes.txt")
      try write("mine", to: folder + "/file")
      for name in ["mine", "file", "none/suite"] {
        let run = try store.run("replay", "--all", "--save-suite", "\(folder)/\(name)")
        #expect(run.status == 1, "\(run)")
      }
      #expect(try SavedSuite.names(in: folder) == ["file", "mine/notes.txt"])
    }
  }

  @Test func `a note in a suite's folder is not lost`() throws {
    let store = try ToldStore.store.get()
    try SavedSuite.with { suite in
      try write("ours", to: suite.path + "/README.md")
      let run = try store.run("replay", "--all", "--save-suite", suite.path)
      #expect(run.status == 1, "\(run)")
      #expect(run.messages.contains("README.md: it is no file of the suite"), "\(run)")
      #expect(try suite.text("README.md") == "ours")
    }
  }

  @Test func `a save that is killed leaves the former suite or the new one`() throws {
    let store = try ToldStore.store.get()
    let one = try ToldStore.executions.get()[0]
    try SavedSuite.with { suite in
      let draft = suite.folder + "/.suite.new"
      var killed = 0
      for part in ["", "/flows", "/recordings", "/suite.jsonl", "/recordings/\(one).jsonl"] {
        let words = ["--store", store.path, "replay", "--all", "--save-suite", suite.path]
        if try ProgramRun.kill(words, once: { PackageFolder.exists(draft + part) }) { killed += 1 }
        let run = try suite.replay()
        #expect(run.status == 0, "\(run)")
        #expect(run.lines.contains("6 identical, 0 diverged, 0 skipped"), "\(run)")
      }
      print("killed \(killed) of 5 saves")
      try store.must("replay", "--all", "--save-suite", suite.path)
      let beside = try FileManager.default.contentsOfDirectory(atPath: suite.folder)
      #expect(beside == ["suite"], "the next save clears up")
    }
  }

  @Test func `where the disk is full, the former suite stays`() throws {
    let store = try ToldStore.store.get()
    try SavedSuite.with { suite in
      let before = try suite.text("suite.jsonl")
      let run = try store.run(
        ["replay", "--all", "--save-suite", suite.path],
        launcher: ["/bin/bash", "-c", "trap '' XFSZ; ulimit -f 4; exec \"$0\" \"$@\""]
      )
      #expect(run.status == 1, "\(run)")
      #expect(try suite.text("suite.jsonl") == before)
      #expect(try suite.replay().status == 0)
    }
  }
}
