/// A table that fits the terminal.
///
/// Columns are as wide as needed, the widest shortened where they do not all fit. Ids stay whole, since
/// other commands are asked about them.
struct TextTable {
  private let titles: [String]
  private var rows: [[String]] = []
  private static let ids: Set<String> = ["EXECUTION", "ALERT"]

  init(_ titles: String...) {
    self.init(titles)
  }

  init(_ titles: [String]) {
    self.titles = titles
  }

  mutating func add(_ cells: String...) { add(cells) }

  mutating func add(_ cells: [String]) {
    rows.append(cells.map(\.visible))
  }

  /// Whether the table has no rows.
  var isEmpty: Bool { rows.isEmpty }

  /// The lines, titles first.
  func lines(width: Int) -> [String] {
    let widths = columnWidths(width)
    return ([titles] + rows).enumerated().map { number, row in
      let cells = zip(row, widths).enumerated().map { column, cell in
        let text = Self.shortened(cell.0, to: cell.1)
        let isLast = column == titles.count - 1
        return isLast ? text : text + String(repeating: " ", count: max(0, cell.1 - text.count))
      }
      let line = cells.joined(separator: "  ")
      return number == 0 ? Style.faint(line) : line
    }
  }

  /// Writes the table to the results.
  func write() {
    for line in lines(width: Terminal.width) { Output.line(line) }
  }

  private func columnWidths(_ width: Int) -> [Int] {
    var widths = titles.indices.map { column in
      ([titles] + rows).map { $0[column].count }.max() ?? 0
    }
    let room = width - 2 * (titles.count - 1)
    let others = titles.indices.filter { !Self.ids.contains(titles[$0]) }
    while widths.reduce(0, +) > room, let widest = others.map({ widths[$0] }).max(), widest > 8,
      let column = others.last(where: { widths[$0] == widest })
    {
      widths[column] -= 1
    }
    return widths
  }

  private static func shortened(_ text: String, to width: Int) -> String {
    text.count <= width ? text : String(text.prefix(max(1, width - 1))) + "…"
  }
}
