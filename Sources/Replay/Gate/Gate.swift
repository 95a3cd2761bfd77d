public import Values

/// What a comparison may find: rules for all flows, and others for some.
public struct Gate: Hashable, Sendable {
  /// What is counted and may be up to a number.
  public enum Limit: String, Hashable, Sendable, CaseIterable {
    /// Executions of which nobody knows whether they would differ.
    case undecidable
    /// Executions that cannot be compared.
    case skipped
    /// Events that would start the new version only.
    case wouldStart
  }

  /// The rules for a flow.
  public struct Rules: Hashable, Sendable {
    /// The verdicts that may be; of some only certain kinds of change.
    public var allow: [VerdictSelection.Item]
    /// The effects that must not be, whatever the verdict.
    public var forbid: [ForbiddenEffect]
    /// How certain verdicts may be.
    public var proofs: [Proof]
    /// How many there may be of what is limited.
    public var limits: [Limit: Int]

    /// Makes rules; without any, nothing may differ.
    public init(
      allow: [VerdictSelection.Item] = ["identical", "equivalent"].compactMap(
        VerdictSelection.Item.init(parsing:)
      ),
      forbid: [ForbiddenEffect] = [],
      proofs: [Proof] = Proof.allCases,
      limits: [Limit: Int] = [:]
    ) {
      self.allow = allow
      self.forbid = forbid
      self.proofs = proofs
      self.limits = limits
    }
  }

  /// The rules for all flows but those that have their own.
  public let rules: Rules
  /// The rules for flows by their names or ids.
  public let flows: [Text: Rules]

  /// Makes a gate.
  public init(_ rules: Rules, flows: [Text: Rules] = [:]) {
    self.rules = rules
    self.flows = flows
  }
}

extension Gate {
  /// The rules for a flow, and what the gate calls it; nil where the rules are those for all.
  func rules(ofFlow id: Text, _ name: Text) -> (flow: Text?, rules: Rules) {
    for key in [id, name] {
      if let rules = flows[key] { return (key, rules) }
    }
    return (nil, rules)
  }
}

extension Gate.Rules {
  /// Of a verdict's kinds of change the first that is not allowed, as gates write it; nil where the
  /// result may be.
  ///
  /// Where only certain kinds are allowed, every change must be of one of them.
  func refusal(of result: DiffResult) -> String? {
    let items = allow.filter { $0.verdict == result.verdict }
    if items.contains(where: { $0.kind == nil }) { return nil }
    let kinds = Set(items.compactMap(\.kind))
    let other = result.changes.first { !kinds.contains($0.kind) }
    if let other { return "\(result.verdict.rawValue):\(other.kind.rawValue)" }
    return kinds.isEmpty ? result.verdict.rawValue : nil
  }
}
