public import EventStore
internal import Replay
internal import Values

/// Follows causes and consequences through a log: event, delivery, execution, step, effect.
public struct Tracer: Sendable {
  let log: EventLog
  let history: HistoryView

  /// Makes a tracer.
  public init(_ log: EventLog) {
    self.log = log
    history = HistoryView(log)
  }

  /// What a name means: a position, an execution, a step (`execution/step`), or an event's own id;
  /// also as traces write them, `event:7`, `execution:ID` and `step:EXECUTION/PATH`.
  ///
  /// - Returns: Where to begin; for what the log does not know, the id of an event.
  /// - Throws: What reading the log throws.
  public func start(named name: String) throws -> TraceStart {
    if let word = name.suffix(behind: "event:") {
      return UInt64(word).map { .position(Position($0)) } ?? .eventID(Text(word))
    }
    let position = UInt64(name).map { Position($0) }
    // Digits can also begin an id.
    if let position, position.rawValue < (try log.size().count) { return .position(position) }
    let id = name.suffix(behind: "execution:") ?? name
    if let entry = try history.execution(named: id) { return .execution(entry.execution) }
    if let position { return .position(position) }
    if id != name { return .execution(Text(id)) }
    let word = name.suffix(behind: "step:") ?? name
    if let slash = word.firstIndex(of: "/") {
      if let entry = try history.execution(named: String(word[..<slash])) {
        return .step(
          execution: entry.execution,
          path: Text(String(word[word.index(after: slash)...]))
        )
      }
    }
    return .eventID(Text(name))
  }

  /// The links from `start`, nearest first.
  ///
  /// - Parameters:
  ///   - start: Where the walk begins.
  ///   - direction: Towards causes or consequences.
  ///   - limit: The most links; more are left out.
  /// - Returns: The links, each once, and whether that is all of them.
  /// - Throws: `TraceError` where the log has no such event, execution or step; what reading it throws.
  /// - Complexity: O(*n*) in the number of links and the recordings they lead through.
  public func trace(
    _ start: TraceStart,
    _ direction: TraceDirection,
    limit: Int = 10_000
  ) throws -> Trace {
    var walk = TraceWalk(tracer: self, direction: direction, limit: max(0, limit))
    for node in try walk.nodes(of: start) { walk.visit(node) }
    try walk.run()
    return walk.trace
  }

  /// That nothing is called so.
  func unknown(_ name: String) throws -> TraceError {
    let count = try log.size().count
    return .unknown(name, last: count > 0 ? Position(count - 1) : nil)
  }

  /// The recording of an execution's tree, nil for an observed one.
  func recording(of entry: HistoryEntry) throws -> Recording? {
    entry.mode == .observed ? nil : try RecordingReader(log).recording(of: entry.root)
  }
}

extension String {
  /// What follows a prefix, nil where there is none such.
  fileprivate func suffix(behind prefix: String) -> String? {
    hasPrefix(prefix) ? String(dropFirst(prefix.count)) : nil
  }
}
