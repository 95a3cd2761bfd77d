import Foundation
import TestSupport
import Testing
import Values

/// Every key of a line of JSON stands in docs/json.md, in the section of its command.
@Suite struct JSONKeysTests {
  /// A command line on the demo's store; `ROOT`, `FAILED` and `ALERT` stand for ids.
  struct Line: Sendable, CustomTestStringConvertible {
    let words: [String]
    var testDescription: String { words.joined(separator: " ") }

    init(_ words: String...) { self.words = words }
  }

  @Test(arguments: [
    Line("flow", "list"), Line("flow", "add", Fixtures.path("flows/breached-password-v2.flopack")),
    Line("flow", "deactivate", "Breached credential"),
    Line("flow", "activate", "Breached credential@2"),
    Line("flow", "show", "Breached credential", "--calls"),
    Line("flow", "show", Fixtures.path("flows/slack-new-message.flopack")),
    Line("flow", "diff", "Breached credential@1", "Breached credential@2"),
    Line("flow", "check", "Breached credential"), Line("flow", "history", "Breached credential"),
    Line("token", "add", "a", "--role", "read", "--days", "1"), Line("token", "list"),
    Line("token", "revoke", "known"), Line("runner", "status"), Line("runner", "resume"),
    Line("hook", "add", Fixtures.path("hooks/breached-credentials.json")), Line("hook", "list"),
    Line("schedule", "list"),
    Line("recipient", "add", "mailed", "--mail", "on-call@example.com"),
    Line("recipient", "add", "siem", "--webhook", "https://siem.example.com/x"),
    Line("recipient", "list"), Line("recipient", "rotate", "rotated"),
    Line("recipient", "test", "posted"), Line("notice"), Line("notice", "list"),
    Line("notice", "resolve", "NOTICE", "sent", "--why", "seen"),
    Line("table", "list"),
    Line("table", "show", "Access requests"),
    Line("table", "history", "Access requests"), Line("table", "export", "Access requests"),
    Line(
      "ingest",
      "--start",
      "--explain",
      "--answers",
      "typed",
      Fixtures.path("events/system-log.ndjson")
    ),
    Line("ingest", "--explain", Fixtures.path("events/google-form-submission.json")),
    Line("run", "Breached credential", "--event", "65", "--answers", "typed"),
    Line("history", "--all"), Line("show", "ROOT", "--tree"), Line("show", "FAILED", "--tree"),
    Line("show", "66"), Line("trace", "65", "--down"), Line("trace", "ROOT", "--up"),
    Line("alerts"), Line("alerts", "list", "--status", "seen"),
    Line("alerts", "ack", "ALERT", "--note", "seen"), Line("replay", "--all"),
    Line("failures"), Line("replay", "OBSERVED"),
    Line("replay", "OBSERVED", "FAILED", "--with", "Breached credential@2"),
    Line("replay", "FAILED", "--set", "trigger.body.eventId=other"),
    Line("replay", "--simulate", "--all", "--answers", Fixtures.path("answers/demo.json")),
    Line("diff", "Breached credential@1", "Breached credential@2"),
    Line("diff", "Breached credential@1", "Breached credential@2", "--only", "changed,fixed:new"),
    Line("diff", "Breached credential@1", "Breached credential@2", "--group-by", "step"),
    Line("diff", "Breached credential@1", "Breached credential@2", "--group-by", "connector"),
    Line("connector", "list"), Line("connector", "show", "okta"), Line("connector", "check"),
    Line("flow", "check", "Breached credential", "--live"), Line("resume", "--list"),
    Line("search", "severity eq \"WARN\"", "--explain"), Line("export"), Line("stats"),
    Line("rebuild"), Line("verify", "--deep"),
    Line("verify", "--root", String(repeating: "0", count: 64)),
  ])
  func `every key that a command writes is explained`(_ line: Line) throws {
    let store = try Self.store.get()
    let run = try store.run(["--json"] + line.words.map { try Self.word($0, in: store) })
    let page = try JSONPage()
    let keys = page.keys(of: line.words)
    let objects = try run.objects()
    #expect(
      objects.count > (line.words[0] == "connector" || line.words[0] == "resume" ? 0 : 1),
      "\(run)"
    )
    for object in objects {
      for path in page.unexplained(in: object, by: keys) {
        Issue.record("docs/json.md says nothing of `\(path)` of \(line.testDescription)")
      }
    }
  }

  @Test func `every key that a suite writes is explained`() throws {
    try SavedSuite.with { suite in
      let store = try ToldStore.store.get()
      let gate = try suite.file("gate.yaml", "proof: proven\nlimit: {undecidable: 0}")
      let words = ["replay", "--with", SavedSuite.export, "--gate", gate]
      let runs = try [
        store.run("replay", "--all", "--save-suite", suite.path, "--json"),
        suite.replay("--json"), suite.replay(Array(words.dropFirst()) + ["--json"]),
      ]
      let page = try JSONPage()
      for object in try runs.flatMap({ try $0.objects() }) {
        #expect(page.unexplained(in: object, by: page.keys(of: words)).isEmpty, "\(object)")
      }
      #expect(try runs[2].objects().contains { $0.has("gate") })
    }
  }

  @Test func `the demo writes the lines of its commands, and every key is explained`() throws {
    try withProgramStore { store in
      let run = try store.must("demo", "--json", "--fixtures", Fixtures.path(""))
      let page = try JSONPage()
      let all = page.sections.values.reduce(into: [:]) { $0.merge($1) { $1 } }
      let objects = try run.objects()
      #expect(objects.filter { $0.has("coverage") }.count == 11)
      // What `search` prints is the sender's.
      for object in objects where !object.has("eventType") {
        #expect(page.unexplained(in: object, by: all).isEmpty, "\(object)")
      }
    }
  }

  @Test func `every command has its section`() throws {
    let page = try JSONPage()
    let parents: Set = [
      "flow", "table", "connector", "hook", "token", "runner", "schedule", "pull", "recipient",
      "repair",
    ]
    for path in try ProgramCommands.paths.get() where !path.isEmpty {
      let name = path.joined(separator: " ")
      guard !parents.contains(name) else { continue }
      #expect(page.commands.contains(name), "docs/json.md has no section of `\(name)`")
    }
  }

  private static let store = Result {
    let folder = try makeLastingFolder()
    let store = ProgramStore(path: folder + "/store", folder: folder)
    try store.must("demo", "--fixtures", Fixtures.path(""))
    for name in ["known", "kept"] { try store.must("token", "add", name, "--role", "ingest") }
    try store.must("hook", "add", Fixtures.path("hooks/no-code-builders.json"))
    for name in ["posted", "rotated"] {
      try store.must("recipient", "add", name, "--webhook", "https://127.0.0.1:1/x")
    }
    try store.must("recipient", "test", "posted", endWith: 2)
    try store.must("flow", "add", Fixtures.path("flows/user-activated.flopack"))
    try store.must("ingest", Fixtures.path("events/execution-log.ndjson"))
    try store.must("flow", "add", Fixtures.path("flows/failed-logins-report.flopack"))
    try store.must("flow", "add", Fixtures.path("flows/slack-new-message.flopack"))
    try store.must(
      "ingest",
      "--start",
      "--answers",
      "typed",
      Fixtures.path("events/slack-message.json")
    )
    return store
  }

  private static func word(_ word: String, in store: ProgramStore) throws -> String {
    let options: [String: [String]] = [
      "ROOT": ["--mode", "local", "--status", "succeeded"],
      "FAILED": ["--mode", "local", "--status", "failed"], "OBSERVED": ["--mode", "observed"],
    ]
    if let options = options[word] {
      return try store.must(["history", "--json"] + options).firstObject().string("execution")
    }
    if word == "NOTICE" {
      return try store.must("notice", "list", "--json").firstObject().string("notice")
    }
    guard word == "ALERT" else { return word }
    return try store.must("alerts", "--json").firstObject().string("alert")
  }
}

/// The tables of docs/json.md: of each section's commands the keys with their types.
struct JSONPage {
  /// The keys of each section, by its heading.
  private(set) var sections: [String: [String: String]] = [:]
  /// The commands that headings name, such as `flow list`, each with the heading.
  private(set) var headings: [String: String] = [:]

  var commands: Set<String> { Set(headings.keys) }

  init() throws {
    let path = PackageFolder.path("docs/json.md")
    var heading = ""
    for line in try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n") {
      if line.hasPrefix("## ") {
        heading = String(line.dropFirst(3))
        for name in heading.matches(of: #/`([^`]+)`/#) { headings[String(name.1)] = heading }
      } else if let row = line.wholeMatch(of: #/\| `([^`]+)` \| ([^|]*) \|.*/#) {
        sections[heading, default: [:]][String(row.1)] = String(row.2)
      }
    }
  }

  /// The keys that a command line's answer may have; lines of other commands may stand in it.
  func keys(of words: [String]) -> [String: String] {
    var wanted = ["Coverage"]
    let line = words.joined(separator: " ") + " "
    for (command, heading) in headings {
      let parts = command.split(separator: " ").map(String.init)
      let isOption = parts.last?.hasPrefix("--") ?? false
      let name = (isOption ? Array(parts.dropLast()) : parts).joined(separator: " ")
      guard line.hasPrefix(name + " ") else { continue }
      if !isOption || words.contains(parts.last ?? "") { wanted.append(heading) }
    }
    if words.first == "show" { wanted.append(headings["export"] ?? "") }
    return wanted.reduce(into: [:]) { keys, heading in
      keys.merge(sections[heading] ?? [:]) { $1 }
    }
  }

  /// The paths of members that no row explains.
  func unexplained(in object: Object, by keys: [String: String], below prefix: String = "")
    -> [String]
  {
    object.flatMap { member -> [String] in
      let path = prefix + member.key.description
      let type = keys[path]
      if type?.hasPrefix("any") ?? false { return [] }
      switch member.value {
      case .object(let inner):
        return unexplained(in: inner, by: keys, below: path + ".")
      case .list(let items):
        guard type != nil else { return [path] }
        return items.flatMap { item -> [String] in
          guard case .object(let inner) = item else { return [] }
          return unexplained(in: inner, by: keys, below: path + "[].")
        }
      default: return type == nil ? [path] : []
      }
    }
  }
}
