/// What a search of the log asks for.
public struct SearchQuery: Sendable {
  /// The condition on each event, or nil for all.
  public var filter: Filter?
  /// Words that must all occur, or nil.
  public var keywords: KeywordQuery?
  /// The least claimed time, in milliseconds since 1970.
  public var since: Int64?
  /// The claimed time before which events must lie.
  public var until: Int64?
  /// The log is read as it was when it held this many events.
  public var asOf: UInt64?
  /// How many events are wanted at most.
  public var limit = Int.max
  /// Whether the latest come first.
  public var order = Order.ascending

  /// In which order of their positions events are found.
  public enum Order: Sendable {
    /// As they were appended.
    case ascending
    /// The latest first.
    case descending
  }

  /// Makes a query for everything.
  public init() {}
}
