internal import Flows
internal import Values

extension RunPair {
  /// All known differences in order of execution.
  var changes: [PlacedChange] {
    var found = asked.indices.flatMap(changes(ofNew:))
    found += recorded.all.indices.compactMap(missing)
    let sorted = found.enumerated().sorted { first, second in
      (first.element.place, first.element.isBehind ? 1 : 0, first.offset)
        < (second.element.place, second.element.isBehind ? 1 : 0, second.offset)
    }
    let whole = wholeProof
    return sorted.map(\.element)
      + endChanges.map {
        PlacedChange(change: $0, place: asked.count, isBehind: false, proof: whole, missing: nil)
      }
  }

  /// How certain the whole run is.
  var wholeProof: Proof {
    let compared: Proof = hasUnknown ? .partial : .proven
    return max(compared, proof(before: asked.count))
  }

  /// How certain everything is that came before the nth request.
  private func proof(before place: Int) -> Proof {
    let answers = asked[..<place].lazy.map(\.proof).max() ?? .proven
    let ordinal = place < asked.count ? asked[place].ordinal : Int.max
    let hidden = frontiers.steps.contains { $0.step.ordinal < ordinal }
    return hidden ? .partial : answers
  }

  private func changes(ofNew number: Int) -> [PlacedChange] {
    let effect = asked[number]
    if effect.isAmbient { return [] }
    var found: [Change] = []
    if let old = matching.oldByNew[number] {
      let request = recorded.all[old].request.request
      found = RequestDifferences.changes(at: effect.path, from: request, to: effect.request)
      if matching.reordered.contains(number) {
        found.append(
          Change(
            step: effect.path,
            kind: .reordered,
            path: .empty,
            before: .text(recorded.all[old].step.path),
            after: .text(effect.path)
          )
        )
      }
    } else {
      found = [
        Change(
          step: effect.path,
          kind: .new,
          path: .empty,
          before: nil,
          after: effect.request
        )
      ]
    }
    if found.isEmpty { return [] }
    let isOpenRead = effect.effectClass == .read && effect.missing != nil
    let isUnknown = isOpenRead || effect.request.containedUnknown != nil
    let certainty = max(proof(before: number), isUnknown ? .partial : .proven)
    return found.map {
      PlacedChange(
        change: $0,
        place: number,
        isBehind: false,
        proof: certainty,
        missing: isOpenRead ? effect.missing : nil
      )
    }
  }

  private func missing(_ number: Int) -> PlacedChange? {
    let effect = recorded.all[number]
    guard !effect.isAmbient, matching.newByOld[number] == nil, !isHidden(number) else {
      return nil
    }
    let before = recorded.all[..<number].indices.compactMap { matching.newByOld[$0] }.max() ?? -1
    let next = recorded.all[number...].indices.compactMap { matching.newByOld[$0] }
      .filter { $0 > before }.min()
    let change = Change(
      step: effect.step.path,
      kind: .missing,
      path: .empty,
      before: effect.request.request,
      after: nil
    )
    return PlacedChange(
      change: change,
      place: before,
      isBehind: true,
      proof: proof(before: next ?? asked.count),
      missing: nil
    )
  }
}

extension RunPair {
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
