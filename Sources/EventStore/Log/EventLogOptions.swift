/// What an event log takes from outside, since it has no clock and no randomness of its own.
public struct EventLogOptions: Sendable {
  /// The largest size the data file may reach, in bytes; the file itself grows as needed.
  public var mapSize: Int
  /// Reads the wall clock: milliseconds since 1970.
  public var clock: @Sendable () -> Int64
  /// Draws that many unpredictable bytes.
  public var entropy: @Sendable (Int) -> [UInt8]
  /// The projections the program keeps, in the order they are applied.
  public var projections: [any Projection]
  /// Who is told of waits for the writer.
  public var waiting: (any WriterWaiting)?
  /// How many positions a segment of a new store spans: a power of two; tests take fewer.
  package var segmentSpan: UInt64 = 4096
  /// How many ids gather before they are put in their places; tests take fewer.
  package var recentIdentityLimit = RecentIdentities.usualLimit
  /// How much is kept in memory from one transaction to the next; tests take less.
  package var cacheLimits = CacheLimits()

  /// Makes options; the map size is 1 TiB, of which only what is used takes space.
  public init(
    mapSize: Int = 1 << 40,
    clock: @escaping @Sendable () -> Int64,
    entropy: @escaping @Sendable (Int) -> [UInt8],
    projections: [any Projection] = [],
    waiting: (any WriterWaiting)? = nil
  ) {
    self.mapSize = mapSize
    self.clock = clock
    self.entropy = entropy
    self.projections = projections
    self.waiting = waiting
  }
}
