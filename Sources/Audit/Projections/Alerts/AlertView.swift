public import EventStore
internal import Flows
public import Values

/// Reads the alerts of a log.
public struct AlertView: Sendable {
  private let log: EventLog

  /// Makes a reader.
  public init(_ log: EventLog) {
    self.log = log
  }

  /// The alerts that a query asks for, the latest first.
  ///
  /// - Throws: `EventLogError.projectionsDiffer` where the log has no such view.
  /// - Complexity: O(*n* log *n*) in the number of alerts.
  public func alerts(_ query: AlertQuery = AlertQuery()) throws -> [Alert] {
    let alerts = try log.view(AlertProjection()) { view in
      try view.rows(prefix: [UInt8(ascii: "a")]).compactMap { row in
        try Self.alert(Text(wtf8: Array(row.key.dropFirst())), row.value, view)
      }
    }
    let found = alerts.filter(query.matches).sorted {
      $0.last == $1.last ? $0.id < $1.id : $0.last > $1.last
    }
    return Array(found.prefix(max(0, query.limit)))
  }

  /// The alert of an id, nil where there is none.
  public func alert(_ id: Text) throws -> Alert? {
    try log.view(AlertProjection()) { view in
      try view.value(ViewKey.id("a", id)).flatMap { try Self.alert(id, $0, view) }
    }
  }

  /// The alert of an id, or of the only one that begins with at least four given characters.
  ///
  /// - Throws: `AmbiguousID` where several begin so.
  public func alert(named word: String) throws -> Alert? {
    if let alert = try alert(Text(word)) { return alert }
    let id = try UniquePrefix.id(word) { beginning in
      try log.view(AlertProjection()) { view in
        try view.rows(prefix: ViewKey.id("a", beginning)).map {
          Text(wtf8: Array($0.key.dropFirst()))
        }
      }
    }
    return try id.flatMap(alert)
  }

  /// The alerts whose events stand from a position on, at most so many events, and where the next begins.
  ///
  /// - Complexity: O(log *n* + *k*) in the view's rows and those that are read.
  func alerts(
    ofEventsFrom first: UInt64,
    before end: UInt64,
    limit: Int
  ) throws -> (alerts: [Text], next: UInt64) {
    try log.view(AlertProjection()) { view in
      var found: [Text] = []
      var next = end
      var count = 0
      try view.rows(from: ViewKey.position("z", Position(first))) { key, value in
        let place = ViewKey.position(endOf: Array(key)).rawValue
        guard key.first == UInt8(ascii: "z"), place < end else { return false }
        guard count < limit else {
          next = place
          return false
        }
        count += 1
        if let row = (try? JSON.parse(Array(value))).flatMap(EvidenceRow.init) {
          found.append(row.alert)
        }
        return true
      }
      return (found, next)
    }
  }

  private static func alert(
    _ id: Text,
    _ bytes: [UInt8],
    _ view: borrowing ViewReader
  ) throws -> Alert? {
    guard let row = ViewRow.object(bytes) else { return nil }
    var evidence: [(Alert.Evidence, EvidenceRow)] = []
    for place in try view.rows(prefix: ViewKey.id("p", id, [])) {
      let position = ViewKey.position(endOf: place.key)
      guard let first = try evidenceRow(at: position, view) else { continue }
      let positions =
        try view.value(ViewKey.hashed("v", id, first.id)).map(PositionList.decode)
        ?? []
      let copies = try positions.compactMap { try evidenceRow(at: $0, view) }
      guard let merged = EvidenceRow.merged(copies) else { continue }
      evidence.append((Alert.Evidence(merged, at: positions), merged))
    }
    evidence.sort { $0.0.time == $1.0.time ? $0.0.id < $1.0.id : $0.0.time < $1.0.time }
    guard let user = evidence.first?.1 else { return nil }
    let handling = try Handlings(of: evidence.map(\.0), in: id, view)
    let events = evidence.map(\.0)
    let decisions = row.list("decisions").compactMap(Alert.Decided.init)
    return Alert(
      id: id,
      user: user.userLogin ?? user.userID ?? "unknown",
      userID: user.userID,
      userName: user.userName,
      severity: events.map(\.severity).max() ?? .medium,
      events: events,
      decisions: decisions,
      handling: handling.handling,
      handledBy: handling.execution,
      latency: handling.finished.map { $0 - (events.first?.time ?? $0) },
      openings: AlertOpenings.positions(
        zip(events, handling.ends).map { ($0.positions.min() ?? Position(0), $1) },
        decisions: decisions.map(\.position)
      )
    )
  }
}

extension AlertView {
  private static func evidenceRow(
    at position: Position,
    _ view: borrowing ViewReader
  ) throws -> EvidenceRow? {
    try view.value(ViewKey.position("z", position)).flatMap { try? JSON.parse($0) }
      .flatMap(EvidenceRow.init)
  }
}

extension Alert.Evidence {
  init(_ row: EvidenceRow, at positions: [Position]) {
    id = row.id
    time = row.time
    self.positions = positions
    severity = row.severity
  }
}

extension Alert.Decided {
  init?(_ value: Value) {
    guard case .object(let row) = value, let name = row.textAt("decision"),
      let decision = AlertDecision(rawValue: name.description),
      let position = row.position("position")
    else { return nil }
    self.init(
      decision: decision,
      time: row.integer("time") ?? 0,
      position: position,
      actor: row.textAt("actor") ?? .empty,
      note: row.textAt("note")
    )
  }
}

/// What executions did about the events of an alert.
private struct Handlings {
  private(set) var handling = Alert.Handling.none
  private(set) var execution: Text?
  private(set) var finished: Int64?
  /// Where, of each event, the first execution ended that handled it; nil where none did.
  private(set) var ends: [Position?]

  init(of events: [Alert.Evidence], in alert: Text, _ view: borrowing ViewReader) throws {
    var all: [(handling: Alert.Handling, by: Candidate?, end: Position?)] = []
    for event in events {
      all.append(try Self.handling(of: CarriedEvidence(alert: alert, id: event.id), view))
    }
    ends = all.map(\.end)
    if all.allSatisfy({ $0.handling == .handled }) {
      handling = .handled
      let last = all.compactMap(\.by).max { $0.finished < $1.finished }
      execution = last?.id
      finished = last?.finished
    } else if all.contains(where: { $0.handling != .none }) {
      handling = .seen
    }
  }

  /// An execution whose inputs carry an event.
  private struct Candidate {
    let id: Text
    let parent: Text?
    let didHandle: Bool
    let finished: Int64
    let started: Int64
    let ended: Position?
  }

  /// The earliest of the smallest executions that carry the event and handled it.
  private static func handling(
    of evidence: CarriedEvidence,
    _ view: borrowing ViewReader
  ) throws -> (Alert.Handling, Candidate?, end: Position?) {
    var candidates: [Candidate] = []
    for row in try view.rows(prefix: evidence.key) {
      let id = Text(wtf8: row.value)
      guard let facts = try view.value(ViewKey.id("x", id)).flatMap(ViewRow.object) else {
        continue
      }
      candidates.append(
        Candidate(
          id: id,
          parent: facts.textAt("parent"),
          didHandle: facts.textAt("status") == "succeeded" && facts["wrote"] == true,
          finished: facts.integer("finished") ?? 0,
          started: facts.integer("started") ?? 0,
          ended: facts.position("ended")
        )
      )
    }
    guard !candidates.isEmpty else { return (.none, nil, nil) }
    var outer: Set<Text> = []
    for candidate in candidates {
      var next = candidate.parent
      while let id = next, outer.insert(id).inserted {
        next = try view.value(ViewKey.id("x", id)).flatMap(ViewRow.object)?.textAt("parent")
      }
    }
    let handled = candidates.filter { !outer.contains($0.id) && $0.didHandle }
    guard let first = handled.min(by: { $0.started < $1.started }) else {
      return (.seen, nil, nil)
    }
    return (.handled, first, handled.compactMap(\.ended).min())
  }
}
