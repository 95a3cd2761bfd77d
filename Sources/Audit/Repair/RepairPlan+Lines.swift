internal import Flows
public import Replay
public import Values

/// Plans as files: JSON Lines, for people to look at and decide in.
extension RepairPlan {
  /// The plan's lines without the last, which has their digest.
  ///
  /// First the plan itself; then each execution with its effects behind it, in the order in which they come.
  public func lines(withDecisions: Bool = true) -> [Object] {
    [header] + entries.flatMap { Self.lines(of: $0, withDecisions) }
  }

  /// The file.
  public var file: [UInt8] {
    let all = lines() + [["digest": .text(digest)]]
    return all.flatMap { JSON.serialize(.object($0)) + [0x0A] }
  }

  private var header: Object {
    var header: Object = [
      "plan": .text(id), "created": .time(created), "size": .whole(size),
      "reads": .text(reusesReads ? "reused" : "asked"),
      "from": .text(startsAnew ? "start" : "failure"),
      "map": .list(mappings.map { .text($0) }), "actor": .text(Text(actor)),
      "why": .optional(why.map { Text($0) }),
    ]
    if !edits.isEmpty { header["edits"] = .list(edits.map { .text($0.text) }) }
    return header
  }

  private static func lines(of entry: Entry, _ withDecisions: Bool) -> [Object] {
    let status = entry.repair?.status.map { Text($0.rawValue) }
    let line: Object = [
      "execution": .text(entry.execution), "flow": .text(entry.flow), "hash": .text(entry.hash),
      "ledger": .whole(entry.ledger), "begun": .whole(entry.begun),
      "status": .optional(status),
      "error": .optional(entry.repair?.error),
      "obstacle": .optional(entry.obstacle.map { Text($0) }),
    ]
    return [line]
      + (entry.repair?.effects ?? []).map { $0.line(of: entry.execution, withDecisions) }
  }
}

extension PlannedEffect {
  /// The effect as a line of a plan.
  public func line(of execution: Text, _ withDecision: Bool = true) -> Object {
    var line: Object = [
      "execution": .text(execution), "step": .text(step), "card": .text(card),
      "effect": .optional(name), "action": .text(Text(action.rawValue)),
      "request": RecordedValue.encodeTree(request),
      "before": before.map(RecordedValue.encodeTree) ?? .null,
    ]
    if let doubtful { line["doubtful"] = .text(doubtful) }
    if !hidden.isEmpty { line["hidden"] = .list(hidden.map { .text($0) }) }
    guard action.needsDecision else { return line }
    let decided = withDecision ? decision.map { Value.text(Text($0.rawValue)) } : nil
    line["decision"] = decided ?? .null
    return line
  }

  /// What is asked for, such as `slack.send`; nil where the request has no connector.
  public var name: Text? {
    guard case .object(let request) = request, let method = request.textAt("method") else {
      return nil
    }
    return request.textAt("connector").map { Text("\($0).\(method)") } ?? method
  }
}
