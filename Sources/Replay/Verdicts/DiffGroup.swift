public import Values

/// Executions that have in common what they are grouped by.
public struct DiffGroup: Hashable, Sendable {
  /// What executions of one group have in common; nil is what they are not grouped by, or do not have.
  public struct Key: Hashable, Sendable {
    /// The edited, added or removed card.
    public var card: CardID?
    /// The path of the step without the numbers of items; empty for the execution itself.
    public var step: Text?
    /// The connector of the effect.
    public var connector: Text?
    /// The verdict.
    public var verdict: Verdict?
    /// The kind of the leading change.
    public var kind: ChangeKind?
  }

  /// An execution of a group.
  public struct Example: Hashable, Sendable {
    /// All that was found.
    public let result: DiffResult
    /// The leading difference: the first, or the first of those asked for; nil where there is none.
    public let change: Change?

    /// The root execution.
    public var execution: Text { result.execution }
    /// How certain its verdict is.
    public var proof: Proof? { result.proof }
    /// Why the comparison could not go on, nil where it could.
    public var reason: String? { result.reason }
  }

  /// How many executions a group names.
  public static let maximumExamples = 3

  /// What they have in common.
  public let key: Key
  /// The name of the card, or of the step's card; empty where there is none, or it has no name.
  public let name: Text
  /// How many executions there are.
  public internal(set) var count: Int
  /// The first of them.
  public internal(set) var details: [Example]

  /// The ids of the first of them.
  public var examples: [Text] { details.map(\.execution) }
}

extension DiffGroup {
  /// Whether the group stands before another: the larger first, then by name, then by all else that
  /// tells them apart.
  func precedes(_ other: DiffGroup) -> Bool {
    if count != other.count { return count > other.count }
    if name != other.name { return name < other.name }
    return key.order.lexicographicallyPrecedes(other.key.order)
  }

  /// The group as the last JSON line shows it.
  public var value: Value {
    var object: Object = ["card": key.card.map { .text($0.text) } ?? .null]
    if let step = key.step { object["step"] = .text(step) }
    if let connector = key.connector { object["connector"] = .text(connector) }
    object["name"] = .text(name)
    object["verdict"] = key.verdict.map { .text(Text($0.rawValue)) } ?? .null
    object["kind"] = key.kind.map { .text(Text($0.rawValue)) } ?? .null
    object["count"] = Value(count: count)
    object["examples"] = .list(examples.map { .text($0) })
    return .object(object)
  }
}

extension DiffGroup.Key {
  /// All parts, verdicts in the order in which they are tried.
  fileprivate var order: [Text] {
    let place = verdict.flatMap { Verdict.allCases.firstIndex(of: $0) }
    return [
      Text(place.map(String.init) ?? ""), connector ?? .empty, Text(kind?.rawValue ?? ""),
      card?.text ?? .empty, step ?? .empty,
    ]
  }
}
