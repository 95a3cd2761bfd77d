public import Values

/// Holds the results of comparisons against a gate.
public struct GateJudge: Sendable {
  /// What one rule is told from others by.
  private struct Key: Hashable {
    let flow: Text?
    let rule: String
    let sentence: String
  }

  private let gate: Gate
  /// How many executions were compared, skipped ones apart.
  public private(set) var compared = 0
  /// What is against a rule, in the order in which it was first seen.
  private var found: [BrokenRule] = []
  private var places: [Key: Int] = [:]
  /// What is limited: it is against a rule only where there is too much of it.
  private var counted: [Key: (most: Int, rule: BrokenRule)] = [:]
  private var order: [Key] = []

  /// Makes a judge that has seen nothing.
  public init(_ gate: Gate) {
    self.gate = gate
  }
}

extension GateJudge {
  /// Takes the result of an execution of a flow.
  public mutating func take(_ result: DiffResult, ofFlow id: Text, named name: Text) {
    let (flow, rules) = gate.rules(ofFlow: id, name)
    if result.verdict != .skipped { compared += 1 }
    takeVerdict(of: result, flow, rules)
    for (number, effect) in rules.forbid.enumerated() {
      guard let change = result.changes.first(where: effect.contains) else { continue }
      let key = Key(
        flow: flow,
        rule: "forbid[\(number)]",
        sentence: "\(effect.words) are forbidden"
      )
      add(example(result, change), under: key)
    }
  }

  /// Takes the number of events that would start the new version of a flow only.
  public mutating func take(wouldStart count: Int, ofFlow id: Text, named name: Text) {
    let (flow, rules) = gate.rules(ofFlow: id, name)
    for _ in 0..<count { tally(.wouldStart, nil, flow, rules) }
  }

  private mutating func takeVerdict(
    of result: DiffResult,
    _ flow: Text?,
    _ rules: Gate.Rules
  ) {
    if let limit = Gate.Limit(rawValue: result.verdict.rawValue), rules.limits[limit] != nil {
      return tally(limit, example(result, nil), flow, rules)
    }
    if let refused = rules.refusal(of: result) {
      let change = result.changes.first { refused.hasSuffix(":\($0.kind.rawValue)") }
      let key = Key(flow: flow, rule: "allow", sentence: "\(refused) is not allowed")
      add(example(result, change), under: key)
    }
    guard let proof = result.proof, !rules.proofs.contains(proof) else { return }
    let key = Key(flow: flow, rule: "proof", sentence: "what is \(proof.rawValue) is not accepted")
    add(example(result, result.changes.first), under: key)
  }

  private mutating func tally(
    _ limit: Gate.Limit,
    _ example: BrokenRule.Example?,
    _ flow: Text?,
    _ rules: Gate.Rules
  ) {
    let most = rules.limits[limit] ?? 0
    let key = Key(
      flow: flow,
      rule: "limit.\(limit.rawValue)",
      sentence: "more than \(most) \(limit.words)"
    )
    if counted[key] == nil {
      order.append(key)
      counted[key] = (most, rule(key))
    }
    counted[key]?.rule.take(example)
  }

  private mutating func add(_ example: BrokenRule.Example, under key: Key) {
    let place = places[key] ?? found.count
    if places.updateValue(place, forKey: key) == nil { found.append(rule(key)) }
    found[place].take(example)
  }

  private func rule(_ key: Key) -> BrokenRule {
    BrokenRule(rule: key.rule, flow: key.flow, sentence: key.sentence, count: 0)
  }

  private func example(_ result: DiffResult, _ change: Change?) -> BrokenRule.Example {
    BrokenRule.Example(
      execution: result.execution,
      verdict: result.verdict,
      change: change,
      reason: result.reason
    )
  }
}

extension GateJudge {
  /// The rules that were broken, those of the gate's lists first, in the order in which they were.
  public var broken: [BrokenRule] {
    found
      + order.compactMap { key in
        counted[key].flatMap { $0.rule.count > $0.most ? $0.rule : nil }
      }
  }
}

extension BrokenRule {
  fileprivate mutating func take(_ example: Example?) {
    count += 1
    if let example, examples.count < Self.maximumExamples { examples.append(example) }
  }
}

extension Gate.Limit {
  fileprivate var words: String {
    switch self {
    case .undecidable: "undecidable"
    case .skipped: "skipped"
    case .wouldStart: "events that would start the new version only"
    }
  }
}
