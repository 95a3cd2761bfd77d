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

  /// The links from `start`, nearest first; none where there is no such thing.
  ///
  /// At most `limit` links; more are left out.
  ///
  /// - Throws: What reading the log throws.
  /// - Complexity: O(*n*) in the number of links and the recordings they lead through.
  public func trace(
    _ start: TraceStart,
    _ direction: TraceDirection,
    limit: Int = 10_000
  ) throws -> [TraceEdge] {
    var walk = TraceWalk(tracer: self, direction: direction, limit: max(0, limit))
    for node in try walk.nodes(of: start) { walk.visit(node) }
    try walk.run()
    return walk.edges
  }

  /// The recording of an execution's tree, nil for an observed one.
  func recording(of entry: HistoryEntry) throws -> Recording? {
    entry.mode == .observed ? nil : try RecordingReader(log).recording(of: entry.root)
  }
}
