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
  ///
  /// Of what is reordered, the step of the effect before it that keeps its place, null where it came first.
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

extension Change {
  /// The difference in a line: the step, what differs there, and both values.
  public var sentence: String {
    let place = [step, path].filter { !$0.isEmpty }.map(\.description).joined(separator: " ")
    if kind == .new || kind == .missing { return "\(kind.rawValue) \(place)" }
    if kind == .reordered {
      return "\(kind.rawValue) \(place): \(Self.order(before)) → \(Self.order(after))"
    }
    return "\(kind.rawValue) \(place): \(values)"
  }

  /// Behind what an effect comes.
  private static func order(_ step: Value?) -> String {
    if case .text(let step)? = step { "behind \(step)" } else { "first" }
  }

  /// Both values in a line, `before → after`; of long ones the part that differs.
  public var values: String {
    let (before, after) = (Self.shown(before), Self.shown(after))
    let common = zip(before, after).prefix { $0 == $1 }.count
    let start = max(before.count, after.count) <= Self.room ? 0 : max(0, common - 12)
    return "\(Self.cut(before, start)) → \(Self.cut(after, start))"
  }

  /// How much of a value is shown.
  private static let room = 60

  private static func shown(_ value: Value?) -> String {
    value.map { JSON.text(RecordedValue.encodeTree($0)).description } ?? "nothing"
  }

  private static func cut(_ text: String, _ start: Int) -> String {
    let rest = text.dropFirst(start)
    return (start > 0 ? "…" : "") + rest.prefix(room) + (rest.count > room ? "…" : "")
  }
}
