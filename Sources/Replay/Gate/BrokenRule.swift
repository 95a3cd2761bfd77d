public import Values

/// A rule of a gate that something was against.
public struct BrokenRule: Hashable, Sendable {
  /// What was against it.
  public struct Example: Hashable, Sendable {
    /// The root execution.
    public let execution: Text
    /// Its verdict.
    public let verdict: Verdict
    /// The change that is against the rule, nil where none is.
    public let change: Change?
    /// What else tells why, such as the request that nobody answered.
    public let reason: String?
  }

  /// How many examples a rule has.
  public static let maximumExamples = 3

  /// Where the rule stands in the gate: `allow`, `forbid[0]`, `limit.skipped`.
  public let rule: String
  /// What the gate calls the flow whose own rule it is, nil for a rule for all.
  public let flow: Text?
  /// What is against the rule, in words: `changed:arguments is not allowed`.
  public let sentence: String
  /// How many executions are against it; of events that would start, how many of them.
  public internal(set) var count: Int
  /// The first of them.
  public internal(set) var examples: [Example] = []
}

extension BrokenRule {
  /// The rule with its flow: `flows.notify.allow`.
  public var place: String { flow.map { "flows.\($0).\(rule)" } ?? rule }

  /// The broken rule as JSON lines show it.
  public var value: Value {
    [
      "rule": .text(Text(rule)), "flow": flow.map { .text($0) } ?? .null,
      "what": .text(Text(sentence)), "count": Value(count: count),
      "examples": .list(examples.map(\.value)),
    ]
  }
}

extension BrokenRule.Example {
  /// What differs and where; else why.
  public var words: String { change?.sentence ?? reason ?? verdict.rawValue }

  fileprivate var value: Value {
    var object: Object = [
      "execution": .text(execution), "verdict": .text(Text(verdict.rawValue)),
    ]
    if let change {
      object["step"] = .text(change.step)
      object["kind"] = .text(Text(change.kind.rawValue))
      if let effect = change.effect { object["effect"] = .text(effect) }
      object["path"] = .text(change.path)
    }
    if let reason { object["reason"] = .text(Text(reason)) }
    return .object(object)
  }
}
