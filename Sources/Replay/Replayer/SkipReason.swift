internal import Flows
internal import Values

/// Why a recording is neither replayed nor compared.
public enum SkipReason: String, Hashable, Sendable, CaseIterable {
  /// The run goes on, or was cut off between two steps.
  case running
  /// The run waits for time to pass.
  case waiting
  /// Somebody ended the run from outside.
  case cancelled
  /// Values of the recording were redacted.
  case redacted
  /// The flow keeps no data, so that only digests were recorded.
  case digestsOnly
  /// A request was sent whose answer was never recorded.
  case inDoubt
  /// Another system ran the flow; no card values are known.
  case observed
  /// Nobody answered a request, which ended the run.
  case unanswered
  /// The flow came to a card that the engine does not run, which ended the run.
  case unsupportedCard
}

extension SkipReason {
  /// The reason as a sentence.
  public var sentence: String {
    switch self {
    case .running: "The execution has not ended."
    case .waiting: "The execution waits for time to pass."
    case .cancelled: "The execution was cancelled."
    case .redacted: "Values of the recording were redacted."
    case .digestsOnly: "Only digests were recorded; the flow's author switched saving of data off."
    case .inDoubt: "A request was sent whose answer was never recorded."
    case .observed: "The execution was observed only; no card values are known."
    case .unanswered: "Nobody answered a request, which ended the run."
    case .unsupportedCard: "A card type that is not supported ended the run."
    }
  }
}

extension SkipReason {
  /// The kind of the error that ends a run which somebody ended from outside.
  static let cancelledKind: Text = "Cancelled"

  /// Why a run that ended so is not compared, nil where it is.
  init?(ending error: RecordedError) {
    guard error.isFatal else { return nil }
    self.init(ending: error.error.kind)
  }

  /// Why a run that an error of that kind ended is not compared, nil where it is.
  init?(ending kind: CardErrorKind) {
    switch kind {
    case DriverError.unansweredKind: self = .unanswered
    case .unsupportedCard: self = .unsupportedCard
    default: return nil
    }
  }
}

extension Recording {
  /// Why the recording cannot be run again, nil where it can.
  ///
  /// - Complexity: O(*n*) in the number of steps.
  public var skipReason: SkipReason? {
    if root.mode == .observed { return .observed }
    if case .failed? = end?.status, end?.error?.error.kind.name == SkipReason.cancelledKind {
      return .cancelled
    }
    guard isFinished, !executions.isEmpty else { return unfinished }
    let steps = steps.span
    for place in steps.indices where steps[place].lacksAnswer { return .inDoubt }
    guard root.savesValues else { return .digestsOnly }
    return missingValues > 0 ? .redacted : nil
  }

  /// Why the recording cannot be compared with another version, nil where it can.
  ///
  /// A run that ended for want of an answer or a card type tells nothing of what its flow does; it
  /// replays all the same.
  ///
  /// - Complexity: O(*n*) in the number of steps and executions.
  public var comparisonSkipReason: SkipReason? {
    skipReason
      ?? executions.lazy.compactMap { $0.end?.error }.compactMap(SkipReason.init(ending:)).first
  }

  private var unfinished: SkipReason {
    guard let open = openRequests.last else { return .running }
    if open.request.method != nil { return .inDoubt }
    guard case .object(let request) = open.request.request else { return .running }
    return request["method"] == "wait" ? .waiting : .running
  }
}

extension RecordedStep {
  fileprivate var lacksAnswer: Bool {
    for place in requests.indices where requests[place].answer == nil { return true }
    return false
  }
}
