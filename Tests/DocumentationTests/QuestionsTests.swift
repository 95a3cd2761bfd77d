import Foundation
import TestSupport
import Testing

/// The outputs that docs/questions.md shows are those of the demo's store.
@Suite struct QuestionsTests {
  @Test func `every command answers what the page shows`() throws {
    try withTemporaryFolder { folder in
      let environment = [
        "AUDITCLI_STORE": folder + "/store", "AUDITCLI_ACTOR": "mia@acme.example.com",
        "COLUMNS": "120",
      ]
      _ = try ProgramRun(["demo", "--fixtures", Fixtures.path("")], environment: environment)
      var names = Names()
      for shown in try Self.commands() {
        let words = CommandLine(shown.line).words
        guard words.first == "auditcli" else { continue }
        let run = try ProgramRun(
          words.dropFirst().map { names.replaced($0) },
          environment: environment
        )
        let told = (run.lines + run.messages.split(separator: "\n").map(String.init))
          .filter { !$0.hasPrefix("Covers ") }
        Self.compare(shown, told, &names)
      }
    }
  }

  /// A command and what the page shows of its answer.
  private struct Shown {
    let line: String
    var answer: [String] = []
  }

  private static func commands() throws -> [Shown] {
    var commands: [Shown] = []
    for line in try Document("docs/questions.md").sessions.joined() {
      if line.hasPrefix("$ ") {
        commands.append(Shown(line: line))
      } else {
        commands[commands.count - 1].answer.append(line)
      }
    }
    return commands
  }

  /// Compares from the beginning up to a line of `…`, and behind it from the end.
  private static func compare(_ shown: Shown, _ told: [String], _ names: inout Names) {
    let gap = shown.answer.firstIndex(of: "…") ?? shown.answer.count
    let head = zip(shown.answer[..<gap], told)
    let tail = shown.answer.dropFirst(gap + 1)
    let isWhole = gap == shown.answer.count ? told.count == gap : told.count >= gap + tail.count
    #expect(isWhole, "\(shown.line): \(told)")
    for (line, answer) in Array(head) + Array(zip(tail, told.suffix(tail.count))) {
      names.learn(line, answer)
      #expect(Names.masked(names.replaced(line)) == Names.masked(answer), "\(shown.line)")
    }
  }
}

/// What the ids and hashes of the page are called in a store of another day.
private struct Names {
  private var names: [String: String] = [:]

  /// Takes the ids of two lines that say the same.
  mutating func learn(_ shown: String, _ told: String) {
    let (before, after) = (Self.ids(shown), Self.ids(told))
    guard before.count == after.count else { return }
    for (old, new) in zip(before, after) where names[old] == nil { names[old] = new }
  }

  /// The text with this store's ids, also of their beginnings.
  func replaced(_ text: String) -> String {
    var text = text
    for (old, new) in names {
      text = text.replacing(old, with: new)
      if text.count >= 8, old.hasPrefix(text) { text = String(new.prefix(text.count)) }
    }
    return text
  }

  private static func ids(_ text: String) -> [String] {
    text.matches(of: #/[0-9a-f]{64}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/#)
      .map { String($0.output) }
  }

  /// The text without what the day of the run decides.
  static func masked(_ text: String) -> String {
    text.replacing(#/[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9:]{8}/#) { time in
      time.output.hasPrefix("2026-09-1") ? String(time.output) : "TIME"
    }
    .replacing(#/took [0-9]+ ms/#, with: "took MS")
    .replacing(#/[0-9]+ s$/#, with: "SECONDS")
    .replacing(#/ +/#, with: " ")
    .trimmingCharacters(in: .whitespaces)
  }
}
