internal import Flows
internal import Values

/// Finds the edited card to which a verdict is put down.
struct Attribution {
  let runs: RunPair
  private let flows: [Text: Text]
  /// The recorded step at each path of the new version.
  private let recordedByPath: [Text: RecordedStep]

  init(_ runs: RunPair) {
    self.runs = runs
    flows = Dictionary(
      runs.replayed.executions.map { ($0.id, $0.flowID) },
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
  func card(_ verdict: Verdict, _ first: Change?) -> CardID? {
    switch verdict {
    case .fixed: fixing ?? firstReached
    case .broken: breaking ?? firstReached
    case .changed, .undecidable, .equivalent, .identical, .skipped: effective(before: first)
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

  /// The card that failed and now does not, if it was edited, or the new container around it.
  private var fixing: CardID? {
    guard let path = runs.recording.end?.error?.path,
      let step = runs.recording.steps.first(where: { $0.path == path }),
      let match = runs.alignment.match(old: runs.paths.card(of: step))
    else { return nil }
    return match.isEdited || match.isRewired ? match.new : container(of: match.new)
  }

  /// The card that fails, if it was edited, or the last edited one before it.
  private var breaking: CardID? {
    guard let path = runs.outcome.end.error?.path,
      let step = runs.replayed.steps.first(where: { $0.path == path })
    else { return nil }
    return runs.replayed.steps.lazy.filter { $0.ordinal <= step.ordinal }.map(id)
      .last(where: isEdited)
  }

  /// The innermost added or edited container around a card.
  private func container(of id: CardID) -> CardID? {
    runs.alignment.new.card(id)?.enclosure.reversed()
      .map { CardID(flowID: id.flowID, uuid: $0.uuid) }.first(where: isEdited)
  }

  /// The first edited card up to a change that did something else than before.
  private func effective(before change: Change?) -> CardID? {
    if let change, change.kind == .missing {
      let step = runs.recording.steps.first { $0.path == change.step }
      if let card = step.map(runs.paths.card), runs.alignment.match(old: card) == nil {
        return card
      }
    }
    let end = change.flatMap { change in
      runs.replayed.steps.first { $0.path == change.step }?.ordinal
    }
    let reached = runs.replayed.steps.filter {
      $0.ordinal <= end ?? Int.max && isEdited(id(of: $0))
    }
    let effective = reached.first { step in
      guard let before = recordedByPath[step.path] else { return true }
      return before.outputs != step.outputs || before.status != step.status
        || before.arguments != step.arguments
    }
    return (effective ?? reached.last).map(id)
  }
}
