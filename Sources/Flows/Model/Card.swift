public import Values

/// A card as its export describes it.
public struct Card: Sendable {
  /// The card's id, unique in its body only: clones of a flow repeat the ids of their cards.
  public let uuid: Text
  /// What the card is.
  public let kind: CardKind
  /// The address as the export writes it.
  public let address: Text
  /// The name that authors see.
  public let name: Text
  /// What its author wrote beside it; empty if nothing.
  public let note: Text
  /// The inputs in the order in which cards read them.
  public let inputs: [InputField]
  /// The outputs in the same order.
  public let outputs: [OutputField]
  /// What happens when the card fails.
  public let errorPolicy: ErrorPolicy
  /// How often the card asks again after an answer that says it asked too often.
  public let retry: RetryPolicy
  /// The id of the connection that a connector card uses.
  public let connection: Text?
  /// The cards that each arm of an If/Else holds; nil on any other card.
  public let arms: CardArms?
  /// Which input each output of a join copies, by their places.
  public let joins: [CardJoin]
  /// Whether the first card of a flow waits for an event.
  public let isEvent: Bool
  /// Whether events arrive in batches.
  public let isEventBatch: Bool
}

extension Card {
  /// The inline flows that the card carries, with the name that step paths give each.
  ///
  /// An *If Error* has `try` and `error`; an *If/ElseIf* has `if`, the ids of its further
  /// conditions, and `else`; a list card that carries its callee has one without a name.
  public var inlineBodies: [(arm: Text, body: FlowBody)] {
    var found: [(arm: Text, body: FlowBody)] = []
    for input in inputs {
      guard case .inline(let body) = input.constant else { continue }
      found.append((input.name.group ?? (isTry ? "try" : ""), body))
    }
    if case .handler(let body) = errorPolicy { found.append(("error", body)) }
    return found
  }

  private var isTry: Bool {
    if case .handler = errorPolicy { true } else { false }
  }

  /// Whether the card is a note, which never runs and is no step.
  public var isComment: Bool { kind == .function("control:comment") }
}
