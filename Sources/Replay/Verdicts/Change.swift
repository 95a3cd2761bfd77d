public import Values

/// One difference between what an execution did and what it would do.
public struct Change: Hashable, Sendable {
  /// The path of the step, in the old version for what is missing; empty for the execution itself.
  public let step: Text
  /// What differs.
  public let kind: ChangeKind
  /// The connector and method that are asked there: `slack:sendDirectMessage2`.
  ///
  /// Of one that differs the new one; nil for what is no request.
  public let effect: Text?
  /// The place in the request or result, such as `Message/Text`; empty for the whole.
  public let path: Text
  /// What was; nil where nothing was.
  ///
  /// Of what is reordered, the step of the effect before it that keeps its place, null where it came first.
  public let before: Value?
  /// What would be; nil where nothing would be.
  public let after: Value?

  /// Makes a difference.
  public init(
    step: Text,
    kind: ChangeKind,
    effect: Text? = nil,
    path: Text,
    before: Value?,
    after: Value?
  ) {
    self.step = step
    self.kind = kind
    self.effect = effect
    self.path = path
    self.before = before
    self.after = after
  }
}

extension Change {
  /// The difference as JSON lines show it; dates and files as recordings write them.
  public var value: Value {
    var object: Object = [
      "step": .text(step), "kind": .text(Text(kind.rawValue)),
    ]
    if let effect { object["effect"] = .text(effect) }
    object["path"] = .text(path)
    if let before { object["before"] = RecordedValue.encodeTree(before) }
    if let after { object["after"] = RecordedValue.encodeTree(after) }
    return .object(object)
  }
}

extension Change {
  /// What differs and where: the kind, the step and the place in the request.
  public var place: String {
    [Text(kind.rawValue), step, path].filter { !$0.isEmpty }.map(\.description)
      .joined(separator: " ")
  }

  /// Both sides of the difference, each in a line; of long values the part that differs.
  ///
  /// Nil where an effect that only one version has is all that differs.
  public var sides: (before: String, after: String)? {
    switch kind {
    case .new, .missing: nil
    case .reordered: (Self.order(before), Self.order(after))
    case .arguments, .options, .connection, .method, .result, .response, .error, .status,
      .wouldNotStart:
      values
    }
  }

  /// The difference in a line: what differs, where, and both sides.
  public var sentence: String {
    sides.map { "\(place): \($0.before) → \($0.after)" } ?? place
  }

  /// Behind what an effect comes.
  private static func order(_ step: Value?) -> String {
    if case .text(let step)? = step { "behind \(step)" } else { "first" }
  }

  /// Both values, each in a line; of long ones the part that differs.
  public var values: (before: String, after: String) {
    let (before, after) = (Self.shown(before), Self.shown(after))
    let common = zip(before, after).prefix { $0 == $1 }.count
    let start = max(before.count, after.count) <= Self.room ? 0 : max(0, common - 12)
    return (Self.cut(before, start), Self.cut(after, start))
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
