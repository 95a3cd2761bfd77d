public import Values

/// A top-level flow of an export.
public struct Flow: Sendable {
  /// The flow's id, unique in its export.
  public let id: Text
  /// The name its author gave it.
  public let name: Text
  /// What its author says it does.
  public let description: Text
  /// The id of its folder; the folder need not be in the export.
  public let group: Text?
  /// How it begins.
  public let trigger: FlowTrigger
  /// Who may call it as an API endpoint, as the export spells it: `open`, `medium`, `high`.
  public let securityLevel: Text?
  /// Whether its author lets executions keep the data that passes through.
  public let savesData: Bool
  /// Its cards.
  public let body: FlowBody
  /// The flow as its export has it.
  public let exported: Value
}

extension Flow {
  /// How many cards the flow has, those of inline bodies and comments included.
  public var cardCount: Int {
    var count = 0
    body.forEachBody { count += $0.cards.count }
    return count
  }
}
