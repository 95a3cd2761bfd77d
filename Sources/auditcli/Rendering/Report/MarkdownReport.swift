internal import Replay

/// A report as Markdown, for a pull request or a ticket, as GitHub and GitLab read it.
///
/// What others wrote stands in code alone: there it is shown as it is, nobody is mentioned by it and
/// nothing becomes a link. A comment takes 65,536 characters; examples, and groups, that would lead
/// beyond are left out and counted.
struct MarkdownReport {
  let text: String
  private static let room = 60_000

  init(_ report: Report) {
    let start = "# \(Self.line(report.title))\n\n" + Self.blocks(report.head)
    let end = Self.blocks(report.tail)
    let used = start.unicodeScalars.count + end.unicodeScalars.count
    text = start + Self.groups(report, room: Self.room - used) + end
  }

  private static func groups(_ report: Report, room: Int) -> String {
    guard !report.groups.isEmpty else { return "" }
    var text = "## \(report.groupsTitle)\n\n"
    var rest = room
    var (groups, examples) = (0, 0)
    for group in report.groups {
      let title = "### \(line(group.title))\n\n"
      guard title.unicodeScalars.count < rest else {
        groups += 1
        continue
      }
      text += title
      rest -= title.unicodeScalars.count
      var left = group.rest
      for example in group.examples {
        let part = details(example)
        if part.unicodeScalars.count < rest {
          text += part
          rest -= part.unicodeScalars.count
        } else {
          left += 1
          examples += 1
        }
      }
      if left > 0 { text += "… and \(left) more\n\n" }
    }
    if groups + examples > 0 {
      text += "To fit into a comment, \(groups) groups and \(examples) examples are left out. "
      text += "A report as HTML has all of them.\n\n"
    }
    return text
  }

  private static func details(_ example: ReportExample) -> String {
    // What stands in a line of HTML is no Markdown, and a blank line begins Markdown anew.
    let summary = HTMLText.line(example.title, style: .plain)
    return "<details><summary>\(summary)</summary>\n\n\(blocks(example.blocks))</details>\n\n"
  }

  private static func blocks(_ blocks: [ReportBlock]) -> String {
    blocks.map { block in
      switch block {
      case .heading(let words): "## \(words)\n\n"
      case .paragraph(let text): line(text) + "\n\n"
      case .list(let items): items.map { "- \(line($0))\n" }.joined() + "\n"
      case .table(let table): self.table(table) + "\n"
      case .difference(let lines): difference(lines) + "\n"
      }
    }.joined()
  }

  private static func table(_ table: ReportTable) -> String {
    func row(_ cells: [String]) -> String { "| \(cells.joined(separator: " | ")) |\n" }
    let rule = table.titles.indices.map { $0 == 0 ? "---" : "--:" }
    return row(table.titles) + row(rule) + table.rows.map { row($0.cells) }.joined()
  }

  private static func difference(_ lines: [DifferenceLine]) -> String {
    let texts = lines.map { line in
      let sign =
        switch line.side {
        case .before: "-"
        case .after: "+"
        case .both: " "
        }
      let field = line.field.isEmpty ? "" : "\(line.field): "
      return "\(sign) \(field)\(line.pieces.map(\.plain).joined())\n"
    }.joined()
    let fence = String(repeating: "`", count: max(3, MarkdownText.longestFence(texts) + 1))
    return "\(fence)diff\n\(texts)\(fence)\n"
  }

  private static func line(_ text: ReportText) -> String {
    text.parts.map { part in
      switch part {
      case .words(let words): MarkdownText.words(words)
      case .strong(let words): "**\(MarkdownText.words(words))**"
      case .code(let code): MarkdownText.code(code)
      case .verdict(let verdict): "**\(verdict.rawValue)**"
      case .proof(let proof): "*\(proof.rawValue)*"
      }
    }.joined()
  }
}
