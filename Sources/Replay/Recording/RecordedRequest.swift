public import Flows
public import Values

/// What a recorded step asked of the world, and what came back.
public struct RecordedRequest: Sendable {
  /// The request, or what it is made of when somebody looks at it.
  enum Content: Sendable {
    case value(Value)
    case asked(ConnectorRequest)
  }

  let content: Content
  /// The SHA-256 of the request's canonical form; equal requests have equal hashes.
  public let hash: RequestHash
  /// Which attempt of the step it was, from 1.
  public let attempt: Int
  /// What came back; nil where the answer was never recorded.
  public internal(set) var answer: Answer?
  /// Where the answer is from, unless a service gave it.
  public internal(set) var evidence: AnswerEvidence
  /// Whether the request went out and nobody knows whether it was done.
  public internal(set) var isInDoubt: Bool

  /// Makes a request.
  public init(
    request: Value,
    hash: RequestHash,
    attempt: Int = 1,
    answer: Answer? = nil,
    evidence: AnswerEvidence = .none,
    isInDoubt: Bool = false
  ) {
    self.init(
      .value(request),
      hash: hash,
      attempt: attempt,
      answer: answer,
      evidence: evidence,
      isInDoubt: isInDoubt
    )
  }

  private init(
    _ content: Content,
    hash: RequestHash,
    attempt: Int,
    answer: Answer?,
    evidence: AnswerEvidence,
    isInDoubt: Bool
  ) {
    self.content = content
    self.hash = hash
    self.attempt = attempt
    self.answer = answer
    self.evidence = evidence
    self.isInDoubt = isInDoubt
  }

  /// The request of a step that runs, with what came back.
  public init(
    _ request: EffectRequest,
    answer: Answer? = nil,
    evidence: AnswerEvidence = .none,
    isInDoubt: Bool = false
  ) {
    var writer = RequestHash.writer()
    let (content, hash) = Self.content(of: request, &writer)
    self.init(
      content,
      hash: hash,
      attempt: request.attempt,
      answer: answer.map { request.recorded($0) },
      evidence: evidence,
      isInDoubt: isInDoubt
    )
  }

  /// The request of a step that runs, without answer; `writer` is one of `RequestHash.writer()`'s.
  init(_ request: borrowing EffectRequest, with writer: inout JSONWriter) {
    let (content, hash) = Self.content(of: request, &writer)
    self.init(
      content,
      hash: hash,
      attempt: request.attempt,
      answer: nil,
      evidence: .none,
      isInDoubt: false
    )
  }

  private static func content(
    of request: borrowing EffectRequest,
    _ writer: inout JSONWriter
  ) -> (Content, RequestHash) {
    if case .connector(let asked) = request.ask {
      return (.asked(asked), RequestHash(asked, with: &writer))
    }
    let value = request.recordedValue
    return (.value(value), RequestHash(value))
  }

  /// The request of a step that runs with what came back for it, as recordings keep that.
  consuming func answered(
    _ request: borrowing EffectRequest,
    with answer: Answer,
    evidence: AnswerEvidence = .none,
    isInDoubt: Bool = false
  ) -> RecordedRequest {
    var answered = self
    answered.answer = request.recorded(answer)
    answered.evidence = evidence
    answered.isInDoubt = isInDoubt
    return answered
  }
}

extension RecordedRequest: Hashable {
  /// Whether both are the same attempt at the same request, with the same answer.
  public static func == (left: RecordedRequest, right: RecordedRequest) -> Bool {
    left.hash == right.hash && left.attempt == right.attempt && left.answer == right.answer
      && left.evidence == right.evidence && left.isInDoubt == right.isInDoubt
      && left.request == right.request
  }

  /// Feeds the hash of the request and which attempt it is.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(hash)
    hasher.combine(attempt)
  }
}

extension RecordedRequest {
  /// The request as one value: that of `ConnectorRequest`, or `{"method","inputs"}` of an ambient
  /// one.
  ///
  /// - Complexity: O(*n*) in the number of its inputs.
  public var request: Value {
    switch content {
    case .value(let value): value
    case .asked(let request): request.value
    }
  }

  /// The connector's method, nil for a request to the surroundings.
  public var method: ConnectorMethod? {
    guard case .object(let object) = request, case .text(let connector)? = object["connector"],
      case .text(let method)? = object["method"]
    else { return nil }
    return ConnectorMethod(connector: connector, method: method)
  }
}

extension EffectRequest {
  /// The request as recordings keep it: without secrets.
  public var recordedValue: Value {
    switch ask {
    case .connector(let request): request.value
    case .ambient(let request):
      [
        "method": .text(request.method),
        "inputs": .object(recordedAmbientInputs ?? request.inputs),
      ]
    }
  }
}
