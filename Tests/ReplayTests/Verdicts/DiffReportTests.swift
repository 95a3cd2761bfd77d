import Flows
import Replay
import TestSupport
import Testing
import Values

/// What is shown of a comparison, and in which groups.
@Suite struct DiffReportTests {
  /// Sends one text, and a mail where `mails`.
  private static func flow(_ text: Value, mails: Bool = false) -> [FlowBuilder] {
    var main = FlowBuilder("main")
    main.card("start", "control:callable")
    main.card("post", "slack:send", ["Message/Text": .constant(text)])
    if mails { main.card("mail", "gmail:send", ["Email/To": .constant("ada")]) }
    return [main]
  }

  /// Results: two with another text, one with another text and a mail that is no more, one identical.
  private static func results() throws -> (differ: Differ, all: [DiffResult]) {
    let edited = try Versions(flow("a"), flow("b"))
    let fewer = try Versions(flow("a", mails: true), flow("b"))
    let same = try Versions(flow("a"), flow("a"))
    return (fewer.differ, [same.diff(), fewer.diff(), edited.diff(), edited.diff()])
  }

  private static func report(
    by grouping: DiffGrouping = .card,
    only words: [String] = []
  ) throws -> DiffReport {
    let (differ, results) = try results()
    let items = words.compactMap(VerdictSelection.Item.init)
    #expect(items.count == words.count)
    var report = DiffReport(differ, groupedBy: grouping, only: VerdictSelection(items))
    for result in results { report.add(result) }
    return report
  }

  @Test func `the summary counts all, whatever is shown`() throws {
    for words in [[], ["changed"], ["broken"], ["changed:missing", "identical"]] {
      let report = try Self.report(only: words)
      #expect(report.summary.counts == [.changed: 3, .identical: 1], "\(words)")
      #expect(report.summary.count(.proven) == 4)
      #expect(report.hasFindings, "what is not shown is found all the same")
    }
  }

  @Test(arguments: [
    ([], 4, [3]), (["changed"], 3, [3]), (["changed:missing"], 1, [1]),
    (["changed:missing", "identical"], 2, [1, 1]), (["fixed"], 0, []), (["identical"], 1, [1]),
  ])
  func `a verdict, or one with a kind of change, is shown`(
    _ words: [String],
    _ shown: Int,
    _ groups: [Int]
  ) throws {
    let report = try Self.report(only: words)
    #expect(report.shown == shown)
    #expect(report.groups.map(\.count) == groups)
  }

  @Test func `the change that is asked for leads`() throws {
    let narrow = try Self.report(by: .kind, only: ["changed:missing"])
    #expect(narrow.groups.map(\.key.kind) == [.missing])
    #expect(narrow.groups.first?.details.first?.change?.effect == "gmail:send")
    let wide = try Self.report(by: .kind, only: ["changed"])
    #expect(wide.groups.map(\.key.kind) == [.arguments])
    #expect(wide.groups.first?.count == 3)
  }

  @Test(arguments: ["", "chnged", "changed:", "changed:texts", "changed:new:new", ":new", "new"])
  func `other words are none`(_ word: String) {
    #expect(VerdictSelection.Item(parsing: word) == nil)
  }

  @Test(arguments: Verdict.allCases, [nil] + ChangeKind.allCases)
  func `every verdict and kind is read as it is written`(_ verdict: Verdict, _ kind: ChangeKind?) {
    let word = kind.map { "\(verdict.rawValue):\($0.rawValue)" } ?? verdict.rawValue
    #expect(VerdictSelection.Item(parsing: word)?.text == word)
  }

  @Test func `groups go by connector, step, kind and verdict`() throws {
    let connectors = try Self.report(by: .connector)
    #expect(connectors.groups.map(\.key.connector) == ["slack"])
    let mails = try Self.report(by: .connector, only: ["changed:missing"])
    #expect(mails.groups.map(\.key.connector) == ["gmail"])
    let steps = try Self.report(by: .step)
    #expect(steps.groups.map(\.key.step) == ["post"])
    #expect(steps.groups.map(\.name) == ["post"])
    let verdicts = try Self.report(by: .verdict)
    #expect(verdicts.groups.map(\.key.verdict) == [.changed])
    let kinds = try Self.report(by: .kind)
    #expect(kinds.groups.map(\.key.kind) == [.arguments])
  }

  @Test func `the number of an item makes no group of its own`() throws {
    func looping(_ text: Value) -> [FlowBuilder] {
      var item = FlowBuilder("item")
      item.card("item-start", "control:callable", outputs: ["value"])
      item.card("post", "slack:send", ["Message/Text": .constant(text)])
      var main = FlowBuilder("main")
      main.card("start", "control:callable")
      main.card(
        "each",
        "list:each",
        ["list[]": .constant(["a", "b"]), "flo:flo": .flow("item"), "value": .item("")]
      )
      return [main, item]
    }
    let versions = try Versions(looping("a"), looping("b"))
    let result = versions.diff()
    #expect(result.changes.map(\.step).contains { $0.description.contains("[1]") }, "\(result)")
    var report = DiffReport(versions.differ, groupedBy: .step)
    report.add(result)
    #expect(report.groups.map(\.key.step) == ["each[]/post"])
  }

  @Test func `groups come by count, then by name, whatever came first`() throws {
    var generator = SplitMix64(forTest: "groups in any order")
    let (differ, results) = try Self.results()
    let mixed = results + results + [results[1]]
    let orders = (0..<10).map { _ in mixed.shuffled(using: &generator) }
    for grouping in DiffGrouping.allCases {
      let keys = orders.map { order in
        var report = DiffReport(differ, groupedBy: grouping)
        for result in order { report.add(result) }
        return report.groups.map(\.key)
      }
      #expect(Set(keys).count == 1, "\(grouping)")
    }
  }
}
