internal import Flows
internal import Values

/// Cards that run one behind the other: those of a body, or of one arm of an If/Else.
///
/// The cards of an arm belong to the arm alone; of the body around it, the If/Else is one card.
struct CardSequence: Sendable {
  /// Where the cards stand.
  enum Place: Hashable, Sendable {
    case flow(Text)
    /// A body inside a card, by its name.
    case body(CardID, Text)
    /// An arm of an If/Else.
    case arm(CardID, Bool)
  }

  let place: Place
  /// The cards in order, comments left out.
  let cards: [CardID]
}

extension CardSequence.Place {
  /// The card that holds the sequence, nil for that of a flow.
  var container: CardID? {
    switch self {
    case .flow: nil
    case .body(let card, _), .arm(let card, _): card
    }
  }

  /// The same place in another version; nil where the container has no counterpart there.
  func renamed(_ name: (CardID) -> CardID?) -> Self? {
    switch self {
    case .flow: self
    case .body(let card, let arm): name(card).map { .body($0, arm) }
    case .arm(let card, let holds): name(card).map { .arm($0, holds) }
    }
  }
}

extension CardIndex {
  /// All sequences of the closure.
  var sequences: [CardSequence] {
    var found: [CardSequence] = []
    for body in bodies {
      let place: CardSequence.Place =
        body.owner.map { .body(cards[$0].id, body.arm) } ?? .flow(body.flowID)
      add(body, body.body.cards.indices, place, to: &found)
    }
    return found
  }

  private func add(
    _ body: LocatedBody,
    _ range: Range<Int>,
    _ place: CardSequence.Place,
    to found: inout [CardSequence]
  ) {
    var inArms: Set<Int> = []
    var sequence: [CardID] = []
    for index in range where !inArms.contains(index) {
      let card = body.body.cards[index]
      if card.isComment { continue }
      let id = cards[body.numbers[index]].id
      sequence.append(id)
      guard let arms = card.arms else { continue }
      for (arm, holds) in [(arms.whenTrue, true), (arms.whenFalse, false)] {
        inArms.formUnion(arm)
        add(body, arm, .arm(id, holds), to: &found)
      }
    }
    found.append(CardSequence(place: place, cards: sequence))
  }
}

/// Finds the sequence in which a card stands.
struct SequenceIndex: Sendable {
  private let sequences: [CardSequence]
  private var places: [CardID: (sequence: Int, index: Int)] = [:]

  init(_ cards: CardIndex) {
    sequences = cards.sequences
    for (number, sequence) in sequences.enumerated() {
      for (index, card) in sequence.cards.enumerated() where places[card] == nil {
        places[card] = (number, index)
      }
    }
  }

  /// The cards that run before a card in its sequence.
  func before(_ card: CardID) -> ArraySlice<CardID> {
    guard let place = places[card] else { return [] }
    return sequences[place.sequence].cards[..<place.index]
  }

  /// The card that holds a card, nil for one in the body of a flow.
  func container(of card: CardID) -> CardID? {
    places[card].flatMap { sequences[$0.sequence].place.container }
  }
}
