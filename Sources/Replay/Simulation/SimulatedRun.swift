public import Flows
public import Values

/// What an execution likely did of which nobody recorded the cards.
public struct SimulatedRun: Hashable, Sendable {
  /// A request that it likely made of a service.
  public struct Effect: Hashable, Sendable {
    /// The path of the step.
    public let step: Text
    /// What was asked: a connector's method, `slack:sendDirectMessage2`.
    public let name: Text
    /// The request as recordings keep it; what nobody knows of it is unknown.
    public let request: Value
    /// Whether it changes something there.
    public let isWrite: Bool

    /// Makes an effect.
    public init(step: Text, name: Text, request: Value, isWrite: Bool) {
      self.step = step
      self.name = name
      self.request = request
      self.isWrite = isWrite
    }
  }

  /// How it likely ended, nil where nobody can say.
  public let status: ExecutionStatus?
  /// The error's message, nil where it did not fail or nobody knows.
  public let error: Text?
  /// ``Proof/assumed``, or ``Proof/partial`` where something that came out is unknown; never proven.
  public let proof: Proof
  /// The requests to services, in order.
  public let effects: [Effect]
  /// The requests that nobody has the answer to.
  public let missing: [MissingAnswer]
  /// What was assumed.
  public let assumptions: [Assumption]

  /// Makes a run.
  public init(
    status: ExecutionStatus?,
    error: Text? = nil,
    proof: Proof,
    effects: [Effect],
    missing: [MissingAnswer] = [],
    assumptions: [Assumption] = []
  ) {
    self.status = status
    self.error = error
    self.proof = proof
    self.effects = effects
    self.missing = missing
    self.assumptions = assumptions
  }
}

extension SimulatedRun {
  init(_ outcome: RunOutcome, _ lookup: AnswerLookup, _ frontiers: Frontiers) {
    let asked = lookup.asked.filter { $0.isConnector && !$0.isRetry }
    let isKnown =
      frontiers.steps.isEmpty && outcome.abortedBy == nil && outcome.end.status != .undetermined
    let hasUnknown =
      !isKnown || asked.contains { $0.request.containedUnknown != nil }
      || outcome.end.result.containedUnknown != nil
      || outcome.response?.value.containedUnknown != nil
    self.init(
      status: isKnown ? outcome.end.status : nil,
      error: isKnown || outcome.abortedBy != nil ? outcome.end.error?.error.message : nil,
      proof: hasUnknown ? .partial : .assumed,
      effects: asked.map { effect in
        Effect(
          step: effect.path,
          name: effect.request.requestName,
          request: effect.request,
          isWrite: effect.effectClass == .write
        )
      },
      missing: lookup.missing.filter {
        $0.effectClass == .read || frontiers.needed.contains($0.number)
      },
      assumptions: lookup.assumptions
    )
  }
}

extension SimulatedRun {
  /// The run as a JSON line shows it.
  public var value: Object {
    [
      "status": status.map { .text(Text($0.rawValue)) } ?? .null,
      "error": error.map { .text($0) } ?? .null,
      "proof": .text(Text(proof.rawValue)),
      "effects": .list(effects.map(\.value)),
      "missing": .list(missing.map(\.value)),
      "assumptions": .list(assumptions.map(\.value)),
    ]
  }
}

extension SimulatedRun.Effect {
  fileprivate var value: Value {
    [
      "step": .text(step), "effect": .text(name), "request": RecordedValue.encodeTree(request),
    ]
  }
}
