import Foundation
import TestSupport
import Testing

/// Every command line that a page or a help text shows is one the program understands.
@Suite struct CommandTests {
  /// What a documented command may end with: anything but usage.
  private static let statuses: Set<Int32> = [0, 1, 2, 3]
  /// Commands that go on until they are stopped; of these only the help is asked for.
  private static let endless: Set<String> = ["serve", "tail", "pull"]

  /// A demo's store and the fixtures, in a folder in which documented commands can run.
  private func withDemo(_ body: (_ run: ([String]) throws -> ProgramRun) throws -> Void) throws {
    try withTemporaryFolder { folder in
      try Self.linkFixtures(into: folder)
      let store = folder + "/store"
      let told = try ProgramRun(["--store", store, "demo", "--fixtures", Fixtures.path("")])
      #expect(told.status == 0, "\(told)")
      try body { words in
        var words = words.dropFirst().map { $0.replacing("/tmp/", with: folder + "/") }
        if let name = words.first, Self.endless.contains(name) { words = [name, "--help"] }
        return try ProgramRun(words, in: folder, environment: ["AUDITCLI_STORE": store])
      }
    }
  }

  /// Puts the fixtures where pages name them: below `fixtures`, and by their own names.
  private static func linkFixtures(into folder: String) throws {
    let files = FileManager.default
    try files.createSymbolicLink(
      atPath: folder + "/fixtures",
      withDestinationPath: Fixtures.path("")
    )
    for kind in ["flows", "events", "answers", "hooks"] {
      for name in try files.contentsOfDirectory(atPath: Fixtures.path(kind)) {
        try files.createSymbolicLink(
          atPath: folder + "/" + name,
          withDestinationPath: Fixtures.path("\(kind)/\(name)")
        )
      }
    }
    // What the first page calls it for short.
    try files.createSymbolicLink(
      atPath: folder + "/deliveries.ndjson",
      withDestinationPath: Fixtures.path("events/breached-credential-deliveries.ndjson")
    )
  }

  @Test(arguments: Document.all.filter { !$0.sessions.isEmpty })
  func `every documented command is understood`(_ page: Document) throws {
    var commands: [[String]] = []
    for line in page.sessions.joined() {
      let words = CommandLine(line).words
      switch words.first {
      case "auditcli", ".build/release/auditcli": commands.append(words)
      case "make":
        for target in words.dropFirst() { try Self.expectTarget(target) }
      case "python3" where words.count > 1:
        #expect(PackageFolder.exists(PackageFolder.path(words[1])), "\(words)")
      default: break
      }
    }
    guard !commands.isEmpty else { return }
    try withDemo { run in
      for words in commands {
        let ended = try run(words)
        #expect(Self.statuses.contains(ended.status), "\(page.name): \(ended)")
      }
    }
  }

  private static func expectTarget(_ target: String) throws {
    let makefile = try String(contentsOfFile: PackageFolder.path("Makefile"), encoding: .utf8)
    let exists = makefile.split(separator: "\n").contains { $0.hasPrefix(target + ":") }
    #expect(exists, "make has no target \(target)")
  }

  @Test func `every example of the help is understood`() throws {
    var examples: [[String]] = []
    for path in try ProgramCommands.paths.get() {
      examples += Self.examples(in: try ProgramRun(path + ["--help"]).output)
    }
    #expect(examples.count > 20)
    try withDemo { run in
      for words in examples {
        let ended = try run(words)
        #expect(Self.statuses.contains(ended.status), "\(words): \(ended)")
      }
    }
  }

  /// The lines below EXAMPLES; the help wraps long ones.
  private static func examples(in help: String) -> [[String]] {
    guard let start = help.range(of: "EXAMPLES\n"), let end = help.range(of: "\nUSAGE:") else {
      return []
    }
    var lines: [String] = []
    for line in help[start.upperBound..<end.lowerBound].split(separator: "\n") {
      if line.hasPrefix("  ") {
        lines.append(String(line.dropFirst(2)))
      } else if let last = lines.popLast() {
        lines.append(last + " " + line)
      }
    }
    return lines.map { CommandLine($0).words }.filter { $0.first == "auditcli" }
  }

  @Test func `what the first page shows is what the demo says`() throws {
    let readme = try Document("README.md")
    let session = try #require(readme.sessions.first)
    try withTemporaryFolder { folder in
      let demo = try ProgramRun(
        ["--store", folder + "/store", "demo", "--fixtures", Fixtures.path("")]
      )
      let root = #/root [0-9a-f]{64}/#
      let told = demo.output.replacing(root, with: "root …")
      for line in session where !line.hasPrefix("$ ") && !line.isEmpty {
        let shown = line.replacing(root, with: "root …")
        #expect(told.contains(shown), "the demo does not say: \(line)")
      }
    }
  }

  @Test func `every command is in the first page or the documents`() throws {
    let text = Document.all.filter { $0.name == "README.md" || $0.name.hasPrefix("docs/") }
      .flatMap(\.lines).joined(separator: "\n")
    for path in try ProgramCommands.paths.get() where !path.isEmpty {
      let name = path.joined(separator: " ")
      #expect(
        text.contains("`\(name)`") || text.contains("`\(name) ")
          || text.contains("auditcli \(name)"),
        "no page tells of `\(name)`; docs/commands.md lists them all"
      )
    }
  }
}
