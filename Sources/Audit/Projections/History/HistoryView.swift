internal import Dispatch
public import EventStore
internal import Replay
internal import Synchronization
public import Values

/// Reads the history of a log.
public struct HistoryView: Sendable {
  private let log: EventLog

  /// Makes a reader.
  public init(_ log: EventLog) {
    self.log = log
  }

  /// The execution of an id, nil where there is none.
  ///
  /// - Throws: `EventLogError.projectionsDiffer` where the log has no such view.
  public func execution(_ id: Text) throws -> HistoryEntry? {
    try log.view(HistoryProjection()) { view in
      try Self.entry(id, view)
    }
    .map(resolved)
  }

  /// The execution of an id, or of the only one that begins with at least four given characters.
  ///
  /// - Throws: `AmbiguousID` where several begin so.
  public func execution(named word: String) throws -> HistoryEntry? {
    if let entry = try execution(Text(word)) { return entry }
    let id = try UniquePrefix.id(word) { beginning in
      try log.view(HistoryProjection()) { view in
        let rows = try ["e", "x"].flatMap { try view.rows(prefix: ViewKey.id($0, beginning)) }
        return Array(Set(rows.compactMap { ViewRow.object($0.value)?.textAt("execution") }))
      }
    }
    return try id.flatMap(execution)
  }

  /// The executions that a query asks for, the latest first.
  ///
  /// - Complexity: O(*n*) in the number of executions.
  public func entries(_ query: HistoryQuery = HistoryQuery()) throws -> [HistoryEntry] {
    let prefix = query.trigger.map { ViewKey.position("t", $0) } ?? [UInt8(ascii: "o")]
    let ids = try log.view(HistoryProjection()) { try Self.ids(prefix: prefix, $0) }
    guard query.limit < Int.max else { return try all(ids, query) }
    var found: [HistoryEntry] = []
    var rest = ids[...]
    while !rest.isEmpty, found.count < query.limit {
      let slice = rest.suffix(Self.sliceLength)
      rest = rest.dropLast(slice.count)
      found += try matching(slice, query, atMost: query.limit - found.count)
    }
    return try found.map(resolved)
  }

  /// The executions of those ids that a query asks for, the last first, read by all cores.
  private func all(_ ids: [(Position, Text)], _ query: HistoryQuery) throws -> [HistoryEntry] {
    let count = (ids.count + Self.sliceLength - 1) / Self.sliceLength
    let found = Mutex<[Int: Result<[HistoryEntry], any Error>]>([:])
    DispatchQueue.concurrentPerform(iterations: count) { number in
      let end = ids.count - number * Self.sliceLength
      let slice = ids[max(0, end - Self.sliceLength)..<end]
      let entries = Result { try matching(slice, query, atMost: slice.count).map(resolved) }
      found.withLock { $0[number] = entries }
    }
    let slices = found.withLock { $0 }
    return try (0..<count).flatMap { try slices[$0]?.get() ?? [] }
  }

  /// The last of a slice that a query asks for, the very last first, of one snapshot.
  private func matching(
    _ slice: ArraySlice<(Position, Text)>,
    _ query: HistoryQuery,
    atMost limit: Int
  ) throws -> [HistoryEntry] {
    try log.view(HistoryProjection()) { view in
      var found: [HistoryEntry] = []
      for (position, id) in slice.reversed() where found.count < limit {
        guard let row = try Self.row(of: id, view), !query.excludes(row),
          let entry = try Self.entry(row, view), entry.position == position, query.matches(entry)
        else { continue }
        found.append(entry)
      }
      return found
    }
  }

  /// The executions that the steps of an execution started, in the order in which they began.
  public func children(of id: Text) throws -> [HistoryEntry] {
    try entries(prefix: ViewKey.id("c", id, []))
  }

  /// The executions that an event started, in the order in which they began.
  public func executions(startedBy position: Position) throws -> [HistoryEntry] {
    try entries(prefix: ViewKey.position("t", position))
  }

  /// The executions whose inputs carry an event of that id, whoever sent it, in the order in which they
  /// began.
  public func executions(carrying id: Text) throws -> [HistoryEntry] {
    try entries(prefix: ViewKey.hashed("k", id)).filter { $0.carries.contains(id) }
  }

  /// How many rows are read from one snapshot.
  private static let sliceLength = 512

  private func entries(prefix: [UInt8]) throws -> [HistoryEntry] {
    try log.view(HistoryProjection()) { view in
      try Self.ids(prefix: prefix, view).compactMap { try Self.entry($0.1, view) }
    }
    .map(resolved)
  }

  private static func ids(
    prefix: [UInt8],
    _ view: borrowing ViewReader
  ) throws -> [(Position, Text)] {
    try view.rows(prefix: prefix).map { row in
      (ViewKey.position(endOf: row.key), Text(wtf8: row.value))
    }
  }

  private static func entry(_ id: Text, _ view: borrowing ViewReader) throws -> HistoryEntry? {
    try row(of: id, view).flatMap { try entry($0, view) }
  }

  private static func row(of id: Text, _ view: borrowing ViewReader) throws -> Object? {
    try (view.value(ViewKey.id("e", id)) ?? view.value(ViewKey.id("x", id))).flatMap(
      ViewRow.object
    )
  }

  private static func entry(
    _ row: Object,
    _ view: borrowing ViewReader
  ) throws -> HistoryEntry? {
    guard row["mode"] == nil, let root = row.textAt("root"),
      let rootRow = try view.value(ViewKey.id("e", root)).flatMap(ViewRow.object)
    else { return HistoryEntry(row) }
    return HistoryEntry(row, mode: HistoryEntry(rootRow)?.mode)
  }

  /// The entry with a long error message read from where it is kept.
  private func resolved(_ entry: HistoryEntry) throws -> HistoryEntry {
    guard let error = entry.error, let message = error["message"] else { return entry }
    var resolved = error
    resolved["message"] = try StoredReference.value(message, owner: entry.root, log)
    return entry.with(error: resolved)
  }
}

extension HistoryEntry {
  fileprivate func with(error: Object) -> HistoryEntry {
    HistoryEntry(
      execution: execution,
      flow: flow,
      flowName: flowName,
      version: version,
      hash: hash,
      mode: mode,
      status: status,
      stoppedBy: stoppedBy,
      trigger: trigger,
      actor: actor,
      started: started,
      finished: finished,
      steps: steps,
      error: error,
      parent: parent,
      root: root,
      callSite: callSite,
      index: index,
      resolvedBy: resolvedBy,
      repairs: repairs,
      inDoubt: inDoubt,
      carries: carries,
      position: position,
      engine: engine,
      visits: visits
    )
  }
}
