public import Values

/// A function card that this engine runs.
public struct FunctionCard: Sendable {
  /// Which card it is.
  public let address: CardAddress
  /// How it works.
  public let behaviour: CardBehaviour
  /// What it does with unknown inputs.
  public let tolerance: UnknownTolerance
  /// A change made to the outputs after the card has set them, whatever its behaviour.
  ///
  /// The standard cards have none; a test hands the interpreter a table in which one card has, and
  /// sees that the wrong result is found.
  public var adjustment: (@Sendable (_ outputs: inout [Value], _ fields: [CardField]) -> Void)?

  /// Makes a card.
  public init(
    _ address: CardAddress,
    tolerance: UnknownTolerance = .none,
    behaviour: CardBehaviour
  ) {
    self.address = address
    self.tolerance = tolerance
    self.behaviour = behaviour
  }

  /// Makes a card whose outputs follow from its inputs.
  public init(
    _ address: CardAddress,
    tolerance: UnknownTolerance = .none,
    pure: @escaping @Sendable (inout CardCall) throws(CardError) -> Void
  ) {
    self.init(address, tolerance: tolerance, behaviour: .pure(pure))
  }
}

extension FunctionCard {
  /// What keeps the card from running on these inputs, or nil if nothing does.
  ///
  /// Where it is not nil, every output of the card is this unknown; ``run(_:)`` sees to that itself
  /// for pure cards, the interpreter for ambient ones.
  ///
  /// - Complexity: O(*n*) in the size of the inputs for a card that tolerates no unknown, else in
  ///   their number.
  public func blockingUnknown(in inputs: [Value]) -> Unknown? {
    var found: Unknown?
    for input in inputs {
      let unknown: Unknown? =
        switch tolerance {
        case .none: input.containedUnknown
        case .members: if case .unknown(let unknown) = input { unknown } else { nil }
        case .all: nil
        }
      guard let unknown else { continue }
      found = found?.union(unknown) ?? unknown
    }
    return found
  }

  /// Runs a pure card; does nothing for any other.
  ///
  /// - Throws: `CardError` where the card fails.
  public func run(_ call: inout CardCall) throws(CardError) {
    try run(&call, blockedBy: blockingUnknown(in: call.inputs))
  }

  /// Runs a pure card, unless something unknown keeps it from running.
  func run(_ call: inout CardCall, blockedBy unknown: Unknown?) throws(CardError) {
    guard case .pure(let function) = behaviour else { return }
    if let unknown {
      call.setAll(to: .unknown(unknown))
    } else {
      try function(&call)
    }
    adjust(&call)
  }

  /// Makes the change that a test asked for, if any.
  public func adjust(_ call: inout CardCall) {
    adjustment?(&call.outputs, call.signature.outputs)
  }
}
