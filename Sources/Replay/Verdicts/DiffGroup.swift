public import Values

/// The executions that one edited card made differ in one way.
public struct DiffGroup: Hashable, Sendable {
  /// What executions of one group have in common.
  public struct Key: Hashable, Sendable {
    /// The edited, added or removed card; nil where none was reached.
    public let card: CardID?
    /// The verdict.
    public let verdict: Verdict
    /// The kind of the first change, nil where there is none.
    public let kind: ChangeKind?
  }

  /// An execution of a group.
  public struct Example: Hashable, Sendable {
    /// The root execution.
    public let execution: Text
    /// How certain its verdict is.
    public let proof: Proof?
    /// The first difference, nil where there is none.
    public let change: Change?
    /// Why the comparison could not go on, nil where it could.
    public let reason: String?
  }

  /// How many executions a group names.
  public static let maximumExamples = 3

  /// What they have in common.
  public let key: Key
  /// The name of the card.
  public let name: Text
  /// How many executions there are.
  public internal(set) var count: Int
  /// The first of them.
  public internal(set) var details: [Example]

  /// The ids of the first of them.
  public var examples: [Text] { details.map(\.execution) }
}

extension DiffGroup {
  /// The group as the last JSON line shows it.
  public var value: Value {
    [
      "card": key.card.map { .text($0.text) } ?? .null, "name": .text(name),
      "verdict": .text(Text(key.verdict.rawValue)),
      "kind": key.kind.map { .text(Text($0.rawValue)) } ?? .null,
      "count": Value(count: count), "examples": .list(examples.map { .text($0) }),
    ]
  }
}
