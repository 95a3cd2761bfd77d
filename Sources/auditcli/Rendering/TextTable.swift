/// A table that fits the terminal.
///
/// Columns are as wide as needed. Where they do not all fit, texts are shortened, then columns that
/// can be spared are left out, then ids get a line of their own below their row. Times, statuses,
/// numbers and ids are never cut, since other commands are asked about them.
struct TextTable {
  private let columns: [TextColumn]
  private var rows: [[String]] = []
  /// What is told below rows, by their numbers.
  private var notes: [Int: [String]] = [:]

  init(_ titles: String...) {
    self.init(titles)
  }

  init(_ titles: [String]) {
    columns = titles.map(TextColumn.init)
  }

  mutating func add(_ cells: String...) { add(cells) }

  mutating func add(_ cells: [String]) {
    rows.append(cells.map(\.visible))
  }

  /// Tells something on lines of their own below the row that was added last.
  mutating func note(_ lines: [String]) {
    notes[rows.count - 1, default: []] += lines.map(\.visible)
  }

  /// Whether the table has no rows.
  var isEmpty: Bool { rows.isEmpty }

  /// The lines, titles first.
  func lines(width: Int) -> [String] {
    let layout = TableLayout(columns, natural: naturalWidths, width: width)
    let titles = layout.lines(columns.map(\.title)).map { Style.faint($0) }
    return titles
      + rows.enumerated().flatMap { number, row in
        layout.lines(row) + (notes[number] ?? []).map { Style.faint("  \($0)") }
      }
  }

  /// Writes the table to the results.
  func write() {
    for line in lines(width: Terminal.width) { Output.line(line) }
  }

  private var naturalWidths: [Int] {
    columns.indices.map { column in
      rows.reduce(columns[column].title.columns) { max($0, $1[column].columns) }
    }
  }
}

/// Which columns of a table are shown, where, and how wide.
struct TableLayout {
  private let columns: [TextColumn]
  /// The columns that stand beside each other, with their widths.
  private let beside: [(index: Int, width: Int)]
  /// The ids that stand below the row, each on a line of its own.
  private let below: [Int]

  /// The first of all layouts, best first, that fits; the last where none does.
  init(_ columns: [TextColumn], natural: [Int], width: Int) {
    self.columns = columns
    var chosen = columns.indices.map { (index: $0, width: natural[$0]) }
    var moved: [Int] = []
    for (hidden, ids) in Self.candidates(columns) {
      let shown = columns.indices.filter { !hidden.contains($0) && !ids.contains($0) }
      let (widths, fits) = Self.shrunk(shown, columns, natural, to: width)
      (chosen, moved) = (widths, ids)
      if fits { break }
    }
    (beside, below) = (chosen, moved)
  }

  /// The lines of a row.
  func lines(_ cells: [String]) -> [String] {
    let row = beside.enumerated().map { place, column in
      let text = columns[column.index].shortened(cells[column.index], to: column.width)
      return place == beside.count - 1 ? text : text.padded(to: column.width)
    }.joined(separator: "  ")
    return [row] + below.filter { !cells[$0].isEmpty }.map { "  \(cells[$0])" }
  }

  /// What may be left out and what may stand below, from nothing to all that can.
  private static func candidates(
    _ columns: [TextColumn]
  ) -> [(hidden: Set<Int>, below: [Int])] {
    let spare = columns.indices.filter { columns[$0].isSpare }.sorted {
      columns[$0].rank < columns[$1].rank
    }
    let useful = columns.indices.filter { columns[$0].isUseful }.sorted {
      columns[$0].rank < columns[$1].rank
    }
    // One column stays beside, so that a row begins with something.
    let ids = columns.indices.reversed().filter { columns[$0].isID }.prefix(columns.count - 1)
    var all: [(hidden: Set<Int>, below: [Int])] = []
    for count in 0...ids.count {
      let moved = ids.prefix(count).sorted()
      for left in 0...spare.count { all.append((Set(spare.prefix(left)), moved)) }
    }
    for left in 0...useful.count {
      all.append((Set(spare + useful.prefix(left)), ids.sorted()))
    }
    return all
  }

  /// The widths of columns, the widest texts shortened first, and whether they fit.
  ///
  /// Texts that can be left out give way before those that cannot.
  private static func shrunk(
    _ shown: [Int],
    _ columns: [TextColumn],
    _ natural: [Int],
    to width: Int
  ) -> (widths: [(index: Int, width: Int)], fits: Bool) {
    var widths = shown.map { (index: $0, width: natural[$0]) }
    var excess = widths.reduce(2 * (shown.count - 1) - width) { $0 + $1.width }
    for givesWay in [true, false] {
      while excess > 0 {
        let texts = widths.indices.filter { place in
          let column = columns[widths[place].index]
          return widths[place].width > column.least && column.canBeLeftOut == givesWay
        }
        // Of columns as wide as each other the last gives way.
        guard let widest = texts.max(by: { widths[$0].width <= widths[$1].width }) else { break }
        widths[widest].width -= 1
        excess -= 1
      }
    }
    return (widths, excess <= 0)
  }
}
