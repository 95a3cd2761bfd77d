/// Runs the projections of a program inside the transactions that append.
final class Projector {
  private let projections: [any Projection]
  private let meta: Table
  private let views: ViewTables
  private var states: [ProjectionState] = []
  private var tables: [Table] = []
  /// Which projections read events of a type, by the type.
  private var readers: [[UInt8]: [Int]] = [:]

  static let key = Array("projections".utf8)

  init(_ projections: [any Projection], meta: Table, views: ViewTables) {
    self.projections = projections
    self.meta = meta
    self.views = views
  }
}

extension Projector {
  /// What the store remembers of its projections.
  static func states(
    _ meta: Table,
    _ transaction: borrowing some TableReading & ~Copyable
  ) throws -> [ProjectionState] {
    guard let bytes = try transaction.value(meta, key),
      let states = try? ProjectionState.decode(bytes)
    else { throw EventLogError.damaged(reason: "what it remembers of its views is malformed") }
    return states
  }

  /// Reads the states again.
  ///
  /// - Throws: `EventLogError.projectionsDiffer` where the views are not this program's.
  func reload(_ transaction: borrowing WriteTransaction) throws {
    let stored = try Self.states(meta, transaction)
    guard stored.map(\.nameAndVersion) == projections.map(\.nameAndVersion) else {
      throw EventLogError.projectionsDiffer(
        stored: stored.map(\.nameAndVersion),
        program: projections.map(\.nameAndVersion)
      )
    }
    tables = try stored.map { state in
      guard let table = views[state.tableName] else {
        throw EventLogError.damaged(reason: "the view \(state.name) is missing")
      }
      return table
    }
    states = stored
  }

  /// Whether any projection takes in events of that type.
  func isRead(type: [UInt8]) -> Bool {
    if let known = readers[type] { return !known.isEmpty }
    let reading = projections.indices.filter { projections[$0].reads(type: type) }
    if readers.count >= 4096 { readers.removeAll(keepingCapacity: true) }
    readers[type] = reading
    return !reading.isEmpty
  }

  /// Takes the events into every view.
  func apply(_ events: [Event], _ transaction: borrowing WriteTransaction) throws {
    guard !events.isEmpty else { return }
    let before = states
    for (index, projection) in projections.enumerated() {
      let failure = try Self.fold(events, projection, tables[index], transaction)
      states[index].failure = states[index].failure ?? failure
    }
    if states != before {
      try transaction.put(meta, Self.key, ProjectionState.encode(states))
    }
  }

  /// Folds events into one view; returns the first failure.
  static func fold(
    _ events: [Event],
    _ projection: any Projection,
    _ table: Table,
    _ transaction: borrowing WriteTransaction
  ) throws -> ProjectionState.Failure? {
    let view = ViewWriter(table, TransactionLoan(transaction))
    var failure: ProjectionState.Failure?
    for event in events where projection.reads(type: Array(event.type.utf8)) {
      let failed = try apply(projection, event, view)
      failure = failure ?? failed
      try view.flush()
    }
    return failure
  }

  /// Takes one event into a view; what it may not change is not changed.
  static func apply(
    _ projection: any Projection,
    _ event: Event,
    _ view: ViewWriter
  ) throws -> ProjectionState.Failure? {
    do {
      try projection.apply(event, to: view)
      try view.checkKeys()
      return nil
    } catch let error as LMDBError {
      throw error
    } catch {
      view.discard()
      return ProjectionState.Failure(position: event.position.rawValue, describing: error)
    }
  }
}

extension ProjectionState.Failure {
  /// The failure at a position, its reason cut to what the one row of all views has room for.
  init(position: UInt64, describing error: any Error) {
    self.init(position: position, reason: String("\(error)".prefix(120)))
  }
}

extension ProjectionState {
  var nameAndVersion: String { "\(name) \(version)" }
}

extension Projection {
  var nameAndVersion: String { "\(name) \(version)" }
}
