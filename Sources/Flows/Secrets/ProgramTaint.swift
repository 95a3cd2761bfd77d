internal import Values

/// Which values of a program were computed from secrets, worked out once for all its runs.
final class ProgramTaint: Sendable {
  /// The secrets; nil in a program that only replays what was recorded.
  let values: SecretValues?
  private let cards: [ObjectIdentifier: CardTaint]
  private let labels: [ObjectIdentifier: [Text?]]

  init(
    values: SecretValues?,
    cards: [ObjectIdentifier: CardTaint],
    labels: [ObjectIdentifier: [Text?]]
  ) {
    self.values = values
    self.cards = cards
    self.labels = labels
  }

  /// Whether values that were computed from secrets come from a recording.
  var isReplaying: Bool { values == nil }

  subscript(card: CompiledCard) -> CardTaint? { cards[ObjectIdentifier(card)] }

  /// The names of the secrets behind a slot of a body, nil where there are none.
  func label(of slot: Int, in body: CompiledBody) -> Text? {
    labels[ObjectIdentifier(body)].flatMap { $0.indices.contains(slot) ? $0[slot] : nil }
  }

  /// What stands in recordings in place of a value behind a label.
  func cover(_ value: Value, _ label: Text?) -> Value {
    guard let label, let values else { return value }
    return values.cover(value, label)
  }
}
