public import Values

/// What a step asks of the world: a connector's method, or an ambient effect such as the time.
public struct EffectRequest: Hashable, Sendable {
  /// What is asked.
  public enum Ask: Hashable, Sendable {
    /// A method of a connector.
    indirect case connector(ConnectorRequest)
    /// The clock, random numbers, an id, a zone, the passing of time.
    case ambient(AmbientRequest)
  }

  /// The execution whose step asks.
  public let execution: Text
  /// The path of the step.
  public let path: Text
  /// The place of the step in the order in which the steps of the run began.
  public let ordinal: Int
  /// What is asked.
  public let ask: Ask
  /// 1, or more where the card asks again after an answer that it asked too often.
  public let attempt: Int
  /// How long the card wants to wait before this attempt, in milliseconds; recordings need not.
  public let delayMilliseconds: Double

  /// The request to a connector, nil for anything ambient.
  public var connectorRequest: ConnectorRequest? {
    if case .connector(let request) = ask { request } else { nil }
  }
}
