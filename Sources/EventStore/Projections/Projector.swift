/// Runs the projections of a program inside the transactions that append.
final class Projector {
  private let projections: [any Projection]
  private let meta: Table
  private var states: [ProjectionState]?
  private var tables: [Table] = []

  static let key = Array("projections".utf8)

  init(_ projections: [any Projection], meta: Table) {
    self.projections = projections
    self.meta = meta
  }
}

extension Projector {
  /// What the store remembers of its projections; none where it is new.
  static func states(
    _ meta: Table, _ transaction: borrowing some TableReading & ~Copyable
  ) throws -> [ProjectionState]? {
    guard let bytes = try transaction.value(meta, key) else { return nil }
    do {
      return try ProjectionState.decode(bytes)
    } catch {
      throw EventLogError.corrupted(at: Position(0), reason: "the projections are malformed")
    }
  }

  /// Reads the states again, and makes them where the store is new.
  func reload(_ transaction: borrowing WriteTransaction) throws {
    let stored = try Self.states(meta, transaction)
    let states =
      stored
      ?? projections.map { ProjectionState(name: $0.name, version: $0.version, generation: 0) }
    guard states.map(\.nameAndVersion) == projections.map(\.nameAndVersion) else {
      throw EventLogError.projectionsDiffer(
        stored: states.map(\.nameAndVersion), program: projections.map(\.nameAndVersion))
    }
    if stored == nil { try transaction.put(meta, Self.key, ProjectionState.encode(states)) }
    var tables: [Table] = []
    for state in states { tables.append(try Table(state.tableName, creatingIn: transaction)) }
    self.tables = tables
    self.states = states
  }

  /// Takes the events into every view.
  func apply(_ events: [Event], _ transaction: borrowing WriteTransaction) throws {
    guard var states else { return }
    let before = states
    for (index, projection) in projections.enumerated() {
      states[index].failure =
        try Self.fold(events, projection, tables[index], transaction) ?? states[index].failure
    }
    if states != before {
      try transaction.put(meta, Self.key, ProjectionState.encode(states))
      self.states = states
    }
  }

  /// Folds events into one view; returns the first failure.
  static func fold(
    _ events: [Event], _ projection: any Projection, _ table: Table,
    _ transaction: borrowing WriteTransaction
  ) throws -> ProjectionState.Failure? {
    let view = ViewWriter(table, TransactionLoan(transaction))
    var failure: ProjectionState.Failure?
    for event in events where projection.reads(type: Array(event.type.utf8)) {
      do {
        try projection.apply(event, to: view)
      } catch let error as LMDBError {
        throw error
      } catch {
        view.discard()
        failure =
          failure
          ?? ProjectionState.Failure(position: event.position.rawValue, reason: "\(error)")
        continue
      }
      try view.flush()
    }
    return failure
  }
}

extension ProjectionState {
  var nameAndVersion: String { "\(name) \(version)" }
}

extension Projection {
  var nameAndVersion: String { "\(name) \(version)" }
}
