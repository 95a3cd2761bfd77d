internal import Flows
internal import Values

/// A card of a closure with the place where it stands.
struct LocatedCard: Sendable {
  let id: CardID
  let card: Card
  /// The number of its body.
  let body: Int
  /// The place in its body.
  let place: Int
  /// The containers around it, outermost first.
  let enclosure: [Enclosure]
}

/// A container around a card, and the arm in which the card stands.
struct Enclosure: Hashable, Sendable {
  let uuid: Text
  /// Empty for the flow that a list card carries, which runs as executions of their own.
  let arm: Text

  var isExecution: Bool { arm.isEmpty }
}

/// A body of a closure.
struct LocatedBody: Sendable {
  let body: FlowBody
  let flowID: Text
  /// What step paths call the body; empty for the body of a flow.
  let arm: Text
  /// The number of the card that carries it, nil for the body of a flow.
  let owner: Int?
  /// The numbers of its cards.
  var numbers: [Int] = []
}

/// All cards of a closure in order of execution: a card stands before those it carries, and before
/// those that read its outputs.
struct CardIndex: Sendable {
  private(set) var cards: [LocatedCard] = []
  private(set) var bodies: [LocatedBody] = []
  /// The number of each card; of two with one id the first counts.
  private(set) var numbers: [CardID: Int] = [:]

  init(_ closure: FlowClosure) {
    for flow in closure.flows {
      add(flow.body, of: flow.id, arm: .empty, owner: nil, enclosure: [])
    }
  }

  private mutating func add(
    _ body: FlowBody,
    of flowID: Text,
    arm: Text,
    owner: Int?,
    enclosure: [Enclosure]
  ) {
    let bodyNumber = bodies.count
    bodies.append(LocatedBody(body: body, flowID: flowID, arm: arm, owner: owner))
    for (place, card) in body.cards.enumerated() {
      let number = cards.count
      bodies[bodyNumber].numbers.append(number)
      let id = CardID(flowID: flowID, uuid: card.uuid)
      cards.append(
        LocatedCard(id: id, card: card, body: bodyNumber, place: place, enclosure: enclosure)
      )
      if numbers[id] == nil { numbers[id] = number }
      for (arm, inner) in card.inlineBodies {
        add(
          inner,
          of: flowID,
          arm: arm,
          owner: number,
          enclosure: enclosure + [Enclosure(uuid: card.uuid, arm: arm)]
        )
      }
    }
  }

  /// The ids of the closure's flows.
  var flowIDs: Set<Text> { Set(bodies.map(\.flowID)) }

  func card(_ id: CardID) -> LocatedCard? { numbers[id].map { cards[$0] } }

  /// The ids of the cards that can be steps, without repeats.
  var runnable: [CardID] {
    cards.enumerated().compactMap { number, located in
      located.card.isComment || numbers[located.id] != number ? nil : located.id
    }
  }
}

extension Card {
  /// The flows that the card calls by their ids; nil where a wire may choose any.
  var namedCallees: [Text]? {
    var found: [Text] = []
    var isOpen = false
    for input in inputs where input.field.type == .flow {
      switch input.constant {
      case .flow(let id): found.append(id)
      case .inline: break
      case .value: isOpen = true
      }
    }
    if case .tell(let id) = errorPolicy { found.append(id) }
    return isOpen ? nil : found
  }
}
