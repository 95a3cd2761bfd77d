public import Values

/// One difference between what an execution did and what it would do.
public struct Change: Hashable, Sendable {
  /// The path of the step, in the old version for what is missing; empty for the execution itself.
  public let step: Text
  /// What differs.
  public let kind: ChangeKind
  /// The place in the request or result, such as `Message/Text`; empty for the whole.
  public let path: Text
  /// What was; nil where nothing was.
  public let before: Value?
  /// What would be; nil where nothing would be.
  public let after: Value?

  /// Makes a difference.
  public init(step: Text, kind: ChangeKind, path: Text, before: Value?, after: Value?) {
    self.step = step
    self.kind = kind
    self.path = path
    self.before = before
    self.after = after
  }
}

extension Change {
  /// The difference as JSON lines show it; dates and files as recordings write them.
  public var value: Value {
    var object: Object = [
      "step": .text(step), "kind": .text(Text(kind.rawValue)), "path": .text(path),
    ]
    if let before { object["before"] = RecordedValue.encodeTree(before) }
    if let after { object["after"] = RecordedValue.encodeTree(after) }
    return .object(object)
  }
}
