internal import Flows
internal import Values

/// A recorded run and what the new version does in its place.
struct RunPair {
  let alignment: Alignment
  let recording: Recording
  let paths: PathMap
  let recorded: RecordedEffects
  let replayed: Recording
  let outcome: RunOutcome
  let asked: [AskedEffect]
  let frontiers: Frontiers
  let matching: EffectMatching
  /// Where the comparison ends, nil where all could be compared.
  let cut: RunCut?

  /// Where the new version has each recorded step.
  let mappedSteps: [MappedPath?]
}

extension RunPair {
  var oldStatus: ExecutionStatus { recording.end?.status ?? .undetermined }

  /// How the new version ends, as far as anybody knows.
  var newStatus: ExecutionStatus { cut == nil ? outcome.end.status : .undetermined }

  var isBroken: Bool { oldStatus != .failed && newStatus == .failed }

  var isFixed: Bool {
    oldStatus == .failed && (newStatus == .succeeded || newStatus == .stopped)
  }

  /// Whether anything that was compared is unknown.
  var hasUnknown: Bool {
    cut != nil || !frontiers.steps.isEmpty || !unknownPlaces.isEmpty || resultIsUnknown
  }

  /// Whether the result was compared, and part of it is unknown.
  var resultIsUnknown: Bool {
    guard oldStatus != .failed, newStatus != .failed else { return false }
    return newStatus == .undetermined || outcome.end.result.containedUnknown != nil
      || outcome.response?.value.containedUnknown != nil
  }

  /// The unanswered requests without which nobody knows how the run goes on.
  var decisiveRequests: Set<Int> {
    cut?.missing.map { frontiers.needed.union([$0]) } ?? frontiers.needed
  }

  /// The unanswered requests that something compared depends on.
  var needed: Set<Int> {
    var needed = decisiveRequests
    for effect in asked { needed.formUnion(effect.request.containedUnknown?.requests ?? []) }
    let ends = [outcome.end.result, outcome.response?.value ?? .null]
    for end in ends { needed.formUnion(end.containedUnknown?.requests ?? []) }
    return needed
  }

  /// Where effects are unknown that were compared.
  var unknownPlaces: [NotCompared] {
    asked.indices.flatMap { number -> [NotCompared] in
      guard matching.oldByNew[number] != nil else { return [] }
      return RequestDifferences.unknownPlaces(in: asked[number].request).map {
        NotCompared(step: asked[number].path, path: $0)
      }
    }
  }

  /// The recorded effects that a frontier hides.
  var hiddenEffects: [NotCompared] {
    recorded.all.indices.compactMap { number in
      isHidden(number) ? NotCompared(step: recorded.all[number].step.path, path: .empty) : nil
    }
  }

  /// Whether a recorded effect has no counterpart because the run did not come to its place.
  func isHidden(_ number: Int) -> Bool {
    let effect = recorded.all[number]
    guard !effect.isAmbient, matching.newByOld[number] == nil else { return false }
    if let cut, number > cut.recorded { return true }
    if let path = effect.mapped?.path { return frontiers.hides(path) }
    return paths.callSite(of: effect.step.execution).map(frontiers.hides) ?? false
      || isBehindFrontier(effect.step)
  }

  /// Whether a step whose card was removed ran in a part that an unknown value hides now: what the
  /// new version has there instead is not known.
  private func isBehindFrontier(_ step: RecordedStep) -> Bool {
    if frontiers.steps.isEmpty { return false }
    var next: CardID? = paths.card(of: step)
    while let card = next {
      let ends = alignment.oldSequences.before(card).contains { before in
        paths.place(of: before, in: step.execution).map { frontiers.ends($0.path) } ?? false
      }
      if ends { return true }
      next = alignment.oldSequences.container(of: card)
      if let next, let path = paths.place(of: next, in: step.execution)?.path,
        frontiers.steps.contains(where: { $0.step.path == path })
      {
        return true
      }
    }
    return false
  }

  /// Whether the runs have the same steps at the same places.
  var hasSameSteps: Bool {
    guard recording.steps.count == replayed.steps.count else { return false }
    return recording.steps.indices.allSatisfy { place in
      let (old, new) = (recording.steps[place], replayed.steps[place])
      guard let mapped = mappedSteps[place], mapped.isSamePlace, mapped.path == new.path else {
        return false
      }
      return old.address == new.address && old.status == new.status
        && alignment.translated(old.inputs) == new.inputs
        && alignment.translated(old.arguments) == new.arguments
        && alignment.translated(old.outputs) == new.outputs
        && old.error?.error == new.error?.error
    }
  }
}
