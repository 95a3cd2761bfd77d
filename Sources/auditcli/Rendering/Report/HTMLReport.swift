internal import Replay

/// A report as one page of HTML that needs nothing else: no script, no network, no other file.
///
/// Everything is escaped, and the page's policy forbids all but its own style.
struct HTMLReport {
  private static let policy =
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"

  let text: String

  init(_ report: Report) {
    let title = HTMLText.escaped(report.title.plain)
    text = """
      <!DOCTYPE html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta http-equiv="Content-Security-Policy" content="\(Self.policy)">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta name="color-scheme" content="light dark">
      <meta name="referrer" content="no-referrer">
      <title>\(title)</title>
      <style>
      \(ReportStyle.sheet)
      </style>
      </head>
      <body>
      <main>
      <h1>\(HTMLText.line(report.title))</h1>
      \(Self.blocks(report.head))\(Self.groups(report))\(Self.blocks(report.tail))</main>
      </body>
      </html>

      """
  }

  private static func groups(_ report: Report) -> String {
    guard !report.groups.isEmpty else { return "" }
    return "<h2>\(HTMLText.escaped(report.groupsTitle))</h2>\n"
      + report.groups.map(group).joined()
  }

  private static func group(_ group: ReportGroup) -> String {
    let style = group.verdict.map { " \($0.rawValue)" } ?? ""
    let examples = group.examples.enumerated().map { place, example in
      // One example is seen at once; the others are there for who wants to know more.
      details(example, isOpen: place == 0)
    }
    let rest = group.rest > 0 ? "<p class=\"rest\">… and \(group.rest) more</p>\n" : ""
    return "<section class=\"group\(style)\">\n<h3>\(HTMLText.line(group.title))</h3>\n"
      + examples.joined() + rest + "</section>\n"
  }

  private static func details(_ example: ReportExample, isOpen: Bool) -> String {
    "<details\(isOpen ? " open" : "")><summary>\(HTMLText.line(example.title))</summary>\n"
      + blocks(example.blocks) + "</details>\n"
  }

  private static func blocks(_ blocks: [ReportBlock]) -> String {
    blocks.map { block in
      switch block {
      case .heading(let words): "<h2>\(HTMLText.escaped(words))</h2>\n"
      case .paragraph(let text): "<p>\(HTMLText.line(text))</p>\n"
      case .list(let items):
        "<ul>\n" + items.map { "<li>\(HTMLText.line($0))</li>\n" }.joined() + "</ul>\n"
      case .table(let table): self.table(table)
      case .difference(let lines):
        "<div class=\"difference\">\n" + lines.map(difference).joined() + "</div>\n"
      }
    }.joined()
  }

  private static func table(_ table: ReportTable) -> String {
    let titles = table.titles.map { "<th scope=\"col\">\(HTMLText.escaped($0))</th>" }.joined()
    let rows = table.rows.map { row in
      let style = row.verdict.map { " class=\"\($0.rawValue)\"" } ?? ""
      let cells = row.cells.enumerated().map { place, cell in
        let text = HTMLText.escaped(cell)
        if place == 0 { return "<th scope=\"row\">\(text)</th>" }
        return cell == "0" ? "<td class=\"none\">0</td>" : "<td>\(text)</td>"
      }
      return "<tr\(style)>\(cells.joined())</tr>\n"
    }
    return
      "<table>\n<thead><tr>\(titles)</tr></thead>\n<tbody>\n\(rows.joined())</tbody>\n</table>\n"
  }

  private static func difference(_ line: DifferenceLine) -> String {
    let field = line.field.isEmpty ? "" : "<b>\(HTMLText.escaped(line.field))</b> "
    let pieces = line.pieces.map { piece in
      switch piece {
      case .same(let text): HTMLText.escaped(text)
      case .differing(let text): "<mark>\(HTMLText.escaped(text))</mark>"
      case .cut: "<i>\(HTMLText.escaped(piece.plain))</i>"
      }
    }.joined()
    return switch line.side {
    case .before: "<del>\(field)\(pieces)</del>\n"
    case .after: "<ins>\(field)\(pieces)</ins>\n"
    case .both: "<span>\(field)\(pieces)</span>\n"
    }
  }
}
