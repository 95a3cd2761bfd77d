/// What a trace found.
public struct Trace: Hashable, Sendable {
  /// The links, nearest first, each once.
  public let edges: [TraceEdge]
  /// Whether there are no more than these.
  public let isComplete: Bool
}
