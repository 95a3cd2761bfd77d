internal import Values

/// What a card needs to know about the program around it, by its place in the format.
enum CardStructure: Sendable {
  /// Nothing.
  case plain
  /// The first card of a flow; the engine fills its outputs.
  case head
  /// An If/Else and its arms.
  case arms(CardArms)
  /// The end of an If/Else.
  case join([CardJoin])
  /// If Error: the body to try and the body for errors.
  case tryCatch(body: InlineBody, handler: InlineBody)
  /// If/ElseIf: the conditions in order, and what runs if none holds.
  case branch([ConditionalBody], otherwise: InlineBody?)
  /// A call of another flow.
  case call(Callee)
  /// A call of another flow for each item.
  case iteration(IterationPlan)
  /// A request to a service.
  case connector(ConnectorPlan)
}

/// A flow inside a card, which runs as part of the card's execution.
struct InlineBody: Sendable {
  /// The number of the body.
  let body: Int
  /// What step paths call the body.
  let arm: Text
  /// For each output of the body's head, the input of the card that it captures.
  let captures: [Int?]
}

/// A body of an If/ElseIf and the group of inputs that holds its condition.
struct ConditionalBody: Sendable {
  let group: String
  let body: InlineBody
}

/// What runs when a card fails.
enum CompiledPolicy: Sendable {
  case stop
  /// The input whose text, unless empty, replaces the error's message.
  case stopWithMessage(input: Int?)
  case tell(Callee)
}
