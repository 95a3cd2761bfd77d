public import Values

/// What a new flow version would have done in place of what an execution did.
public struct DiffResult: Hashable, Sendable {
  /// The root execution.
  public let execution: Text
  /// The verdict.
  public internal(set) var verdict: Verdict
  /// How certain the verdict is; nil where the recording was skipped.
  public internal(set) var proof: Proof?
  /// What differs, in order of execution.
  public internal(set) var changes: [Change] = []
  /// What could not be compared.
  public internal(set) var notCompared: [NotCompared] = []
  /// The requests that nobody has the answer to.
  public internal(set) var missing: [MissingAnswer] = []
  /// What was assumed.
  public internal(set) var assumptions: [Assumption] = []
  /// What a reader should know besides, such as a card that was re-created.
  public internal(set) var notes: [Text] = []
  /// The edited, added or removed card to which the verdict is put down.
  public internal(set) var card: CardID?
  /// Why the recording was skipped.
  public internal(set) var skipReason: SkipReason?
  /// Why the comparison could not go on, as a sentence.
  public internal(set) var obstacle: String?
  /// The engine that made the recording, where it is not this one.
  public internal(set) var otherEngine: Text?

  init(execution: Text, verdict: Verdict, proof: Proof?) {
    self.execution = execution
    self.verdict = verdict
    self.proof = proof
  }
}

extension DiffResult {
  /// The result for an execution that cannot be run again.
  public static func skipped(_ execution: Text, _ reason: SkipReason) -> DiffResult {
    var result = DiffResult(execution: execution, verdict: .skipped, proof: nil)
    result.skipReason = reason
    return result
  }

  /// The result for an execution whose event does not start the new version.
  ///
  /// - Parameters:
  ///   - execution: The root execution.
  ///   - trigger: What the old version begins with.
  ///   - reason: Why the event does not start the new one.
  ///   - card: The card that the new version begins with.
  /// - Returns: A proven change of the start, and of nothing else.
  public static func notStarted(
    _ execution: Text,
    by trigger: Text,
    why reason: Text,
    card: CardID?
  ) -> DiffResult {
    var result = DiffResult(execution: execution, verdict: .changed, proof: .proven)
    result.changes = [
      Change(
        step: .empty,
        kind: .wouldNotStart,
        path: .empty,
        before: .text(trigger),
        after: .text(reason)
      )
    ]
    result.card = card
    return result
  }

  /// Why the recording was skipped, the comparison could not go on, or nobody knows what would happen.
  public var reason: String? {
    if let known = skipReason?.sentence ?? obstacle { return known }
    guard let first = missing.first else { return nil }
    return missing.count == 1 ? first.sentence : "\(first.sentence); \(missing.count - 1) more such"
  }

  /// The result as a JSON line shows it.
  public var value: Value {
    var object: Object = [
      "execution": .text(execution), "verdict": .text(Text(verdict.rawValue)),
    ]
    if let proof { object["proof"] = .text(Text(proof.rawValue)) }
    object["changes"] = .list(changes.map(\.value))
    add(missing.map(\.value), as: "missing", to: &object)
    add(assumptions.map(\.value), as: "assumptions", to: &object)
    add(notCompared.map(\.value), as: "notCompared", to: &object)
    add(notes.map { .text($0) }, as: "notes", to: &object)
    if let card { object["card"] = .text(card.text) }
    if let reason { object["reason"] = .text(Text(reason)) }
    if let otherEngine { object["engine"] = .text(otherEngine) }
    return .object(object)
  }

  private func add(_ items: [Value], as key: Text, to object: inout Object) {
    if !items.isEmpty { object[key] = .list(items) }
  }
}
