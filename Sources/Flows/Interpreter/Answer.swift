public import Values

/// What comes back for a request.
public enum Answer: Hashable, Sendable {
  /// What a connector gives.
  case outputs(ConnectorAnswer)
  /// What the clock, the zone database or another ambient source gives.
  case value(Value)
  /// A failure.
  case failure(CardError)
  /// Nobody has the answer; the card counts as succeeded with unknown outputs.
  case unknown(Unknown)
}

/// What a connector gives.
public struct ConnectorAnswer: Hashable, Sendable {
  /// The outputs by name, `group/key`, or `key` where there is no group; missing ones are null.
  public let outputs: Object
  /// The records of a card that streams them to a flow.
  public let records: [Value]

  /// Makes an answer.
  public init(outputs: Object, records: [Value] = []) {
    self.outputs = outputs
    self.records = records
  }
}

extension Answer {
  /// Whether anything in the answer is unknown.
  var holdsUnknown: Bool {
    switch self {
    case .unknown: true
    case .failure(let error): error.details.holdsUnknown
    case .value(let value): value.holdsUnknown
    case .outputs(let answer):
      answer.outputs.holdsUnknown || answer.records.contains { $0.holdsUnknown }
    }
  }
}
