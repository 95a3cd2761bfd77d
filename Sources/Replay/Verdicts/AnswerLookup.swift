internal import Flows
internal import Values

/// Finds the answers for a run of the new version, in the order of preference that makes verdicts
/// certain: what somebody says instead, the same request at the same place, at a place that is no more, of
/// the same card for another item, the newest same request in the log, the answers file, nobody.
struct AnswerLookup {
  let recording: Recording
  let recorded: RecordedEffects
  let sources: AnswerSources
  private(set) var asked: [AskedEffect] = []
  private(set) var missing: [MissingAnswer] = []
  private(set) var assumptions: [Assumption] = []
  /// The recorded requests whose answers were used.
  private var used: Set<Int> = []
  private var writes: [Text: WriteCount] = [:]
  private var occurrence: (ordinal: Int, count: Int) = (-1, 0)
  private var ownLog: OwnLogAnswers?
  /// The tables that the versions define differently: what one reads of them, the other does not.
  private let changedTables: Set<Text>

  init(
    _ recording: Recording,
    _ recorded: RecordedEffects,
    _ sources: AnswerSources,
    tables: [TableDefinition],
    changedTables: Set<Text>
  ) {
    self.changedTables = changedTables
    self.recording = recording
    self.recorded = recorded
    self.sources = sources
    ownLog = OwnLogAnswers(sources.log, recording, tables: tables)
  }

  /// The answer to a request of the new version.
  mutating func answer(to request: EffectRequest) -> Answer {
    occurrence =
      occurrence.ordinal == request.ordinal
      ? (request.ordinal, occurrence.count + 1) : (request.ordinal, 0)
    let query = Query(request, occurrence: occurrence.count)
    let found = query.connector == nil ? ambient(query) : connector(query)
    if let reason = found.assumption {
      assumptions.append(
        Assumption(
          step: request.path,
          request: query.value.requestName,
          reason: reason,
          standing: found.standing
        )
      )
    }
    if let connector = query.connector, query.effectClass != .read {
      count(query)
      ownLog?.note(connector, answered: found.answer)
    }
    asked.append(
      AskedEffect(
        path: request.path,
        ordinal: request.ordinal,
        occurrence: occurrence.count,
        request: query.value,
        effectClass: query.effectClass,
        isConnector: query.connector != nil,
        isRetry: request.attempt > 1,
        answer: found.answer,
        proof: found.proof,
        missing: found.missing,
        replacesFailure: found.replacesFailure
      )
    )
    return found.answer
  }
}

/// The writes to one connector, or table, so far.
private struct WriteCount {
  var all = 0
  /// Whether they are the first of those recorded, in the same order.
  var agree = true
}

/// What is looked for.
private struct Query {
  let request: EffectRequest
  let value: Value
  let connector: ConnectorRequest?
  let effectClass: EffectClass
  let occurrence: Int

  init(_ request: EffectRequest, occurrence: Int) {
    self.request = request
    value = request.recordedValue
    connector = request.connectorRequest
    effectClass = EffectClass(recorded: value)
    self.occurrence = occurrence
  }

  /// What its writes change.
  var scope: Text { value.writtenScope }

  /// The table that it names, nil for another request.
  var table: Text? { isOfTable ? connector?.table : nil }

  var isOfTable: Bool { connector?.method.connector == "stash" }
}

/// What was found.
private struct Finding {
  let answer: Answer
  let proof: Proof
  var assumption: Assumption.Reason?
  var missing: Int?
  var replacesFailure = false
  var standing: AnswerStanding?
}

extension AnswerLookup {
  private mutating func connector(_ query: Query) -> Finding {
    if let found = sources.overriding(query.request) {
      if let number = samePlace(query) { used.insert(number) }
      return Finding(answer: found.answer, proof: .assumed, assumption: .overridden)
    }
    if query.value.containedUnknown != nil { return withUnknownInputs(query) }
    if query.effectClass == .read, query.table.map(changedTables.contains) ?? false {
      return inLog(query) ?? unanswered(query)
    }
    if let number = samePlace(query) ?? vanished(query) ?? otherItem(query),
      let answer = recorded.all[number].request.answer
    {
      used.insert(number)
      if query.effectClass == .read, !sameWritesBefore(recorded.all[number], query) {
        // What the table holds behind other writes, the log's own tables tell.
        if query.isOfTable, let found = inLog(query) { return found }
        return Finding(answer: answer, proof: .assumed, assumption: .otherWritesBefore)
      }
      return Finding(answer: answer, proof: .proven)
    }
    if query.effectClass == .read, let found = inLog(query) { return found }
    if let found = sources.scripted(query.request) {
      return Finding(
        answer: found.answer,
        proof: found.isProven ? .proven : .assumed,
        assumption: found.isProven ? nil : .scripted
      )
    }
    return unanswered(query)
  }

  /// What the log says besides the recording: its own tables and entries as they were, or the newest
  /// answer to the same request.
  private mutating func inLog(_ query: Query) -> Finding? {
    let isOwn = query.connector.map { OwnLogAnswers.owns($0.method) } ?? false
    let found =
      isOwn
      ? query.connector.flatMap { ownLog?.answer(to: $0) }
      : sources.newestInLog(query.request, recording)
    guard let found else { return nil }
    return Finding(
      answer: found.answer,
      proof: found.isProven ? .proven : .assumed,
      assumption: found.isProven ? nil : isOwn ? .ownLog : .newestInLog,
      standing: found.standing
    )
  }

  /// A request with unknown inputs is answered as the one at its place, if all that is known agrees.
  private mutating func withUnknownInputs(_ query: Query) -> Finding {
    guard let number = recorded.effect(at: query.request.path, occurrence: query.occurrence),
      let answer = recorded.all[number].request.answer,
      query.effectClass == .read || !used.contains(number),
      PathDiff.differences(from: recorded.all[number].request.request, to: query.value).isEmpty
    else { return unanswered(query) }
    used.insert(number)
    return Finding(answer: answer, proof: .assumed, assumption: .unknownInputs)
  }

  private func samePlace(_ query: Query) -> Int? {
    guard let number = recorded.effect(at: query.request.path, occurrence: query.occurrence),
      recorded.all[number].request.request == query.value
    else { return nil }
    return query.effectClass == .read || !used.contains(number) ? number : nil
  }

  /// The same request at a place that the new version no longer has.
  private func vanished(_ query: Query) -> Int? {
    recorded.byRequest[query.value]?.first { number in
      let effect = recorded.all[number]
      guard effect.mapped == nil, effect.request.answer != nil else { return false }
      return query.effectClass == .read || !used.contains(number)
    }
  }

  /// The same request of the same card for another item: items that come in another order, or behind
  /// others, ask for themselves what they asked.
  private func otherItem(_ query: Query) -> Int? {
    let place = query.request.path.withoutItemNumbers
    return recorded.byRequest[query.value]?.first { number in
      let effect = recorded.all[number]
      guard let path = effect.mapped?.path, path != query.request.path,
        path.withoutItemNumbers == place, effect.occurrence == query.occurrence,
        effect.request.answer != nil
      else { return false }
      return query.effectClass == .read || !used.contains(number)
    }
  }

  /// Whether the writes to the connector, or table, so far are those that were recorded before an
  /// answer.
  private func sameWritesBefore(_ effect: RecordedEffect, _ query: Query) -> Bool {
    // A write to a table that is not known may have been one to this.
    if query.isOfTable, writes["stash"] != nil { return false }
    let count = writes[query.scope] ?? WriteCount()
    return count.agree && count.all == effect.writesBefore
  }

  private mutating func count(_ query: Query) {
    var count = writes[query.scope] ?? WriteCount()
    let recorded = recorded.writes[query.scope] ?? []
    count.agree =
      count.agree && count.all < recorded.count && recorded[count.all] == query.value
    count.all += 1
    writes[query.scope] = count
  }

  /// Whether the step at the place of a request failed by what it was answered.
  private func replacesFailure(_ query: Query) -> Bool {
    guard query.connector != nil,
      let number = recorded.effect(at: query.request.path, occurrence: query.occurrence),
      case .failure? = recorded.all[number].step.requests.last?.answer
    else { return false }
    return true
  }

  /// Takes a write as succeeded, unless it stands where another failed; what it gave, or what a read
  /// would say, is unknown.
  private mutating func unanswered(_ query: Query) -> Finding {
    let number = missing.count
    missing.append(
      MissingAnswer(
        number: number,
        step: query.request.path,
        request: query.value,
        effectClass: query.effectClass
      )
    )
    let answer = Answer.unknown(Unknown(requests: [number]))
    let replacesFailure = replacesFailure(query)
    if query.effectClass == .read || replacesFailure {
      return Finding(
        answer: answer,
        proof: .partial,
        missing: number,
        replacesFailure: replacesFailure
      )
    }
    return Finding(
      answer: answer,
      proof: .assumed,
      assumption: .takenAsSucceeded,
      missing: number
    )
  }
}

extension AnswerLookup {
  /// Answers clock, chance and zones as recorded, or not at all.
  ///
  /// Time passes whoever waits, and a zone's rules are the same wherever they are asked for.
  private mutating func ambient(_ query: Query) -> Finding {
    guard case .ambient(let request) = query.request.ask else { return unanswered(query) }
    if case .wait = request { return Finding(answer: .value(.null), proof: .proven) }
    var number = samePlace(query)
    if case .zone = request {
      number = number ?? recorded.byRequest[query.value]?.first
    } else {
      number =
        number
        ?? recorded.byRequest[query.value]?.first { [used] number in
          recorded.all[number].mapped?.isSamePlace != true && !used.contains(number)
        }
    }
    guard let number, let answer = recorded.all[number].request.answer else {
      guard let found = sources.surroundings(request) else { return unanswered(query) }
      return Finding(
        answer: found.answer,
        proof: found.isProven ? .proven : .assumed,
        assumption: found.isProven ? nil : .timeOfStart
      )
    }
    used.insert(number)
    return Finding(answer: answer, proof: .proven)
  }
}
