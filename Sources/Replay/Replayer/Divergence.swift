public import Values

/// The first place at which a replay did something else than was recorded.
public struct Divergence: Hashable, Sendable {
  /// The path of the step; that of the call for an execution, empty for the root execution.
  public let step: Text
  /// What differs.
  public let kind: DivergenceKind
  /// What was recorded; nil where nothing was.
  public let recorded: Value?
  /// What the replay did; nil where it did nothing.
  public let replayed: Value?

  /// Makes a divergence.
  public init(step: Text, kind: DivergenceKind, recorded: Value?, replayed: Value?) {
    self.step = step
    self.kind = kind
    self.recorded = recorded
    self.replayed = replayed
  }
}

extension Divergence {
  /// The divergence as JSON lines show it; dates and files as recordings write them.
  public var value: Value {
    var object: Object = ["step": .text(step), "kind": .text(Text(kind.rawValue))]
    if let recorded { object["recorded"] = RecordedValue.encodeTree(recorded) }
    if let replayed { object["replayed"] = RecordedValue.encodeTree(replayed) }
    return .object(object)
  }
}
