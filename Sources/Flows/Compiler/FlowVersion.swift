public import Values

/// One state of a flow, identified by the hash of its closure.
public struct FlowVersion: Sendable, Hashable {
  /// The SHA-256 of the closure's meaning, as 64 lower-case hexadecimal digits.
  ///
  /// Two exports that differ only in what an editor shows, or in the order of keys, have one hash.
  public let hash: Text
  /// The flow's id in its export.
  public let flowID: Text
  /// The flow's name.
  public let name: Text
  /// How the flow begins.
  public let trigger: FlowTrigger
  /// How many cards the flow itself has, comments and those of inline bodies included.
  public let cardCount: Int
  /// How many flows the closure has, the flow itself included.
  public let flowCount: Int
  /// The function cards of the closure that the engine does not run, without repeats, in the order
  /// in which flows use them; such as `math:add`.
  public let unsupportedCards: [Text]

  /// Whether the engine runs every card that the flow can reach.
  public var isRunnable: Bool { unsupportedCards.isEmpty }

  /// Describes a closure.
  ///
  /// - Parameters:
  ///   - closure: The flow with all it can reach.
  ///   - cards: The function cards that the engine runs.
  /// - Complexity: O(*n*) in the size of the closure.
  public init(_ closure: FlowClosure, cards: CardTable = .standard) {
    hash = ClosureDigest(closure: closure).hexadecimal
    flowID = closure.flow.id
    name = closure.flow.name
    trigger = closure.flow.trigger
    cardCount = closure.flow.cardCount
    flowCount = closure.flows.count
    var seen: Set<CardKind> = []
    var unsupported: [Text] = []
    for flow in closure.flows {
      flow.body.forEachBody { body in
        for card in body.cards where seen.insert(card.kind).inserted {
          switch card.kind {
          case .function(let address) where cards[address] == nil:
            unsupported.append(Text(address.description))
          case .other(let address): unsupported.append(address)
          case .function, .connector: break
          }
        }
      }
    }
    unsupportedCards = unsupported
  }
}
