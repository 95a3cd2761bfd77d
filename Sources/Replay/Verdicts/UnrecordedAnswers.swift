public import Values

/// An answer that recordings lack, over all the executions that were compared.
public struct UnrecordedAnswer: Hashable, Sendable {
  /// What was asked: a connector's method, `okta:readUser`, or an ambient one.
  public let request: Text
  /// The step that asked, without the numbers of items: `loop[]/card`.
  public let step: Text
  /// What was assumed in its place, nil where nobody has the answer.
  public let reason: Assumption.Reason?
  /// In how many executions.
  public let executions: Int
  /// How old the oldest answer of another execution was, in milliseconds; nil where none was taken.
  public let age: Int64?
  /// In how many executions the last answers to the request differ from each other.
  public let differing: Int
}

extension UnrecordedAnswer {
  /// What was assumed, in words: `nobody has the answer`.
  public var words: String {
    guard let reason else { return "nobody has the answer" }
    guard let age else { return reason.words }
    let others = differing > 0 ? "; in \(differing) of them the last answers differ" : ""
    return "\(reason.words), up to \(AnswerStanding.words(of: age)) before\(others)"
  }

  /// The answer as the last JSON line of a comparison shows it.
  var value: Value {
    var object: Object = [
      "effect": .text(request), "step": .text(step),
      "what": .text(Text(reason?.words ?? "nobody has the answer")),
      "executions": Value(count: executions),
    ]
    if let age {
      object["age"] = .number(Double(age))
      object["differing"] = Value(count: differing)
    }
    return .object(object)
  }
}

/// Counts the answers that recordings lack, by request and step.
struct UnrecordedAnswers: Sendable {
  private struct Key: Hashable {
    let request: Text
    let step: Text
    let reason: Assumption.Reason?
  }

  private struct Count {
    var executions = 0
    var age: Int64?
    var differing = 0
  }

  private var counts: [Key: Count] = [:]

  /// Counts what a comparison lacked; of one step, once.
  mutating func add(_ result: DiffResult) {
    var seen: Set<Key> = []
    func key(_ request: Text, _ step: Text, _ reason: Assumption.Reason?) -> Key {
      Key(request: request, step: step.withoutItemNumbers, reason: reason)
    }
    for missing in result.missing {
      let key = key(missing.name, missing.step, nil)
      if seen.insert(key).inserted { counts[key, default: Count()].executions += 1 }
    }
    for assumption in result.assumptions {
      let key = key(assumption.request, assumption.step, assumption.reason)
      let isFirst = seen.insert(key).inserted
      var count = counts[key] ?? Count()
      if isFirst { count.executions += 1 }
      if let standing = assumption.standing {
        count.age = max(count.age ?? 0, standing.age)
        if isFirst, standing.agreeing < standing.compared { count.differing += 1 }
      }
      counts[key] = count
    }
  }

  /// The answers, that of the most executions first, then by request and step.
  var sorted: [UnrecordedAnswer] {
    counts.map { key, count in
      UnrecordedAnswer(
        request: key.request,
        step: key.step,
        reason: key.reason,
        executions: count.executions,
        age: count.age,
        differing: count.differing
      )
    }
    .sorted { first, second in
      guard first.executions == second.executions else {
        return first.executions > second.executions
      }
      let (left, right) = (first.reason?.rawValue ?? "", second.reason?.rawValue ?? "")
      return (first.request, first.step, left) < (second.request, second.step, right)
    }
  }
}
