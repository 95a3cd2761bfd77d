public import Values

/// What can be wrong with an export.
public enum FlowLoadProblem: Hashable, Sendable {
  /// The file is no JSON.
  case notJSON(reason: String)
  /// A member that execution needs is missing.
  case missingKey(Text)
  /// A member has another type than the format gives it.
  case wrongType(expected: String, found: String)
  /// The value is none of those the format has.
  case unknownValue(Text)
  /// Two cards of one body have the same id.
  case duplicateCard(Text)
  /// Two flows of one export have the same id, or an id that differs from its key.
  case conflictingID(Text)
  /// An id holds characters that step paths use.
  case unusableID(Text)
  /// A wire, order or arm names a card that the body lacks.
  case danglingCard(Text)
  /// A wire names an output that its card lacks.
  case danglingOutput(Text)
  /// A wire names an input that its card lacks.
  case danglingInput(card: Text, input: Text)
  /// An input has several wires, which only joins may have.
  case severalWires(input: Text)
  /// A wire leads from a card to one that runs before it.
  case backwardWire(source: Text, target: Text)
  /// A card names a flow that the export lacks.
  case danglingFlow(Text)
  /// A card names a table that the export lacks.
  case danglingTable(Text)
  /// A card names a connection that the export lacks.
  case danglingConnection(Text)
  /// A body has no cards.
  case noCards
  /// The order of these cards is a circle.
  case cycle([Text])
  /// Several cards have nothing before them.
  case severalRoots([Text])
  /// Nothing says which of two cards runs first.
  case ambiguousOrder(Text, Text)
  /// An If/Else does not have one arm for each outcome.
  case incompleteArms
  /// A container lacks its inline flow.
  case missingInlineFlow
  /// The body has more cards than can be ordered.
  case tooManyCards(Int)
}

extension FlowLoadProblem: CustomStringConvertible {
  /// What is true of the file.
  public var description: String {
    switch self {
    case .notJSON(let reason): "not valid JSON: \(reason)"
    case .missingKey(let key): "the member \"\(key)\" is missing"
    case .wrongType(let expected, let found): "expected \(expected), found \(found)"
    case .unknownValue(let value): "the value \"\(value)\" is not known"
    case .duplicateCard(let card): "two cards have the id \"\(card)\""
    case .conflictingID(let id): "the id \"\(id)\" is used twice or differs from its key"
    case .unusableID(let id): "the id \"\(id)\" holds one of / [ ] :"
    case .danglingCard(let card): "no card of the flow has the id \"\(card)\""
    case .danglingOutput(let output): "the card has no output with the id \"\(output)\""
    case .danglingInput(let card, let input):
      "the card \"\(card)\" has no input with the id \"\(input)\""
    case .severalWires(let input): "the input \"\(input)\" has more than one wire"
    case .backwardWire(let source, let target):
      "a wire leads from \"\(source)\" to \"\(target)\", which runs before it"
    case .danglingFlow(let id): "the flow \"\(id)\" is not in the export"
    case .danglingTable(let id): "the table \"\(id)\" is not in the export"
    case .danglingConnection(let id): "the connection \"\(id)\" is not in the export"
    case .noCards: "the flow has no cards"
    case .cycle(let cards): "the order of these cards is a circle: \(Self.list(cards))"
    case .severalRoots(let cards): "several cards come first: \(Self.list(cards))"
    case .ambiguousOrder(let first, let second):
      "nothing says which of \"\(first)\" and \"\(second)\" runs first"
    case .incompleteArms: "an If/Else needs one arm for true and one for false"
    case .missingInlineFlow: "the card lacks the flow it has to contain"
    case .tooManyCards(let count): "\(count) cards are more than one flow can have"
    }
  }

  /// What to do about it.
  public var remedy: String {
    switch self {
    case .notJSON: "Export the flow again and take the file as it was downloaded"
    case .missingKey, .wrongType, .unknownValue, .missingInlineFlow, .incompleteArms, .noCards:
      "Export the flow again; if the file was edited, restore this member"
    case .duplicateCard, .conflictingID: "Give each its own id, and its wires with it"
    case .unusableID: "Use letters, digits, - and _ in ids"
    case .danglingCard, .danglingOutput, .danglingInput:
      "Remove the reference or restore what it names"
    case .severalWires: "Keep one of the wires; only a join takes one from each arm"
    case .backwardWire: "Turn the order or the wire around"
    case .danglingFlow: "Export the folder that holds both flows"
    case .danglingTable: "Export the folder that holds the table too"
    case .danglingConnection: "Export the flow again, with its connections"
    case .cycle, .ambiguousOrder: "Correct the pairs in \"orderings\""
    case .severalRoots: "Order all cards behind the one that begins the flow"
    case .tooManyCards: "Split the flow; the limit is \(BodyOrder.maximumCards) cards"
    }
  }

  private static func list(_ cards: [Text]) -> String {
    let shown = cards.prefix(5).map(\.description).joined(separator: ", ")
    return cards.count > 5 ? shown + ", …" : shown
  }
}
