internal import Audit
internal import Replay
internal import Values

/// Executions as a table; where they come from is a column where not all ran here.
struct HistoryTable {
  /// An execution and how deep it stands below the one that is asked about.
  struct Row {
    let entry: HistoryEntry
    let depth: Int
  }

  private var table: TextTable

  init(_ rows: [Row]) {
    let hasModes = rows.contains { $0.entry.mode != .local }
    table = TextTable(
      ["STARTED", "EXECUTION", "FLOW"] + (hasModes ? ["MODE"] : []) + ["STATUS", "STEPS", "ERROR"]
    )
    for row in rows { table.add(Self.cells(row, hasModes: hasModes)) }
  }

  private static func cells(_ row: Row, hasModes: Bool) -> [String] {
    let entry = row.entry
    let line = entry.json
    let flow = "\(line.shown("flow"))\(entry.version.map { "@\($0)" } ?? "")"
    return [
      TimeText.of(entry.started), entry.execution.description,
      String(repeating: "  ", count: row.depth) + flow,
    ] + (hasModes ? [entry.mode.rawValue] : []) + [
      entry.status.description + (entry.inDoubt > 0 ? ", in doubt" : ""),
      entry.steps.map { String($0) } ?? "", line.shown("error"),
    ]
  }

  /// Writes the table to the results.
  func write() { table.write() }
}

extension HistoryEntry {
  /// Writes the execution as text.
  func writeText() {
    let line = json
    let style: Style = status == HistoryStatus.failed.text ? .bad : .good
    Output.line("\(style(status.description))  \(line.shown("flow").visible)")
    Output.line("execution  \(execution)")
    if let steps { Output.line("steps      \(steps)") }
    let message = line.shown("error")
    if !message.isEmpty { Output.line("error      \(message.visible)") }
    if inDoubt > 0 {
      Output.line("in doubt   \(inDoubt) of its requests; `auditcli show \(execution)` names them")
    }
  }
}

extension Object {
  /// The text of a member, empty where it is none.
  fileprivate func shown(_ key: Text) -> String {
    if case .text(let text)? = self[key] { text.description } else { "" }
  }
}
