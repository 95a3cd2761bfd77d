internal import Flows
internal import Values

/// Which effect of the new version is which recorded one.
struct EffectMatching {
  /// The recorded counterpart of each new effect, by number.
  private(set) var oldByNew: [Int: Int] = [:]
  private(set) var newByOld: [Int: Int] = [:]
  /// The last recorded effect that has a counterpart, -1 where none has.
  private(set) var lastOld = -1
  /// The new effects that come before one that came before them, and can be put right by moving.
  private(set) var reordered: Set<Int> = []

  /// Pairs effects: at one place with one request; at one place as far as is known; with one request
  /// wherever it is; at one place whatever is asked.
  init(_ recorded: RecordedEffects, _ asked: [AskedEffect]) {
    let new = asked.indices.filter { !asked[$0].isAmbient }
    for number in new {
      pair(number, recorded.place(of: asked[number])) {
        recorded.all[$0].request.request == asked[number].request
      }
    }
    for number in new where asked[number].request.containedUnknown != nil {
      pair(number, recorded.place(of: asked[number])) { old in
        PathDiff.differences(
          from: recorded.all[old].request.request,
          to: asked[number].request
        ).isEmpty
      }
    }
    for number in new {
      let same = recorded.byRequest[asked[number].request] ?? []
      pair(number, same.first { newByOld[$0] == nil }) { _ in true }
    }
    for number in new { pair(number, recorded.place(of: asked[number])) { _ in true } }
    let paired = new.compactMap { number in oldByNew[number].map { (new: number, old: $0) } }
    let kept = Set(LongestIncreasingSubsequence.places(in: paired.map(\.old)))
    for (place, pair) in paired.enumerated() where !kept.contains(place) {
      reordered.insert(pair.new)
    }
  }

  private mutating func pair(_ new: Int, _ old: Int?, where isSame: (Int) -> Bool) {
    guard let old, oldByNew[new] == nil, newByOld[old] == nil, isSame(old) else { return }
    oldByNew[new] = old
    newByOld[old] = new
    lastOld = max(lastOld, old)
  }
}

extension RecordedEffects {
  /// The recorded effect at the place of a new one.
  fileprivate func place(of asked: AskedEffect) -> Int? {
    effect(at: asked.path, occurrence: asked.occurrence).flatMap { all[$0].isAmbient ? nil : $0 }
  }
}
