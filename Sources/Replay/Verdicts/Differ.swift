public import Flows
internal import Values

/// Says what a new flow version would have done in place of recorded executions.
///
/// A comparison is a pure function of the recording, both versions and the answers that are handed
/// in. Nothing is asked of the world: what nobody can answer is unknown, and flows on through the
/// cards until a branch, loop or call needs it.
public struct Differ: Sendable {
  /// Which card of the new version is which of the old.
  public let alignment: Alignment

  /// The version to try.
  public var version: FlowClosure { program.closure }

  private let program: Program
  private let cards: CardTable
  /// Where runs can begin to differ; nil where the function cards are not the engine's own.
  private let touched: TouchedCards?
  private let changedTables: Set<Text>

  /// Prepares the comparison of two versions.
  ///
  /// - Parameters:
  ///   - old: The version that the recordings were made with.
  ///   - new: The version to try.
  ///   - cards: Function cards other than the engine's own.
  ///   - map: Pairs of cards that somebody says are the same.
  public init(
    old: Program,
    new: Program,
    cards: CardTable? = nil,
    map: [CardMapping] = []
  ) {
    alignment = Alignment(old: old.closure, new: new.closure, map: map)
    program = new
    self.cards = cards ?? .standard
    changedTables = Self.changedTables(old.closure, new.closure)
    touched = cards == nil ? TouchedCards(alignment, old: old.closure, new: new.closure) : nil
  }

  /// The result for a recording whose cards alone prove that the new version does the same: made by
  /// this engine, whole, and without a step at which the versions can begin to differ.
  ///
  /// - Returns: What ``diff(_:answers:)`` gives for the recording, or nil where it must be run.
  /// - Complexity: O(*n*) in the number of cards visited.
  public func unaffected(_ outline: RecordingOutline) -> DiffResult? {
    guard let touched, outline.isWhole, outline.engine == Text(Interpreter.engineVersion),
      touched.spare(outline.cards)
    else { return nil }
    return DiffResult(execution: outline.execution, verdict: .identical, proof: .proven)
  }

  /// Runs the new version in place of a recorded execution and compares.
  ///
  /// - Parameters:
  ///   - recording: What happened.
  ///   - answers: Where answers come from that the recording lacks.
  ///   - input: What the version is started with, nil for what was recorded.
  /// - Returns: What differs, and how certain that is.
  /// - Complexity: O(*n* log *n*) in the size of both runs.
  public func diff(
    _ recording: Recording,
    answers: AnswerSources = .none,
    input: Trigger? = nil
  ) -> DiffResult {
    let engine = recording.root.engine
    let otherEngine = engine == Text(Interpreter.engineVersion) ? nil : engine
    if let reason = recording.comparisonSkipReason {
      var result = DiffResult(
        execution: recording.root.execution,
        verdict: .skipped,
        proof: nil
      )
      result.skipReason = reason
      result.otherEngine = otherEngine
      return result
    }
    var result = compare(recording, answers, input ?? recording.root.input)
    result.otherEngine = otherEngine
    return result
  }
}

extension Differ {
  private func compare(
    _ recording: Recording,
    _ answers: AnswerSources,
    _ input: Trigger
  ) -> DiffResult {
    let paths = PathMap(recording, alignment)
    let recorded = RecordedEffects(recording, paths)
    var lookup = AnswerLookup(
      recording,
      recorded,
      answers,
      tables: program.closure.tables,
      changedTables: changedTables
    )
    let interpreter = Interpreter(
      program,
      cards: cards,
      executionID: recording.root.execution,
      knownAs: recording.root.knownAs,
      knownExecutions: paths.executionsByCallSite,
      covered: CoveredSteps(recording, paths, alignment, for: program)
    )
    var builder = RecordingBuilder(recording.root)
    let outcome = builder.run(interpreter, input) { lookup.answer(to: $0) }
    let replayed = builder.build()
    let matching = EffectMatching(recorded, lookup.asked)
    let runs = RunPair(
      alignment: alignment,
      recording: recording,
      paths: paths,
      recorded: recorded,
      replayed: replayed,
      outcome: outcome,
      asked: lookup.asked,
      frontiers: Frontiers(replayed, alignment.new),
      matching: matching,
      cut: RunCut(outcome, replayed, lookup.asked, matching),
      mappedSteps: recording.steps.map(paths.mapped)
    )
    return result(runs, lookup)
  }

  private func result(_ runs: RunPair, _ lookup: AnswerLookup) -> DiffResult {
    var changes = runs.changes
    // A request that is new or other, that nobody answered and on which it depends how the run goes
    // on, is what makes the comparison undecidable; by itself it decides nothing.
    let decisive = changes.filter { change in
      change.missing.map { !runs.decisiveRequests.contains($0) } ?? true
    }
    let verdict = verdict(runs, decisive: !decisive.isEmpty)
    if verdict == .undecidable { changes = decisive }
    let first = decisive.first
    var result = DiffResult(
      execution: runs.recording.root.execution,
      verdict: verdict,
      proof: verdict == .changed ? first?.proof ?? runs.wholeProof : runs.wholeProof
    )
    result.changes = changes.map(\.change)
    result.notCompared = runs.unknownPlaces + runs.hiddenEffects
    result.missing = lookup.missing.filter { request in
      request.effectClass == .read || runs.needed.contains(request.number)
    }
    result.assumptions = lookup.assumptions
    result.notes = notes(runs)
    result.obstacle = runs.cut?.reason
    result.card = verdict == .identical ? nil : Attribution(runs).card(verdict, first?.change)
    return result
  }

  /// The tables that both versions have, with other columns.
  private static func changedTables(_ old: FlowClosure, _ new: FlowClosure) -> Set<Text> {
    let before = Dictionary(
      old.tables.map { ($0.id, $0.exported) },
      uniquingKeysWith: { first, _ in first }
    )
    return Set(
      new.tables.filter { before[$0.id].map { [now = $0.exported] in $0 != now } ?? false }.map(
        \.id
      )
    )
  }

  private func verdict(_ runs: RunPair, decisive: Bool) -> Verdict {
    if runs.isBroken { return .broken }
    if runs.isFixed { return .fixed }
    if decisive { return .changed }
    if runs.hasUnknown { return .undecidable }
    return runs.hasSameSteps ? .identical : .equivalent
  }

  /// What a reader should know of the cards and flows that both runs passed.
  private func notes(_ runs: RunPair) -> [Text] {
    var visited: Set<CardID> = []
    for step in runs.recording.steps { visited.insert(runs.paths.card(of: step)) }
    let cards = alignment.matches.compactMap { match -> Text? in
      guard match.origin != .uuid, visited.contains(match.old) else { return nil }
      let name = alignment.name(of: match.new) ?? .empty
      let how = match.origin == .given ? "is taken for" : "was re-created as"
      return Text("The card \(match.old.uuid) (\(name)) \(how) \(match.new.uuid).")
    }
    return cards + flowNotes(runs.recording)
  }

  /// The flows that a run came to and that were imported again, in the order in which it did.
  private func flowNotes(_ recording: Recording) -> [Text] {
    var noted: Set<Text> = []
    return recording.executions.compactMap { execution in
      guard let new = alignment.newID(ofFlow: execution.flowID),
        noted.insert(execution.flowID).inserted
      else { return nil }
      return Text(
        "The flow \(execution.flowID) (\(execution.flowName)) was imported again as \(new)."
      )
    }
  }
}
