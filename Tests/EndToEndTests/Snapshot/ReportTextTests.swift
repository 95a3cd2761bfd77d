import Replay
import Testing

@testable import auditcli

/// How reports show values and names.
@Suite struct ReportTextTests {
  @Test func `a long value is cut, and how much is told`() {
    let long = String(repeating: "a", count: 1_000)
    #expect(
      TextPiece.cut(long, to: 100).map(\.plain).joined().hasSuffix("… (900 characters cut) …")
    )
    #expect(TextPiece.cut("short", to: 100) == [.same("short")])
    // One character may be made of any number of scalars.
    let piled = "a" + String(repeating: "\u{301}", count: 1_000)
    #expect(TextPiece.cut(piled, to: 100).last == .cut(901))
  }

  @Test func `of two values what differs stands out, in whole words`() {
    let pair = TextPiece.pair("change it today, please", "change it tomorrow, please", room: 100)
    #expect(pair.before == [.same("change it "), .differing("today"), .same(", please")])
    #expect(pair.after == [.same("change it "), .differing("tomorrow"), .same(", please")])
    let added = TextPiece.pair("[1,2]", "[1,2,3]", room: 100)
    #expect(added.after.map(\.plain).joined() == "[1,2,3]")
  }

  @Test func `of two long values that differ at their ends the ends are shown`() {
    let long = String(repeating: "word ", count: 1_000)
    let pair = TextPiece.pair(long + "old", long + "new", room: 200)
    #expect(pair.before.last == .differing("old"))
    #expect(pair.before.first == .cut(long.count - 60))
    let plain = pair.after.map(\.plain).joined()
    #expect(plain.count < 200)
  }

  @Test(arguments: [
    ("a", "`a`"), ("a`b", "``a`b``"), ("`", "`` ` ``"), ("``", "``` `` ```"), ("", "*empty*"),
    (" a ", "`  a  `"), ("   ", "`   `"), ("a\nb", "`a\\u{a}b`"), ("</details>", "`</details>`"),
  ])
  func `a span of code holds any text`(_ text: String, _ markdown: String) {
    #expect(MarkdownText.code(text) == markdown)
  }

  @Test(arguments: [
    ("report.md", ReportFormat.markdown), ("a/b.HTML", .html), ("a.b.md", .markdown),
    ("report.txt", nil), ("md", nil), (".md", nil), ("report.", nil), ("", nil), ("a/.html", nil),
    ("a.html/b", nil),
  ])
  func `the ending of a name is its format`(_ name: String, _ format: ReportFormat?) {
    #expect(ReportFormat(file: name) == format)
  }

  @Test func `a comment is never longer than one may be`() {
    let lines = [DifferenceLine(.after, [.same(String(repeating: "x", count: 900))])]
    let example = ReportExample(title: .code("e"), blocks: [.difference(lines)])
    let groups = (0..<2_000).map { number in
      ReportGroup(
        title: .line("\(number) × ", .verdict(.changed)),
        verdict: .changed,
        examples: [example, example],
        rest: 3
      )
    }
    let report = Report(
      title: "long",
      head: [.paragraph("head")],
      groupsTitle: "What differs",
      groups: groups,
      tail: [.heading("tail")]
    )
    let markdown = MarkdownReport(report).text
    #expect(markdown.unicodeScalars.count < 65_536)
    #expect(markdown.contains("are left out. A report as HTML has all of them."))
    #expect(markdown.hasSuffix("## tail\n\n"))
    #expect(HTMLReport(report).text.contains("1999 × "))
  }
}
