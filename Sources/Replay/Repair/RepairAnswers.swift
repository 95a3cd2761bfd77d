internal import Crypto
internal import EventStore
internal import Flows
internal import Values

/// Says of each request of a repair whether it was done already, and what has to be done.
///
/// A plan and its execution ask the same, so that what is sent is what was planned. Beside the request, the answer depends on
/// the requests before it alone.
struct RepairAnswers {
  /// What becomes of a request.
  enum Finding {
    /// It has this answer, and nothing is asked.
    case answered(Answer, toldAt: Position?)
    /// It is a read, or does not leave: it is asked anew.
    case ask
    /// It is a write that was never done.
    case send
    /// Another request was done in its place, with this answer.
    case changed(before: DoneEffect)
    /// It, or another in its place, went out, and nobody knows whether it was done.
    case inDoubt(DoneEffect)
  }

  private let policy: RepairPolicy
  private let done: [DoneEffect]
  private let words: [Text: [Text: Resumption.Word]]
  /// How requests are compared.
  let names: CoverNames
  private let byPath: [Text: [Int]]
  private let byRequest: [Value: [Int]]
  private let byCards: [Text: [Int]]
  /// The unknowns of which it is known that they are not what was recorded.
  private var others: Set<Int> = []
  /// The writes that were taken over: each was done once.
  private var used: Set<Int> = []
  /// The writes that somebody is told of beside a request.
  private var told: Set<Int> = []

  init(_ history: RepairHistory, _ alignments: [Alignment], _ policy: RepairPolicy) {
    self.policy = policy
    words = history.words
    let done = DoneEffect.all(of: history, alignments)
    let drawn = done.filter(\.isSignature).flatMap(\.request.coverNames)
    let names = CoverNames(replaced: history.replacedSecrets, drawn: Set(drawn))
    self.done = done.map { $0.compared(by: names) }
    self.names = names
    var (byPath, byCards): ([Text: [Int]], [Text: [Int]]) = ([:], [:])
    var byRequest: [Value: [Int]] = [:]
    for (number, effect) in self.done.enumerated() {
      if let path = effect.mapped {
        byPath[path, default: []].append(number)
        byCards[path.withoutItemNumbers, default: []].append(number)
      }
      byRequest[effect.form, default: []].append(number)
    }
    (self.byPath, self.byCards, self.byRequest) = (byPath, byCards, byRequest)
  }

  /// What becomes of a request.
  mutating func finding(for request: EffectRequest) -> Finding {
    let value = form(of: request)
    guard request.connectorRequest != nil else { return ambient(request, value) }
    switch EffectClass(recorded: value) {
    case .reply: return .ask
    case .read:
      guard policy.reusesReads, !policy.startsAnew else { return .ask }
      return answered(read: request.path, value) ?? .ask
    case .write:
      return policy.startsAnew ? .send : write(request.path, value)
    }
  }

  /// A request in the form in which it is compared.
  private func form(of request: EffectRequest) -> Value {
    names.comparable(request.recordedValue)
  }

  /// The request as it was first recorded at its place, under which services that know keys know it; nil where it
  /// was not.
  func earliest(of request: EffectRequest) -> (path: Text, request: Value)? {
    if policy.startsAnew { return nil }
    let value = form(of: request)
    return byPath[request.path]?.first { done[$0].form == value }
      .map { (done[$0].recordedPath, done[$0].request) }
  }

  /// The last recorded answer to a read, whether it succeeded or failed, at its place or one that is no more.
  func lastAnswer(to request: EffectRequest) -> Answer? {
    let value = form(of: request)
    let here = (byPath[request.path] ?? []).filter { done[$0].form == value }
    let elsewhere = (byRequest[value] ?? []).filter { done[$0].mapped == nil }
    return (elsewhere + here).last { done[$0].answer != nil }.flatMap { done[$0].answer }
  }
}

// MARK: - Connectors

extension RepairAnswers {
  private func answered(read path: Text, _ value: Value) -> Finding? {
    let here = (byPath[path] ?? []).filter { done[$0].form == value && done[$0].isDone }
    let elsewhere = (byRequest[value] ?? []).filter { done[$0].mapped == nil && done[$0].isDone }
    guard let number = here.last ?? elsewhere.last else { return nil }
    return taken(number)
  }

  /// What becomes of a write: what was done at its place counts first, then what was done at a card that is no more, then what
  /// the same card did for another item.
  private mutating func write(_ path: Text, _ value: Value) -> Finding {
    let here = byPath[path] ?? []
    let same = here.filter { agrees(done[$0].form, value) && !used.contains($0) }
    let elsewhere = same.isEmpty ? moved(path, value) : []
    if let number = same.last(where: isDone) ?? elsewhere.first(where: isDone) {
      used.insert(number)
      return taken(number)
    }
    if let number = (same + elsewhere).last(where: isInDoubt) { return doubt(number) }
    let others = here.filter { !used.contains($0) && !same.contains($0) }
    if let number = others.last(where: isDone) {
      told.insert(number)
      return .changed(before: done[number])
    }
    if let number = others.last(where: isInDoubt) { return doubt(number) }
    return .send
  }

  /// The same writes at cards that are no more, and of the same card for other items.
  private func moved(_ path: Text, _ value: Value) -> [Int] {
    let equal = (byRequest[value] ?? []).filter { !used.contains($0) }
    let card = Set(byCards[path.withoutItemNumbers] ?? [])
    return equal.filter { done[$0].mapped == nil } + equal.filter(card.contains)
  }

  private mutating func doubt(_ number: Int) -> Finding {
    told.insert(number)
    return .inDoubt(done[number])
  }

  /// The writes that were done, or are in doubt, and that no request of the repair had to do with.
  var untouched: [DoneEffect] {
    if policy.startsAnew { return [] }
    return done.indices.filter { number in
      !used.contains(number) && !told.contains(number) && (isDone(number) || isInDoubt(number))
        && EffectClass(recorded: done[number].request) == .write && done[number].isOfConnector
    }
    .map { done[$0] }
  }

  /// The answer that a write at a place was refused with, if it was.
  func refusal(of request: EffectRequest) -> Answer? {
    let value = form(of: request)
    let refused = byPath[request.path]?.last { number in
      guard done[number].form == value, !done[number].isInDoubt else { return false }
      if case .failure? = done[number].answer { return true }
      return false
    }
    return refused.flatMap { done[$0].answer }
  }

  /// Whether requests are the same as far as they are known.
  private func agrees(_ recorded: Value, _ value: Value) -> Bool {
    if recorded == value { return true }
    guard let unknown = value.containedUnknown, others.isDisjoint(with: unknown.requests) else {
      return false
    }
    return PathDiff.differences(from: recorded, to: value).isEmpty
  }

  /// Notes that nobody knows what a request gives.
  ///
  /// What a card gives that is given a secret is known where it was recorded to be given the same; else it is
  /// something else, and so is what other cards make of that.
  mutating func note(_ unknown: Int, madeBy request: EffectRequest) {
    guard case .ambient(.covered) = request.ask else { return }
    let given = request.recordedValue.containedUnknown
    if given.map({ others.isDisjoint(with: $0.requests) }) ?? false { return }
    others.insert(unknown)
  }

  private func isDone(_ number: Int) -> Bool {
    if done[number].isInDoubt, case .sent? = word(of: done[number]) { return true }
    return done[number].isDone
  }

  private func isInDoubt(_ number: Int) -> Bool {
    done[number].isInDoubt && word(of: done[number]) == nil
  }

  /// Whether somebody has said of an effect in doubt whether it was done.
  func isSettled(_ effect: DoneEffect) -> Bool { word(of: effect) != nil }

  private func word(of effect: DoneEffect) -> Resumption.Word? {
    words[effect.root]?[effect.recordedPath]
  }

  private func taken(_ number: Int) -> Finding {
    .answered(answer(of: done[number]), toldAt: done[number].toldAt)
  }

  /// What a done effect gave: as it was recorded, or as somebody says.
  func answer(of effect: DoneEffect) -> Answer {
    if effect.isInDoubt, case .sent(let outputs)? = word(of: effect) {
      return .outputs(ConnectorAnswer(outputs: outputs))
    }
    return effect.answer ?? .outputs(ConnectorAnswer(outputs: Object()))
  }
}

// MARK: - Surroundings

extension RepairAnswers {
  /// Time and chance are those of the failed execution where it asked, so that what it did is recognised; else they follow
  /// from the policy.
  private func ambient(_ request: EffectRequest, _ value: Value) -> Finding {
    guard case .ambient(let asked) = request.ask else { return .ask }
    let found = policy.startsAnew ? nil : byPath[request.path]?.first { done[$0].form == value }
    let recorded = found.flatMap { number in
      done[number].answer.map { Finding.answered($0, toldAt: done[number].toldAt) }
    }
    switch asked {
    case .now: return recorded ?? .answered(.value(.date(policy.now)), toldAt: nil)
    case .random(let count):
      let drawn = (0..<max(0, count)).map { Value.number(number($0, for: request)) }
      return recorded ?? .answered(.value(.list(drawn)), toldAt: nil)
    case .newID:
      let id = ExecutionID.text(of: Array(bytes(0, for: request).prefix(ExecutionID.byteCount)))
      return recorded ?? .answered(.value(.text(id)), toldAt: nil)
    case .wait: return recorded ?? .ask
    // One that is covered is in no recording, and is drawn anew.
    case .signature: return value.isCoveredRequest ? .ask : recorded ?? .ask
    case .zone, .covered: return .ask
    }
  }

  /// A number from 0 up to but not including 1.
  private func number(_ place: Int, for request: EffectRequest) -> Double {
    let bits = bytes(place, for: request).prefix(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    return Double(bits >> 11) / Double(UInt64(1) << 53)
  }

  private func bytes(_ place: Int, for request: EffectRequest) -> [UInt8] {
    let parts = [policy.seed, request.path, Text("\(request.attempt)"), Text("\(place)")]
    return Array(SHA256.hash(data: Text.joined(parts, separator: "\u{0}").bytes))
  }
}
