import TestSupport
import Testing

/// What `--help` says, of the program and of each of its commands.
@Suite struct HelpSnapshotTests {
  @Test func `the help of every command is the kept one`() throws {
    let paths = try ProgramCommands.paths.get()
    #expect(paths.count > 20)
    var names: Set<String> = []
    for path in paths {
      let help = try ProgramRun(path + ["--help"])
      #expect(help.status == 0, "\(help)")
      #expect(help.messages.isEmpty)
      let name = (["help"] + path).joined(separator: "-")
      names.insert(name)
      try Snapshot(name: name).expect(help.output)
    }
    let kept = try Snapshot.names(beginningWith: "help")
    #expect(kept.subtracting(names).isEmpty, "kept of commands that are gone")
  }

  @Test func `the help of every command has its purpose, its options and an example`() throws {
    for path in try ProgramCommands.paths.get() where !path.isEmpty {
      let help = try ProgramRun(path + ["--help"]).output
      #expect(help.hasPrefix("OVERVIEW: "), "\(path)")
      #expect(help.contains("USAGE: auditcli \(path.joined(separator: " "))"), "\(path)")
      #expect(help.contains("SUBCOMMANDS:") || help.contains("--store <dir>"), "\(path)")
      #expect(help.split(separator: "\n").allSatisfy { $0.count <= 200 }, "\(path)")
    }
  }
}
