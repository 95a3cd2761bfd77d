public import Values

/// One link from a cause to its consequence.
public struct TraceEdge: Hashable, Sendable {
  /// What a consequence is to its cause.
  public enum Kind: String, Hashable, Sendable, CaseIterable {
    /// A delivery brought an event.
    case brought
    /// The switching on of a flow planned a tick of its schedule.
    case planned
    /// An event is another copy of the first, with other bytes.
    case conflicting
    /// An event started an execution.
    case started
    /// An event is carried by the inputs of an execution.
    case carried
    /// An execution ran a step.
    case ran
    /// A step called an execution.
    case called
    /// A step asked something of the world.
    case effect
    /// A step changed a table; the consequence is the event of the change.
    case wrote
    /// An execution was repaired by another.
    case repaired
    /// Somebody is the actor of an event or started an execution.
    case acted
    /// An event is about somebody or something.
    case targeted
    /// An event came from an address.
    case came
  }

  /// The cause, such as `event:7`, `execution:ID`, `step:EXECUTION/PATH` or `actor:NAME`.
  public let from: Text
  /// The consequence, written in the same way; of an effect, `effect:CONNECTOR:METHOD`.
  public let to: Text
  /// How the two are linked.
  public let kind: Kind

  /// Makes an edge.
  public init(from: Text, to: Text, kind: Kind) {
    self.from = from
    self.to = to
    self.kind = kind
  }

  /// The edge as the command line's JSON shows it.
  public var json: Value {
    ["from": .text(from), "to": .text(to), "kind": .text(Text(kind.rawValue))]
  }
}
