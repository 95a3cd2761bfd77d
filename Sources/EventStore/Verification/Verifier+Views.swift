/// Views are folded again in memory and compared row by row.
extension Verifier {
  /// Compares every view of the program with a fresh fold of the log.
  mutating func verifyViews() throws {
    let states = try log.environment.read {
      try Projector.states(log.tables.meta, $0) ?? []
    }
    let projections = log.options.projections
    guard states.map(\.nameAndVersion) == projections.map(\.nameAndVersion) else {
      report(
        Problem(.wrongView, "the views were made by another program; run `auditcli rebuild`"))
      return
    }
    for (projection, state) in zip(projections, states) {
      if let failure = state.failure {
        report(Problem(.wrongView, at: failure.position, "\(state.name) is degraded"))
        continue
      }
      let fresh = try freshRows(projection)
      let stored = try log.environment.read { transaction in
        try Table(state.tableName, in: transaction).map { try Self.allRows($0, transaction) } ?? [:]
      }
      if fresh != stored {
        report(Problem(.wrongView, "\(state.name) is not what the events give"))
      }
    }
  }

  private func freshRows(_ projection: any Projection) throws -> [[UInt8]: [UInt8]] {
    let view = ViewWriter()
    try log.read(Position(0)..<Position(head.size)) { event in
      guard projection.reads(type: Array(event.type.utf8)) else { return true }
      try projection.apply(event, to: view)
      view.keep()
      return true
    }
    return view.kept
  }

  private static func allRows(
    _ table: Table, _ transaction: borrowing ReadTransaction
  ) throws -> [[UInt8]: [UInt8]] {
    var rows: [[UInt8]: [UInt8]] = [:]
    let cursor = try Cursor(table, transaction)
    var row = try cursor.first()
    while let current = row {
      rows[Array(current.key)] = Array(current.value)
      row = try cursor.next()
    }
    return rows
  }
}
