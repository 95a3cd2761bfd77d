import TestSupport
import Testing
import Values

/// Comparisons of a hundred executions say the same whatever works on them.
@Suite struct DiffInBulkTests {
  private static let versions = ["Breached credential@1", "Breached credential@2"]

  /// A store with a hundred executions of the demo's flow, made once.
  private static let store = Result {
    let folder = try makeLastingFolder()
    let store = ProgramStore(path: folder + "/store", folder: folder)
    try store.must("demo", "--fixtures", Fixtures.path(""))
    try store.must("flow", "activate", versions[0])
    let sent = try Fixtures.bytes("events/breached-credential-deliveries.ndjson")
    let deliveries = String(decoding: sent, as: UTF8.self)
    // Other deliveries of other events are other executions.
    let many = (1...Self.times).map { number in
      deliveries.replacing(#/"(eventId|uuid)":"[^"]{4}/#) { match in
        "\"\(match.output.1)\":\"\(String(number + 0x1000, radix: 16))"
      }
    }
    try write(many.joined(separator: "\n"), to: folder + "/many.ndjson")
    try store.run(
      "ingest",
      "--hook",
      Fixtures.path("hooks/breached-credentials.json"),
      "--start",
      "--answers",
      Fixtures.path("answers/demo.json"),
      folder + "/many.ndjson"
    )
    return store
  }

  private static let times = 16

  /// A command line whose answer must not depend on who works on it.
  struct Line: Sendable, CustomTestStringConvertible {
    let words: [String]
    var testDescription: String { words.joined(separator: " ") }
  }

  private static let lines = [
    Line(words: ["diff"] + versions + ["--json"]),
    Line(words: ["diff"] + versions + ["--json", "--full", "--group-by", "step"]),
    Line(words: ["diff"] + versions + ["--only", "fixed,changed:arguments"]),
    Line(words: ["replay", "--all", "--with", versions[1], "--json"]),
    Line(words: ["replay", "--all", "--json"]),
  ]

  @Test(arguments: lines)
  func `one thread, several threads and two processes write the same bytes`(_ line: Line) throws {
    let store = try Self.store.get()
    let alone = try store.run(line.words + ["--jobs", "1"])
    #expect(alone.lines.count > 10, "\(alone)")
    for jobs in ["2", "5"] {
      let run = try store.run(line.words + ["--jobs", jobs])
      #expect(run.output == alone.output, "--jobs \(jobs) differs")
      #expect(run.status == alone.status)
    }
    let both = Concurrently.map(2) { _ in try store.run(line.words) }
    for run in try both.map({ try $0.get() }) {
      #expect(run.output == alone.output, "two processes differ")
    }
  }

  @Test(arguments: ["Please choose another password", "Please change your password today."])
  func `an edit in a helper says the same whether all is run or not`(_ sentence: String) throws {
    let store = try Self.store.get()
    let pack = try Fixtures.bytes("flows/breached-password-v1.flopack")
    let edited = String(decoding: pack, as: UTF8.self).replacing(sentence, with: "Act now.")
    let file = store.folder + "/edited-\(sentence.utf8.count).flopack"
    try write(edited, to: file)
    let words = ["diff", Self.versions[0], file, "--json"]
    let (proven, run) = (try store.run(words), try store.run(words + ["--full"]))
    #expect(proven.output == run.output)
    #expect(proven.output.contains(#""verdict":"changed""#))
    #expect(proven.output.contains(#""verdict":"identical""#))
  }

  @Test func `lines come in the order in which executions started`() throws {
    let store = try Self.store.get()
    let run = try store.run(["diff"] + Self.versions + ["--json", "--jobs", "3"])
    let lines = try run.objects().filter { $0.has("verdict") }.map { $0.string("execution") }
    let started = try store.history().map { $0.string("execution") }
    #expect(lines.count > 80)
    #expect(lines == started.filter(Set(lines).contains))
  }

  @Test func `an answer that is used up goes to the first execution that asks`() throws {
    let store = try Self.store.get()
    let answers = store.folder + "/once.json"
    try write(
      """
      {"answers": [
        {"connector": "gmail", "method": "sendEmail2", "times": 1, "outputs": {"Email/Message ID": "m"}},
        {"connector": "gmail", "method": "sendEmail2", "times": 2,
          "error": {"kind": "Forbidden", "message": "no", "statusCode": 403}}
      ]}
      """,
      to: answers
    )
    let words = ["diff"] + Self.versions + ["--answers", answers, "--json"]
    let alone = try store.run(words + ["--jobs", "1"])
    #expect(alone.output.contains("answered by the answers file"), "\(alone)")
    for jobs in ["2", "7"] {
      let run = try store.run(words + ["--jobs", jobs])
      #expect(run.output == alone.output)
    }
  }

  @Test(arguments: ["0", "-1", "1000", "many"])
  func `a number of jobs that nobody can mean is refused`(_ jobs: String) throws {
    let run = try Self.store.get().run(["diff"] + Self.versions + ["--jobs", jobs])
    #expect(run.status == 64, "\(run)")
  }
}
