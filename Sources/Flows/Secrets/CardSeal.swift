internal import Values

/// What of a card's values must not stand in a recording.
struct CardSeal: Sendable {
  /// The names of all secrets that come into the card.
  let label: Text
  /// For each output, the names of the secrets that it was computed from; nil where there are none.
  let outputs: [Text?]
  /// Whether the card asks a service, whose answers and errors are its own.
  let asksService: Bool
  /// Whether the list that the card goes through was computed from secrets.
  let hasSecretItems: Bool
}

/// Which values of a program were computed from secrets, worked out once for all its runs.
final class ProgramSeals: Sendable {
  /// The secrets; nil in a program that only replays what was recorded.
  let values: SecretValues?
  private let cards: [ObjectIdentifier: CardSeal]
  private let labels: [ObjectIdentifier: [Text?]]

  init(
    values: SecretValues?,
    cards: [ObjectIdentifier: CardSeal],
    labels: [ObjectIdentifier: [Text?]]
  ) {
    self.values = values
    self.cards = cards
    self.labels = labels
  }

  /// Whether values that were computed from secrets come from a recording.
  var isReplaying: Bool { values == nil }

  subscript(card: CompiledCard) -> CardSeal? { cards[ObjectIdentifier(card)] }

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
