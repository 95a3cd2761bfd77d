public import EventStore
public import Values

/// All that happened in one run: enough to run it again without the world.
///
/// A recording is made by a ``RecordingBuilder`` from a run in memory, or read back from the log by
/// a ``RecordingReader``; both give the same value for the same run.
public struct Recording: Hashable, Sendable {
  /// What was known before the first step.
  public let root: RecordingHeader
  /// The executions in the order in which they began, the root first.
  public internal(set) var executions: [RecordedExecution]
  /// The steps in the order in which they began.
  public internal(set) var steps: [RecordedStep]
  /// The requests that were recorded before they were sent and that no recorded step made, in order.
  public internal(set) var openRequests: [OpenRequest]
  /// The requests that were answered and whose steps never ended, in order: the run was given up, or
  /// ended from outside, while what came back was still handed to a flow.
  public internal(set) var answeredRequests: [OpenRequest] = []
  /// When the run was taken up after it had been cut off, by whom and why, in order.
  public internal(set) var resumptions: [Resumed] = []
  /// How many values are not there: only their digests were recorded, or they were redacted.
  ///
  /// Each reads as an unknown that waits for no request.
  public internal(set) var missingValues: Int
  /// From the first to behind the last event of the recording; nil for a run in memory.
  ///
  /// Events of other streams may stand between.
  public var positions: Range<Position>?

  /// Makes a recording.
  public init(
    root: RecordingHeader,
    executions: [RecordedExecution],
    steps: [RecordedStep] = [],
    openRequests: [OpenRequest] = [],
    missingValues: Int = 0,
    positions: Range<Position>? = nil
  ) {
    self.root = root
    self.executions = executions
    self.steps = steps
    self.openRequests = openRequests
    self.missingValues = missingValues
    self.positions = positions
  }
}

extension Recording {
  /// That the run was taken up, and when, in milliseconds since 1970.
  public struct Resumed: Hashable, Sendable {
    /// When.
    public let time: Int64
    /// By whom, why, and what became of the open request.
    public let resumption: RecordedResumption
  }

  /// How the root execution ended, nil while the run goes on or where it was cut off.
  public var end: RecordedEnd? { executions.first?.end }

  /// Whether all executions have ended.
  public var isFinished: Bool { executions.allSatisfy { $0.end != nil } }

  /// Whether nothing is missing that running it again needs.
  public var isReplayable: Bool { isFinished && root.savesValues && missingValues == 0 }

  /// The execution of an id.
  ///
  /// - Complexity: O(*n*) in the number of executions.
  public func execution(_ id: Text) -> RecordedExecution? { executions.first { $0.id == id } }

  /// The executions that the steps of an execution started, in the order in which they began.
  ///
  /// - Complexity: O(*n*) in the number of executions.
  public func children(of id: Text) -> [RecordedExecution] {
    executions.filter { $0.parent == id }
  }
}
