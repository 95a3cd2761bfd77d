internal import Flows
internal import Values

extension RunPair {
  /// All known differences in order of execution.
  var changes: [PlacedChange] {
    let certainty = Certainty(self)
    var found = asked.indices.flatMap { changes(ofNew: $0, certainty) }
    var behind = -1
    for number in recorded.all.indices {
      if let new = matching.newByOld[number] {
        behind = max(behind, new)
      } else if let change = missing(number, behind: behind, certainty) {
        found.append(change)
      }
    }
    let sorted = found.enumerated().sorted { first, second in
      (first.element.place, first.element.isBehind ? 1 : 0, first.offset)
        < (second.element.place, second.element.isBehind ? 1 : 0, second.offset)
    }
    let whole = wholeProof
    return sorted.map(\.element)
      + (unwatchedChanges + endChanges).map {
        PlacedChange(change: $0, place: asked.count, isBehind: false, proof: whole, missing: nil)
      }
  }

  /// How certain the whole run is.
  var wholeProof: Proof {
    max(hasUnknown ? .partial : .proven, Certainty(self).before(asked.count))
  }

  private func changes(ofNew number: Int, _ certainty: Certainty) -> [PlacedChange] {
    let effect = asked[number]
    // A card that asks again asks the same; how often is no effect of its own.
    if effect.isAmbient || effect.isRetry || number > cut?.asked ?? Int.max { return [] }
    var found: [Change] = []
    if let old = matching.oldByNew[number] {
      let request = recorded.all[old].request.request
      found = RequestDifferences.changes(at: effect.path, from: request, to: effect.request)
      if matching.reordered.contains(number) {
        found.append(
          Change(
            step: effect.path,
            kind: .reordered,
            effect: effect.request.requestName,
            path: .empty,
            before: keptBefore(recorded: old),
            after: keptBefore(asked: number)
          )
        )
      }
    } else {
      found = [
        Change(
          step: effect.path,
          kind: .new,
          effect: effect.request.requestName,
          path: .empty,
          before: nil,
          after: effect.request
        )
      ]
    }
    if found.isEmpty { return [] }
    let isOpenRead = effect.effectClass == .read && effect.missing != nil
    let isUnknown = isOpenRead || effect.request.containedUnknown != nil
    let proof = max(certainty.before(number), isUnknown ? .partial : .proven)
    return found.map {
      PlacedChange(
        change: $0,
        place: number,
        isBehind: false,
        proof: proof,
        missing: isOpenRead ? effect.missing : nil
      )
    }
  }

  /// The step of the effect before a recorded one that keeps its place among the others, null where
  /// there is none.
  private func keptBefore(recorded number: Int) -> Value {
    for earlier in (0..<number).reversed() {
      guard let new = matching.newByOld[earlier], !matching.reordered.contains(new) else {
        continue
      }
      return .text(asked[new].path)
    }
    return .null
  }

  /// The like of an effect of the new version.
  private func keptBefore(asked number: Int) -> Value {
    for earlier in (0..<number).reversed()
    where matching.oldByNew[earlier] != nil && !matching.reordered.contains(earlier) {
      return .text(asked[earlier].path)
    }
    return .null
  }

  private func missing(
    _ number: Int,
    behind place: Int,
    _ certainty: Certainty
  ) -> PlacedChange? {
    let effect = recorded.all[number]
    guard !effect.isAmbient, effect.request.attempt == 1, !isHidden(number) else { return nil }
    let change = Change(
      step: effect.step.path,
      kind: .missing,
      effect: effect.request.request.requestName,
      path: .empty,
      before: effect.request.request,
      after: nil
    )
    return PlacedChange(
      change: change,
      place: place,
      isBehind: true,
      proof: certainty.before(place + 1),
      missing: nil
    )
  }
}

extension RunPair {
  /// The executions that end otherwise, and whose end their callers do not look at: items of a loop that
  /// ignores errors, and what was called without waiting.
  private var unwatchedChanges: [Change] {
    var watching: [Text: Text] = [:]
    for step in recording.steps where ["list:asyncEach", "control:run"].contains(step.address) {
      for callee in step.callees { watching[callee] = step.address }
    }
    if watching.isEmpty || oldStatus != newStatus { return [] }
    let ends = Dictionary(
      replayed.executions.map { ($0.callSite, $0.end?.status) },
      uniquingKeysWith: { first, _ in first }
    )
    return recording.executions.compactMap { execution in
      guard watching[execution.id] != nil, let site = paths.callSite(of: execution.id),
        let old = execution.end?.status, let new = ends[site] ?? nil,
        (old == .failed) != (new == .failed), new != .undetermined
      else { return nil }
      return Change(
        step: site,
        kind: .status,
        path: .empty,
        before: .text(Text(old.rawValue)),
        after: .text(Text(new.rawValue))
      )
    }
  }

  /// What differs in how the root execution ended.
  private var endChanges: [Change] {
    guard let old = recording.end, newStatus != .undetermined else { return [] }
    let new = outcome.end
    func change(_ kind: ChangeKind, _ before: Value?, _ after: Value?) -> Change {
      Change(step: .empty, kind: kind, path: .empty, before: before, after: after)
    }
    var found: [Change] = []
    if oldStatus != newStatus {
      found.append(
        change(
          .status,
          .text(Text(oldStatus.rawValue)),
          .text(Text(newStatus.rawValue))
        )
      )
    }
    if old.error?.error != new.error?.error {
      found.append(
        change(
          .error,
          old.error.map { .object($0.value) },
          new.error.map { .object($0.value) }
        )
      )
    }
    if oldStatus == newStatus, oldStatus != .failed {
      let before = alignment.translated(old.result)
      found += RequestDifferences.differences(
        before,
        new.result,
        .result,
        at: .empty,
        prefix: .empty
      )
      found += RequestDifferences.differences(
        old.message,
        new.message,
        .result,
        at: .empty,
        prefix: .empty
      )
    }
    if let before = old.response, let after = outcome.response {
      found += RequestDifferences.differences(
        before.value,
        after.value,
        .response,
        at: .empty,
        prefix: .empty
      )
    }
    return found
  }
}

/// How certain a run is up to each of its requests.
private struct Certainty {
  private var proofs: [Proof] = [.proven]
  private let ordinals: [Int]
  /// The first step that needed an unknown value.
  private let frontier: Int

  init(_ runs: RunPair) {
    for effect in runs.asked { proofs.append(max(proofs[proofs.count - 1], effect.proof)) }
    ordinals = runs.asked.map(\.ordinal)
    frontier = runs.frontiers.steps.map(\.step.ordinal).min() ?? Int.max
  }

  /// How certain everything is that came before the nth request.
  func before(_ place: Int) -> Proof {
    let ordinal = place < ordinals.count ? ordinals[place] : Int.max
    return frontier < ordinal ? .partial : proofs[place]
  }
}
