public import Values

/// What a step asks of the world: a connector's method, or an ambient effect such as the time.
public struct EffectRequest: Sendable {
  /// What is asked.
  public enum Ask: Hashable, Sendable {
    /// A method of a connector.
    case connector(ConnectorRequest)
    /// The clock, random numbers, an id, a zone, the passing of time.
    indirect case ambient(AmbientRequest)
  }

  /// What is asked, with the card that asks.
  enum Content: Sendable {
    case connector(CompiledCard, inputs: [Value])
    indirect case ambient(CompiledCard, AmbientRequest)
    /// Something of which a part must not be recorded.
    indirect case covered(Content, RequestCover)
  }

  let scope: Scope
  let content: Content
  /// The place of the step in the order in which the steps of the run began.
  public let ordinal: Int
  /// 1, or more where the card asks again after an answer that it asked too often.
  public let attempt: Int

  init(
    scope: Scope,
    content: Content,
    ordinal: Int,
    attempt: Int,
    cover: RequestCover? = nil
  ) {
    self.scope = scope
    self.content = cover.map { .covered(content, $0) } ?? content
    self.ordinal = ordinal
    self.attempt = attempt
  }
}

extension EffectRequest {
  /// What is asked; of a request to a connector, the names of secrets in place of them.
  public var ask: Ask { content.ask }

  var card: CompiledCard { content.card }

  /// What of it must not be recorded; nil on nearly all requests.
  var cover: RequestCover? {
    if case .covered(_, let cover) = content { cover } else { nil }
  }

  /// The execution whose step asks.
  public var execution: Text { scope.execution.id }

  /// The path of the step.
  public var path: Text { scope.path(of: card.uuid) }

  /// How long the card wants to wait before this attempt, in milliseconds; recordings need not.
  public var delayMilliseconds: Double { attempt > 1 ? card.retry.delayMilliseconds : 0 }

  /// The request to a connector, nil for anything ambient.
  public var connectorRequest: ConnectorRequest? {
    if case .connector(let request) = ask { request } else { nil }
  }
}

extension EffectRequest.Content {
  fileprivate var ask: EffectRequest.Ask {
    switch self {
    case .connector(let card, let inputs): .connector(ConnectorRequest(of: card, inputs: inputs))
    case .ambient(_, let request): .ambient(request)
    case .covered(let content, _): content.ask
    }
  }

  fileprivate var card: CompiledCard {
    switch self {
    case .connector(let card, _), .ambient(let card, _): card
    case .covered(let content, _): content.card
    }
  }
}

extension EffectRequest: Hashable {
  /// Whether both ask the same from the same place for the same time.
  public static func == (left: EffectRequest, right: EffectRequest) -> Bool {
    left.ordinal == right.ordinal && left.attempt == right.attempt
      && left.execution == right.execution && left.path == right.path && left.ask == right.ask
  }

  /// Feeds the place of the step and what is asked.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(execution)
    hasher.combine(ordinal)
    hasher.combine(attempt)
    hasher.combine(ask)
  }
}
