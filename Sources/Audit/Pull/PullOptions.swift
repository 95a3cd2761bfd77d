/// What is pulled, and how patiently.
public struct PullOptions: Sendable {
  /// The filter that the org applies; nil for everything.
  public var filter: String?
  /// From which time on; nil to go on where the last pull ended, a first one seven days back.
  public var since: Int64?
  /// How many pages are pulled at most.
  public var pageLimit = Int.max
  /// How long hooks are waited for, in milliseconds: where the org has hooks here, younger entries are left
  /// to a later pull.
  public var patience: Int64 = 600_000
  /// How far back a pull begins whose cursor the org does not take any more, in milliseconds.
  public var overlap: Int64 = 3_600_000

  /// Makes the usual options.
  public init() {}

  /// How far back a first pull begins.
  static let usualSpan: Int64 = 7 * 86_400_000
}
