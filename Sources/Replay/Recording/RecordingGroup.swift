public import EventStore
public import Flows
public import Values

/// Runs many flows in turn on one thread, and appends what they gather in common commits.
///
/// Each run is recorded as it would be alone, and goes on only when what it waits for is durable; the
/// events of runs of a group stand between each other's in the log. Nothing depends on timing: the
/// same runs, added in the same order, leave the same events in the same order.
///
///     var group = RecordingGroup<LocalDriver>(log)
///     for start in starts {
///       for ended in group.add(program, start.header, driver) { show(ended) }
///     }
///     for ended in group.finish() { show(ended) }
public struct RecordingGroup<Answering: Driver> {
  /// How a run of the group ended.
  public struct Ended {
    /// The id of its root execution.
    public let execution: Text
    /// What came of it, or why nothing more did.
    public let outcome: Result<RunOutcome, any Error>
    /// What answered it.
    public let driver: Answering
  }

  private struct Member {
    let execution: Text
    let run: DrivenRun<Answering>
  }

  /// The most bytes that runs hold before they are appended.
  private static var fullBytes: Int { 16 << 20 }

  private let log: EventLog
  private let limit: Int
  /// Those that have not been handed out, in the order in which they were added.
  private var members: [Member] = []
  /// How many bytes the members hold that are not in the log yet.
  private var gathered = 0

  /// Makes an empty group.
  ///
  /// - Parameters:
  ///   - log: Where they are recorded.
  ///   - limit: How many runs go on at once, at least one; each holds what it has gathered.
  public init(_ log: EventLog, limit: Int = 256) {
    self.log = log
    self.limit = max(limit, 1)
  }

  /// Starts a run, and goes on with all of them until there is room for another.
  ///
  /// - Returns: The runs that have ended since the last call, in the order in which they were added.
  @available(*, noasync)
  public mutating func add(
    _ program: Program,
    cards: CardTable = .standard,
    options: RunOptions = .standard,
    _ header: RecordingHeader,
    _ driver: Answering
  ) -> [Ended] {
    let run = RecordingRun(
      program,
      cards: cards,
      options: options,
      header: header,
      log: log,
      sharesCommits: true
    )
    let driven = DrivenRun(run, .start, driver)
    driven.advance()
    members.append(Member(execution: header.execution, run: driven))
    var ended: [Ended] = []
    gathered += driven.gatheredBytes
    while members.count >= limit || gathered >= Self.fullBytes {
      commit()
      ended += takeEnded()
    }
    return ended
  }

  /// Goes on until all runs have ended.
  ///
  /// - Returns: The runs that have ended since the last call, in the order in which they were added.
  @available(*, noasync)
  public mutating func finish() -> [Ended] {
    var ended: [Ended] = []
    while !members.isEmpty {
      commit()
      ended += takeEnded()
    }
    return ended
  }

  /// Those at the front that have ended and are durable.
  private mutating func takeEnded() -> [Ended] {
    var ended: [Ended] = []
    for member in members {
      guard let outcome = member.run.outcome, !member.run.isDue else { break }
      ended.append(
        Ended(execution: member.execution, outcome: outcome, driver: member.run.driver)
      )
    }
    members.removeFirst(ended.count)
    return ended
  }

  /// Appends what the members wait for and goes on with them.
  private mutating func commit() {
    var commit = GroupCommit<Answering>()
    for member in members {
      if let due = member.run.takeDue() { commit.add(due, of: member.run) }
    }
    commit.append(to: log)
    gathered = 0
    for member in members where member.run.outcome == nil {
      member.run.advance()
      gathered += member.run.gatheredBytes
    }
  }
}
