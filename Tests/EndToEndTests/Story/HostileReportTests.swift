import Foundation
import TestSupport
import Testing
import Values

/// Reports on flows and recordings whose names and values try to be more than text.
@Suite struct HostileReportTests {
  /// What ends code, comments, lists, cells and scripts, mentions people, and turns the writing around.
  private static let hostile = """
    </details></code></pre><script>alert(1)</script><img src=x onerror="alert('1')">`a``b```c
    # heading
    | a | b | @octocat https://evil.example <!-- --> ]]> &lt; &#60; \\` * _ ~~ $x$ \u{202E}txt\u{1B}[31m
    ```
    </style>
    """

  private static func flow(_ text: String, mails: Bool) -> FlowBuilder {
    var flow = FlowBuilder("flow-1")
    flow.card("start", "control:callable")
    flow.card(
      "send",
      "slack:send",
      ["Message/Text": .constant(.text(Text("\(hostile) \(text)")))]
    )
    if mails {
      flow.card(
        "mail",
        "gmail:send`|<b>",
        ["Email/To": .constant(.text(Text(hostile))), "Email/<td>|`x`": .constant("a")]
      )
    }
    return flow
  }

  private static func write(_ flow: FlowBuilder, to file: String) throws {
    let export = String(decoding: FlowBuilder.export([flow]), as: UTF8.self)
    let name = String(decoding: JSON.serialize(.text(Text(hostile))), as: UTF8.self)
    // Ids are checked when a flow is read; names are anybody's.
    let named = ["flow-1", "send"].reduce(export) { text, id in
      text.replacing("\"name\":\"\(id)\"", with: "\"name\":\(name)")
    }
    #expect(named.components(separatedBy: "octocat").count >= 4)
    try TestSupport.write(named, to: file)
  }

  /// The reports as Markdown and as HTML.
  private static let reports = Result {
    let folder = try makeLastingFolder()
    let store = ProgramStore(path: folder + "/store", folder: folder)
    try write(flow("old", mails: false), to: folder + "/old.flopack")
    try write(flow("new", mails: true), to: folder + "/new.flopack")
    try TestSupport.write(
      #"{"answers": [{"connector": "slack", "method": "send", "outputs": {}}]}"#,
      to: folder + "/answers.json"
    )
    try store.must("flow", "add", folder + "/old.flopack")
    for _ in 0..<2 { try store.must("run", "flow-1", "--answers", folder + "/answers.json") }
    let words = ["diff", "flow-1@1", folder + "/new.flopack", "--group-by", "step"]
    try store.must(
      words + ["--report", folder + "/r.md", "--report", folder + "/r.html"],
      endWith: 2
    )
    return (
      markdown: try String(contentsOfFile: folder + "/r.md", encoding: .utf8),
      html: try String(contentsOfFile: folder + "/r.html", encoding: .utf8)
    )
  }

  @Test func `of HTML nothing but the report's own tags and attributes comes through`() throws {
    let html = try Self.reports.get().html
    let page = try Markup(html)
    #expect(
      page.names.isSubset(of: [
        "html", "head", "meta", "title", "style", "body", "main", "h1", "h2", "h3", "p", "strong",
        "code", "span", "table", "thead", "tbody", "tr", "th", "td", "section", "details",
        "summary", "div", "del", "ins", "b", "i", "mark", "ul", "li",
      ]),
      "\(page.names)"
    )
    #expect(
      page.attributes.isSubset(of: [
        "lang", "charset", "name", "content", "http-equiv", "class", "scope", "open",
      ]),
      "\(page.attributes)"
    )
    #expect(html.firstRange(of: #/<script|<img|onerror="/#) == nil)
    #expect(html.components(separatedBy: "</style>").count == 2)
    #expect(!html.unicodeScalars.contains { $0 == "\u{202E}" || $0 == "\u{1B}" })
  }

  @Test func `what was escaped is still read`() throws {
    let reports = try Self.reports.get()
    let text = try Markup(reports.html).text
    for part in ["<script>alert(1)</script>", "&lt; &#60;", "`a``b```c", "\\u{202e}txt"] {
      #expect(text.contains(part), "\(part)")
    }
    let code = MarkdownProse(reports.markdown).code.joined(separator: "\n")
    for part in ["<script>alert(1)</script>", "&lt; &#60;", "`a``b```c", "@octocat"] {
      #expect(code.contains(part), "\(part)")
    }
  }

  @Test func `of Markdown what others wrote stands in code alone`() throws {
    let markdown = try Self.reports.get().markdown
    let prose = MarkdownProse(markdown)
    var (opened, closed) = (0, 0)
    for line in prose.lines {
      #expect(!line.contains("octocat"), "\(line)")
      #expect(!line.contains("evil.example"), "\(line)")
      guard line.contains("<") else { continue }
      if line == "</details>" {
        closed += 1
      } else {
        opened += 1
        #expect(line.hasPrefix("<details><summary>") && line.hasSuffix("</summary>"), "\(line)")
        let page = try Markup(line + "</details>")
        #expect(page.names.isSubset(of: ["details", "summary", "code", "b"]))
      }
    }
    #expect(opened == 2)
    #expect(closed == 2)
    #expect(!markdown.unicodeScalars.contains { $0 == "\u{202E}" || $0 == "\u{1B}" })
  }

  @Test func `the page's policy forbids all but its style, and it names no other file`() throws {
    let html = try Self.reports.get().html
    #expect(
      html.contains(
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
          + "style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'\">"
      )
    )
    #expect(try Markup(html).attributes.isDisjoint(with: ["src", "href", "action", "style"]))
    #expect(html.firstRange(of: #/url\(|@import/#) == nil)
  }
}
