internal import EventStore
internal import Flows
internal import Values

/// A request that a failed execution, or an earlier repair of it, made.
struct DoneEffect {
  /// The root of the recording that has it.
  let root: Text
  /// The path of its step as it was recorded.
  let recordedPath: Text
  /// Where the new version has the step; nil where it has none.
  let mapped: Text?
  let request: Value
  /// The request as it is compared.
  private(set) var form: Value
  /// What came back; nil where nobody knows.
  let answer: Answer?
  /// Whether it went out and nobody knows whether it was done.
  let isInDoubt: Bool
  /// Where the recording begins that has it.
  let toldAt: Position?

  /// Whether it was asked of a connector, rather than of clock or chance.
  var isOfConnector: Bool {
    if case .object(let object) = request { object["connector"] != nil } else { false }
  }

  /// Whether it asked for a signature that is drawn by lot.
  var isSignature: Bool {
    if case .object(let object) = request { object["method"] == "signature" } else { false }
  }

  /// The same, to be compared by names of secrets where digests do not tell.
  func compared(by names: CoverNames) -> DoneEffect {
    var effect = self
    effect.form = names.comparable(request)
    return effect
  }

  /// Whether it was certainly done.
  var isDone: Bool {
    if isInDoubt { return false }
    if case .outputs? = answer { return true }
    return false
  }
}

extension DoneEffect {
  /// What the recordings of a history tell, the oldest first.
  ///
  /// What a repair took over from an earlier recording is told once, by that one.
  static func all(of history: RepairHistory, _ alignments: [Alignment]) -> [DoneEffect] {
    let beginnings = Set(history.latestFirst.compactMap { $0.positions?.lowerBound })
    return zip(history.latestFirst, alignments).reversed().flatMap { recording, alignment in
      let paths = PathMap(recording, alignment)
      let own = recording.positions?.lowerBound
      let others = beginnings.subtracting(own.map { [$0] } ?? [])
      let made = recording.steps.flatMap { step in
        step.requests.filter { !$0.isTold(byOneOf: others) }.map { request in
          DoneEffect(request, of: recording, at: step.path, paths.mapped(step)?.path)
        }
      }
      // An answer that is recorded counts, whether or not its step came to its end.
      let answered = recording.answeredRequests
        .filter { !$0.request.isTold(byOneOf: others) }
      let open = (answered + recording.openRequests).map { open in
        DoneEffect(open.request, of: recording, at: open.path, paths.mapped(open)?.path)
      }
      return made + open
    }
  }

  private init(
    _ request: RecordedRequest,
    of recording: Recording,
    at path: Text,
    _ mapped: Text?
  ) {
    self.init(
      root: recording.root.execution,
      recordedPath: path,
      mapped: mapped,
      request: request.request,
      form: request.request,
      answer: request.answer,
      isInDoubt: request.isInDoubt || request.answer == nil,
      toldAt: recording.positions?.lowerBound
    )
  }
}

extension RecordedRequest {
  /// Whether its answer was taken over from one of the recordings that begin at the positions.
  fileprivate func isTold(byOneOf beginnings: Set<Position>) -> Bool {
    switch evidence {
    case .none: false
    case .recording(let beginning): beginnings.contains(beginning)
    // Older recordings say by an event that a recording told them.
    case .events(let positions): !beginnings.isDisjoint(with: positions)
    }
  }
}
