internal import EventStore
internal import Flows
internal import Replay
internal import Values

/// A breadth-first walk over the links of a log.
///
/// It takes up to one link more than it may, which tells that there are more.
struct TraceWalk {
  enum Node: Hashable {
    case event(Position)
    case execution(Text)
    case step(execution: Text, path: Text)
  }

  let tracer: Tracer
  let direction: TraceDirection
  let limit: Int
  let delivered: DeliveredEvents
  private(set) var edges: [TraceEdge] = []
  private var known: Set<TraceEdge> = []
  private var seen: Set<Node> = []
  private var queue: [Node] = []
  /// The recording read last; a walk stays in one tree for long.
  private var recent: (root: Text, recording: Recording?)?

  init(tracer: Tracer, direction: TraceDirection, limit: Int) {
    self.tracer = tracer
    self.direction = direction
    self.limit = limit
    delivered = DeliveredEvents(tracer.log)
  }

  /// What was found, as much as it may be.
  var trace: Trace {
    Trace(edges: Array(edges.prefix(limit)), isComplete: edges.count <= limit)
  }

  mutating func visit(_ node: Node) {
    if seen.insert(node).inserted { queue.append(node) }
  }

  mutating func run() throws {
    var next = 0
    while next < queue.count, edges.count <= limit {
      let node = queue[next]
      next += 1
      switch (node, direction) {
      case (.event(let position), .down): try consequences(of: position)
      case (.event(let position), .up): try causes(of: position)
      case (.execution(let id), .down): try consequences(ofExecution: id)
      case (.execution(let id), .up): try causes(ofExecution: id)
      case (.step(let execution, let path), .down): try consequences(ofStep: path, execution)
      case (.step(let execution, _), .up):
        link(.execution(execution), node, .ran, follow: .execution(execution))
      }
    }
  }

  /// Adds a link and goes on at `follow`.
  mutating func link(_ from: Node, _ to: Node, _ kind: TraceEdge.Kind, follow: Node) {
    add(TraceEdge(from: from.text, to: to.text, kind: kind))
    visit(follow)
  }

  mutating func add(_ edge: TraceEdge) {
    guard edges.count <= limit, known.insert(edge).inserted else { return }
    edges.append(edge)
  }

  mutating func recording(of entry: HistoryEntry) throws -> Recording? {
    if let recent, recent.root == entry.root { return recent.recording }
    let recording = try tracer.recording(of: entry)
    recent = (entry.root, recording)
    return recording
  }
}

extension TraceWalk.Node {
  var text: Text {
    switch self {
    case .event(let position): Text("event:\(position)")
    case .execution(let id): Text("execution:\(id)")
    case .step(let execution, let path): Text("step:\(execution)/\(path)")
    }
  }
}
