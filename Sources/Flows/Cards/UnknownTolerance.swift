/// What a card does with inputs that hold unknown values.
public enum UnknownTolerance: Hashable, Sendable {
  /// Any unknown, however deep, keeps the card from running; its outputs are unknown.
  case none
  /// An input that is unknown keeps the card from running; unknown members of lists and objects do
  /// not, and the card carries them along.
  case members
  /// The card runs whatever is unknown, and carries it along.
  case all
}
