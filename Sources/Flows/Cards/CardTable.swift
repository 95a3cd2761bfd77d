/// The function cards that an engine runs, by address.
///
/// A value, so that a test can hand the interpreter a table with one card replaced or adjusted.
public struct CardTable: Sendable {
  private var cards: [CardAddress: FunctionCard]
  /// Whether it is the engine's own, with nothing changed.
  private(set) var isStandard = false

  /// Makes a table of `cards`; of two cards with one address the later counts.
  public init(_ cards: [FunctionCard]) {
    self.cards = Dictionary(cards.map { ($0.address, $0) }) { _, later in later }
  }

  /// The card at an address, nil where the engine has none; setting nil removes the card.
  public subscript(address: CardAddress) -> FunctionCard? {
    get { cards[address] }
    set {
      cards[address] = newValue
      isStandard = false
    }
  }

  /// The addresses of all cards, sorted as text.
  public var addresses: [CardAddress] {
    cards.keys.sorted { $0.description.utf8.lexicographicallyPrecedes($1.description.utf8) }
  }
}

extension CardTable {
  /// The cards of this engine.
  public static let standard = CardTable(
    standard: ControlKind.allCases.map {
      FunctionCard($0.address, tolerance: .all, behaviour: .control($0))
    } + functionCards + documentedCards
  )

  private init(standard cards: [FunctionCard]) {
    self.init(cards)
    isStandard = true
  }

  /// The cards that need no interpreter.
  private static let functionCards: [FunctionCard] =
    ObjectCards.all + ListCards.all + ListSearchCards.all + ListSetCards.all + TextCards.all
    + TextPatternCards.all
    + JSONCards.all + BooleanCards.all + NumberCards.all + DateCards.all + DateTextCards.all
    + URLCards.all + CryptoCards.all + TokenCard.all

  /// The cards that no public export holds; their addresses and fields are assumed.
  private static let documentedCards: [FunctionCard] =
    DocumentedTextCards.all + DocumentedNumberCards.all + DocumentedDateCards.all
    + DocumentedObjectCards.all + DocumentedListCards.all + XMLCards.all
    + DocumentedCryptoCards.all + ReceivedTokenCards.all
}
