internal import Values

/// The flow that a card calls, and where the arguments come from.
final class Callee: Sendable {
  /// Which flow.
  enum Target: Sendable {
    /// A flow of the program, by its number.
    case flow(Int)
    /// A flow inside the card, by the number of its body.
    case inline(Int)
    /// The flow whose id the input holds.
    case input(Int)
  }

  let target: Target
  /// The arguments in the order of the card's fields.
  let arguments: [CompiledArgument]

  init(target: Target, arguments: [CompiledArgument]) {
    self.target = target
    self.arguments = arguments
  }
}

/// An argument of a callee.
struct CompiledArgument: Sendable {
  /// Where its value comes from.
  enum Source: Sendable {
    /// The input at a place of the card's signature.
    case input(Int)
    /// The same value for every item.
    case fixed(InputSource)
    /// The current item at a path.
    case item(DottedPath)
    /// A value that the interpreter hands in: a record, a state.
    case given(Int)
  }

  let key: Text
  let source: Source
}
