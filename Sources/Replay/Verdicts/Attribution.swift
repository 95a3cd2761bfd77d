internal import Flows
internal import Values

/// Finds the edited card to which a verdict is put down.
struct Attribution {
  let runs: RunPair
  private let flows: [Text: Text]
  /// The recorded step at each path of the new version.
  private let recordedByPath: [Text: RecordedStep]
  /// The recorded step that called each execution.
  private let callers: [Text: RecordedStep]

  init(_ runs: RunPair) {
    self.runs = runs
    flows = Dictionary(
      runs.replayed.executions.map { ($0.id, $0.flowID) },
      uniquingKeysWith: { first, _ in first }
    )
    callers = Dictionary(
      runs.recording.steps.flatMap { step in step.callees.map { ($0, step) } },
      uniquingKeysWith: { first, _ in first }
    )
    recordedByPath = Dictionary(
      zip(runs.mappedSteps, runs.recording.steps).compactMap { mapped, step in
        mapped.map { ($0.path, step) }
      },
      uniquingKeysWith: { first, _ in first }
    )
  }

  /// The card for a verdict whose first change is `first`.
  ///
  /// Of what could have led there, an edited or added card that did something else than before comes
  /// first, then a removed one, then an edited one that did the same, then a moved one.
  func card(_ verdict: Verdict, _ first: Change?) -> CardID? {
    switch verdict {
    case .fixed: fixing ?? firstReached ?? removed(around: failedBefore) ?? moved(first)
    case .broken: breaking ?? removed(around: failingNow) ?? firstReached ?? moved(first)
    case .changed, .undecidable, .equivalent, .identical, .skipped:
      missingCard(first) ?? effective(before: first) ?? removed(around: nil)
        ?? lastReached(before: first) ?? moved(first)
    }
  }

  private func id(of step: RecordedStep) -> CardID {
    CardID(flowID: flows[step.execution] ?? .empty, uuid: step.card)
  }

  private func isEdited(_ id: CardID) -> Bool {
    guard let match = runs.alignment.match(new: id) else { return true }
    return match.isEdited || match.isRewired
  }

  private var firstReached: CardID? {
    runs.replayed.steps.lazy.map(id).first(where: isEdited)
  }

  /// The card that failed before, in the old version.
  private var failedBefore: CardID? {
    guard let path = runs.recording.end?.error?.path else { return nil }
    return runs.recording.steps.first { $0.path == path }.map(runs.paths.card)
  }

  /// The card that fails now, in the old version.
  private var failingNow: CardID? {
    failingStep.flatMap { runs.alignment.match(new: id(of: $0))?.old }
  }

  private var failingStep: RecordedStep? {
    guard let path = runs.outcome.end.error?.path else { return nil }
    return runs.replayed.steps.first { $0.path == path }
  }

  /// The card that failed and now does not, if it was edited or removed, or the new container around it.
  private var fixing: CardID? {
    guard let failed = failedBefore else { return nil }
    guard let match = runs.alignment.match(old: failed) else { return failed }
    return match.isEdited || match.isRewired ? match.new : container(of: match.new)
  }

  /// The card that fails, if it was edited, or the last edited one before it.
  private var breaking: CardID? {
    guard let step = failingStep else { return nil }
    return runs.replayed.steps.lazy.filter { $0.ordinal <= step.ordinal }.map(id)
      .last(where: isEdited)
  }

  /// The innermost added or edited container around a card.
  private func container(of id: CardID) -> CardID? {
    runs.alignment.new.card(id)?.enclosure.reversed()
      .map { CardID(flowID: id.flowID, uuid: $0.uuid) }.first(where: isEdited)
  }
}

// MARK: - What did something else

extension Attribution {
  /// The removed card whose effect is the one that is missing.
  private func missingCard(_ change: Change?) -> CardID? {
    guard let change, change.kind == .missing else { return nil }
    return runs.recording.steps.first { $0.path == change.step }.flatMap(removed)
  }

  /// The edited cards that the run came to up to a change.
  private func reached(before change: Change?) -> [RecordedStep] {
    let end = change.flatMap { change in
      runs.replayed.steps.first { $0.path == change.step }?.ordinal
    }
    return runs.replayed.steps.filter { $0.ordinal <= end ?? Int.max && isEdited(id(of: $0)) }
  }

  /// The first edited card up to a change that did something else than before.
  private func effective(before change: Change?) -> CardID? {
    reached(before: change).first { step in
      guard let before = recordedByPath[step.path] else { return true }
      return before.outputs != step.outputs || before.status != step.status
        || before.arguments != step.arguments
    }
    .map(id)
  }

  private func lastReached(before change: Change?) -> CardID? {
    reached(before: change).last.map(id)
  }
}

// MARK: - What is gone, and what stands elsewhere

extension Attribution {
  private func isRemoved(_ id: CardID) -> Bool { runs.alignment.match(old: id) == nil }

  /// The removed card that had most to do with how the recorded run went: one that ended it, one around
  /// a card, else the first that it came to.
  private func removed(around card: CardID?) -> CardID? {
    if let path = runs.recording.end?.stoppedBy,
      let step = runs.recording.steps.first(where: { $0.path == path }),
      isRemoved(runs.paths.card(of: step))
    {
      return runs.paths.card(of: step)
    }
    let around = card.flatMap { card in
      runs.alignment.old.card(card)?.enclosure.reversed()
        .map { CardID(flowID: card.flowID, uuid: $0.uuid) }.first(where: isRemoved)
    }
    return around ?? runs.recording.steps.lazy.compactMap(removed).first
  }

  /// The removed card to which a step belongs: the outermost that called it, else the step's own.
  private func removed(_ step: RecordedStep) -> CardID? {
    var found: CardID?
    var next: RecordedStep? = step
    while let step = next {
      let card = runs.paths.card(of: step)
      if isRemoved(card) { found = card }
      next = callers[step.execution]
    }
    return found
  }

  /// The card that is at another place among the others: the one whose effect is, else the first that
  /// the run came to.
  private func moved(_ change: Change?) -> CardID? {
    let steps = runs.replayed.steps
    if change?.kind == .reordered, let step = steps.first(where: { $0.path == change?.step }) {
      return id(of: step)
    }
    return steps.lazy.map(id).first { runs.alignment.match(new: $0)?.isMoved ?? false }
  }
}
