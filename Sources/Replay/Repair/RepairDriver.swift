internal import EventStore
public import Flows
internal import Values

/// Answers the repair of a failed execution: what was done already by what was recorded, all else as a live run, and of
/// writes only those that were planned.
public struct RepairDriver: Driver {
  private var live: LiveDriver
  private var answers: RepairAnswers
  private var planned: [PlannedEffect]
  /// What the plan could not foresee and may be sent all the same.
  private let unseen: [PlannedEffect]
  /// The steps whose effects were foreseen.
  private let foreseen: Set<Text>
  /// What the last request was answered with before it could go anywhere.
  private var ready: EffectReply?

  /// Makes a driver for one repair; `live` makes the keys of its requests of the id of the failed execution, so that they
  /// are the same however often it is repaired.
  public init(
    _ history: RepairHistory,
    _ alignments: [Alignment],
    _ policy: RepairPolicy,
    _ plan: PlannedRepair,
    live: LiveDriver
  ) {
    let answers = RepairAnswers(history, alignments, policy)
    let changed = Set(plan.effects.filter { $0.action == .changed }.map(\.step))
    self.live = live.keyed(by: { changed.contains($0.path) ? nil : answers.earliest(of: $0) })
    self.answers = answers
    planned = plan.effects
    foreseen = Set(plan.effects.filter { $0.action != .unforeseen }.map(\.step))
    unseen = plan.effects.filter { $0.action == .unforeseen && $0.decision == .send }
  }

  /// How far a request goes; see `Driver`.
  ///
  /// - Throws: `DriverError.notPlanned` for a write that the plan does not have so; as a live run does.
  public mutating func reach(of request: EffectRequest) throws -> EffectReach {
    ready = nil
    switch answers.finding(for: request) {
    case .answered(let answer, let beginning):
      // What a key made is compared by names here, and as it was made in the plan.
      if request.attempt == 1, takes(request, Self.isSentAnew) {
        return try live.reach(of: request)
      }
      ready = Self.reply(answer, toldAt: beginning)
      return .inside
    case .ask: return try live.reach(of: request)
    case .send:
      guard takes(request, Self.isSend) || isUnseen(request) else { throw live.notPlanned(request) }
      return try live.reach(of: request)
    case .changed(let before):
      if takes(request, Self.isSentAnew) { return try live.reach(of: request) }
      guard takes(request, { $0.action == .changed && $0.decision == .skip }) else {
        throw live.notPlanned(request)
      }
      ready = Self.reply(answers.answer(of: before), toldAt: before.toldAt)
      return .inside
    case .inDoubt: throw live.notPlanned(request)
    }
  }

  /// What was answered before, with where the recording begins that tells of it.
  private static func reply(_ answer: Answer, toldAt beginning: Position?) -> EffectReply {
    EffectReply(answer, evidence: beginning.map { .recording($0) } ?? .none)
  }

  /// The answer to a request; see `Driver`.
  public mutating func answer(_ request: EffectRequest) throws -> EffectReply {
    try ready ?? live.answer(request)
  }

  /// Reads tables anew; see `Driver`.
  public mutating func refresh() throws { live.refresh() }

  /// What was to be sent and was not asked for.
  public var unsent: [PlannedEffect] { planned.filter(\.isSent) }

  private static func isSend(_ effect: PlannedEffect) -> Bool {
    effect.action == .send || effect.action == .fallback
  }

  private static func isSentAnew(_ effect: PlannedEffect) -> Bool {
    effect.action == .changed && effect.decision == .send
  }

  /// Whether a request is one of those that the plan lets go unseen.
  private func isUnseen(_ request: EffectRequest) -> Bool {
    let path = request.path
    return !foreseen.contains(path) && unseen.contains { $0.hides(path) }
  }

  /// Takes a planned effect for a request, once; another attempt of the step needs none.
  private mutating func takes(_ request: EffectRequest, _ isMeant: (PlannedEffect) -> Bool) -> Bool
  {
    if request.attempt > 1 { return true }
    let names = answers.names
    let value = names.comparable(request.recordedValue)
    let place = planned.firstIndex { effect in
      isMeant(effect) && effect.step == request.path
        && PathDiff.differences(from: names.comparable(effect.request), to: value).isEmpty
    }
    guard let place else { return false }
    planned.remove(at: place)
    return true
  }
}

extension RepairDriver: ResumableDriver {
  mutating func passed(_ request: EffectRequest) {
    // What it came to is durable; only that it came counts.
    switch answers.finding(for: request) {
    case .send: _ = takes(request, Self.isSend)
    case .changed: _ = takes(request) { $0.action == .changed && $0.decision != nil }
    case .answered: _ = takes(request, Self.isSentAnew)
    case .ask, .inDoubt: break
    }
  }

  func effect(of request: EffectRequest) -> DeclaredEffect? { live.effect(of: request) }

  func ask(about request: EffectRequest, sentAt sent: Instant) throws(CardError) -> Answer? {
    try live.ask(about: request, sentAt: sent)
  }

  mutating func take(_ pause: (ordinal: Int, until: Double)) { live.take(pause) }

  func finishWait(_ milliseconds: Double, since began: Int64) {
    live.finishWait(milliseconds, since: began)
  }
}
