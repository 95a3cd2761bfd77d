internal import EventStore

/// What a pull did.
public struct PullReport: Hashable, Sendable {
  /// How many pages were asked for and came.
  public var pages = 0
  /// What became of the entries.
  public var entries = IngestReport()
  /// How many entries were left to a later pull, since hooks may still deliver them.
  public var heldBack = 0
  /// How many entries were taken although they claim a time that is far ahead of the clock.
  public var ahead = 0
  /// From which time on everything was pulled, now and before, in milliseconds since 1970.
  public var since: Int64 = 0
  /// Before which time everything was pulled; nil where the end was not reached.
  public var until: Int64?
  /// Whether the org did not take the cursor, and the pull began at an overlap.
  public var isRestarted = false
  /// What came one way only; nil where the org has no hooks here.
  public var comparison: PullComparison?

  /// Makes a report of nothing.
  public init() {}
}

/// How far a pull has come.
public struct PullProgress: Hashable, Sendable {
  /// How many entries came.
  public let entries: Int
  /// How many pages came.
  public let pages: Int
  /// The latest time that an entry claims, in milliseconds since 1970.
  public let published: Int64?
}

/// Why a pull ended early; what was pulled until then is kept.
public struct InterruptedPull: Error, Hashable, CustomStringConvertible {
  /// What was done until then.
  public let report: PullReport
  /// What happened, as a sentence.
  public let reason: String
  /// Whether it may be over by itself, as when the org cannot be reached for a while.
  public let isPassing: Bool

  /// The reason, and how to go on.
  public var description: String {
    "\(reason)\nWhat was pulled before that is kept; the same command goes on from there."
  }
}
