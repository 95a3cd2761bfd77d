internal import Audit
internal import EventStore
internal import Flows
internal import Replay
internal import Values

/// Why the repair of an execution would be another than was planned, and what to do.
struct ChangedSincePlanned {
  let plan: RepairPlan
  let log: EventLog

  /// A table that somebody has changed since, with the execution that did.
  private struct Change {
    let table: TableDefinition
    /// The root of the execution; nil where none did.
    let root: Text?
  }

  /// The reason, with the command that plans the execution anew.
  ///
  /// - Throws: What reading the log throws.
  func reason(for entry: RepairPlan.Entry, _ closure: FlowClosure) throws -> String {
    let changes = try closure.tables.compactMap(change)
    let repairs = Dictionary(
      plan.entries.map { (plan.repair(of: $0.execution), $0.execution) },
      uniquingKeysWith: { first, _ in first }
    )
    for change in changes {
      guard let root = change.root, let repaired = repairs[root] else { continue }
      return
        "its flow uses the table \"\(change.table.name)\", which this plan's repair of \(repaired) has changed, as "
        + "\(root), so that it would do something else than was planned. \(remedy(for: entry))"
    }
    if let change = changes.first {
      let by = change.root.map { "\($0)" } ?? "somebody"
      return
        "its flow uses the table \"\(change.table.name)\", which \(by) has changed since it was planned. "
        + remedy(for: entry)
    }
    return "what it depends on has changed since it was planned. \(remedy(for: entry))"
  }

  /// What to run: the options are those of this plan.
  private func remedy(for entry: RepairPlan.Entry) -> String {
    var words = "`auditcli repair plan \(entry.execution) --with '\(entry.flow)'"
    if plan.reusesReads { words += " --reuse-reads" }
    if plan.startsAnew { words += " --from-start" }
    for mapping in plan.mappings { words += " --map '\(mapping)'" }
    for edit in plan.edits { words += " --edit '\(edit.text)'" }
    return "Plan it anew, by \(words) --output FILE`, and apply that."
  }

  /// The last change of a table since the plan was made.
  private func change(of table: TableDefinition) throws -> Change? {
    let last = try log.events(of: .table(table.id)).last
    guard let last, last.position.rawValue >= plan.size else { return nil }
    let root = Text(wtf8: last.attributes.correlation)
    return Change(table: table, root: root.isEmpty ? nil : root)
  }
}
