internal import Values

/// What executions have in common that stand in one group.
public enum DiffGrouping: String, Hashable, Sendable, CaseIterable {
  /// The edited card that they came to, the verdict and the kind of change.
  case card
  /// The step that differs, whatever the number of the item, the verdict and the kind of change.
  case step
  /// The kind of change.
  case kind
  /// The connector whose effect differs.
  case connector
  /// The verdict.
  case verdict
}

extension DiffGrouping {
  /// What a result has in common with others, of which `change` leads.
  func key(of result: DiffResult, _ change: Change?) -> DiffGroup.Key {
    switch self {
    case .card: DiffGroup.Key(card: result.card, verdict: result.verdict, kind: change?.kind)
    case .step:
      DiffGroup.Key(
        step: change?.step.withoutItemNumbers,
        verdict: result.verdict,
        kind: change?.kind
      )
    case .kind: DiffGroup.Key(kind: change?.kind)
    case .connector: DiffGroup.Key(connector: change?.effect.map(Self.connector))
    case .verdict: DiffGroup.Key(verdict: result.verdict)
    }
  }

  /// The connector of an effect such as `slack:sendDirectMessage2`.
  private static func connector(of effect: Text) -> Text {
    effect.split(separator: ":").first ?? effect
  }
}
