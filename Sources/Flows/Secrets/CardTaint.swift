internal import Values

/// What of a card's values must not stand in a recording.
struct CardTaint: Sendable {
  /// The names of all secrets that come into the card.
  let label: Text
  /// For each output, the names of the secrets that it was computed from; nil where there are none.
  let outputs: [Text?]
  /// Whether the card asks a service, whose answers and errors are its own.
  let asksService: Bool
  /// Whether the list that the card goes through was computed from secrets.
  let hasSecretItems: Bool
}
