internal import Synchronization

/// The tables of views that are open in this process, by name.
///
/// LMDB forbids that two transactions of a process open tables at the same time, so all openings
/// happen here, each in a short transaction of its own. A table once open stays open.
final class ViewTables: Sendable {
  private let opened = Mutex<[String: Table]>([:])

  /// The table of that name, or nil where the store has none.
  ///
  /// Must not be called inside a transaction.
  func table(_ name: String, in environment: Environment) throws -> Table? {
    try opened.withLock { opened in
      if let known = opened[name] { return known }
      let transaction = try ReadTransaction(environment)
      guard let table = try Table(name, in: transaction) else { return nil }
      try transaction.close()
      opened[name] = table
      return table
    }
  }

  /// The table of that name where it is open.
  subscript(name: String) -> Table? { opened.withLock { $0[name] } }

  /// Opens both tables of each projection, making those that are missing.
  func open(_ projections: [any Projection], in environment: Environment) throws {
    let names = projections.flatMap { projection in
      [UInt8(0), 1].map { ProjectionState.tableName(projection.name, slot: $0) }
    }
    var missing: [String] = []
    for name in names where try table(name, in: environment) == nil { missing.append(name) }
    guard !missing.isEmpty, !environment.isReadOnly else { return }
    let made = try environment.write { transaction in
      var made: [(String, Table)] = []
      for name in missing { made.append((name, try Table(name, creatingIn: transaction))) }
      return made
    }
    opened.withLock { opened in
      for (name, table) in made { opened[name] = table }
    }
  }

  /// Opens the tables that hold the store's views now, whichever program made them.
  func openStored(_ meta: Table, in environment: Environment) throws {
    let states = try environment.read { try Projector.states(meta, $0) }
    for state in states { _ = try table(state.tableName, in: environment) }
  }
}
