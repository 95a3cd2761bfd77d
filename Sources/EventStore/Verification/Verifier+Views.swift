/// Views are folded again in memory and compared row by row.
extension Verifier {
  /// Compares every view of the program with a fresh fold of the log.
  mutating func verifyViews(_ transaction: borrowing ReadTransaction) throws {
    guard let states = try? Projector.states(log.tables.meta, transaction) else {
      report(Problem(.wrongView, "what the store remembers of its views is malformed"))
      return
    }
    let projections = log.options.projections
    guard states.map(\.nameAndVersion) == projections.map(\.nameAndVersion) else {
      report(
        Problem(.wrongView, "the views were made by another program; run `auditcli rebuild`")
      )
      return
    }
    for (projection, state) in zip(projections, states) {
      if let failure = state.failure {
        report(Problem(.wrongView, at: failure.position, "\(state.name) is degraded"))
      }
      try compare(projection, state, transaction)
    }
  }

  private mutating func compare(
    _ projection: any Projection,
    _ state: ProjectionState,
    _ transaction: borrowing ReadTransaction
  ) throws {
    guard let table = log.viewTables[state.tableName] else {
      report(Problem(.wrongView, "\(state.name) is missing"))
      return
    }
    do {
      let fresh = try fold(projection, transaction)
      if fresh.failure != state.failure {
        report(Problem(.wrongView, "\(state.name) is degraded otherwise than the events make it"))
      }
      if try Self.differs(fresh.view, table, transaction) {
        report(Problem(.wrongView, "\(state.name) is not what the events give"))
      }
    } catch let error as LMDBError { throw error } catch {
      report(Problem(.wrongView, "\(state.name) cannot be compared: \(error)"))
    }
  }

  private func fold(
    _ projection: any Projection,
    _ transaction: borrowing ReadTransaction
  ) throws -> (view: ViewWriter, failure: ProjectionState.Failure?) {
    let view = ViewWriter()
    var failure: ProjectionState.Failure?
    let decompressor = try Decompressor()
    try EventRow.forEach(
      in: 0..<head.size,
      log.tables.events,
      transaction,
      decompressor,
      log.dictionaries
    ) { stored in
      let type = try log.typeName(stored.header.type, transaction)
      guard projection.reads(type: type) else { return true }
      let failed = try Projector.apply(projection, stored.event(type: type), view)
      failure = failure ?? failed
      try view.flush()
      return true
    }
    return (view, failure)
  }

  private static func differs(
    _ view: ViewWriter,
    _ table: Table,
    _ transaction: borrowing ReadTransaction
  ) throws -> Bool {
    let cursor = try Cursor(table, transaction)
    var row = try cursor.first()
    var differs = false
    try view.kept.rows(from: []) { fresh in
      guard let current = row, current.key.elementsEqual(fresh.key),
        current.value.elementsEqual(fresh.value)
      else {
        differs = true
        return false
      }
      row = try cursor.next()
      return true
    }
    return differs || row != nil
  }
}
