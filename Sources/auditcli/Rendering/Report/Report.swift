internal import Replay

/// What a report tells, whatever it is written as.
struct Report: Hashable, Sendable {
  /// What it is called.
  let title: ReportText
  /// What stands before the groups.
  let head: [ReportBlock]
  /// The heading of the groups.
  let groupsTitle: String
  /// The groups, largest first.
  let groups: [ReportGroup]
  /// What stands behind the groups.
  let tail: [ReportBlock]
}

/// Executions that have something in common, with some of them.
struct ReportGroup: Hashable, Sendable {
  let title: ReportText
  /// The verdict of all of them, nil where they have several.
  let verdict: Verdict?
  let examples: [ReportExample]
  /// How many executions are no examples.
  let rest: Int
}

/// An execution of a group.
struct ReportExample: Hashable, Sendable {
  let title: ReportText
  let blocks: [ReportBlock]
}

/// A part of a report.
enum ReportBlock: Hashable, Sendable {
  case heading(String)
  case paragraph(ReportText)
  case list([ReportText])
  case table(ReportTable)
  case difference([DifferenceLine])
}

/// A table of our own words and numbers: nothing that others wrote, since not every format can hold all
/// of that in a cell.
struct ReportTable: Hashable, Sendable {
  /// A row; the verdict that it is about tells how it looks.
  struct Row: Hashable, Sendable {
    let verdict: Verdict?
    let cells: [String]
  }

  let titles: [String]
  let rows: [Row]
}

/// What a report can be written as.
enum ReportFormat: String, CaseIterable, Sendable {
  /// For a pull request or a ticket.
  case markdown = "md"
  /// A page that stands alone.
  case html

  /// The format that a file's name ends with, nil where it is another.
  init?(file name: String) {
    let name = name.split(separator: "/", omittingEmptySubsequences: false).last ?? ""
    guard let dot = name.lastIndex(of: "."), dot > name.startIndex else { return nil }
    self.init(rawValue: name[name.index(after: dot)...].lowercased())
  }

  /// The bytes of a report's file.
  func bytes(of report: Report) -> [UInt8] {
    switch self {
    case .markdown: Array(MarkdownReport(report).text.utf8)
    case .html: Array(HTMLReport(report).text.utf8)
    }
  }
}
