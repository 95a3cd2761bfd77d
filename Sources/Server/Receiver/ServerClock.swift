/// Tells the time of day.
public struct ServerClock: Sendable {
  private let read: @Sendable () -> Int64

  /// Makes a clock of what tells milliseconds since 1970.
  public init(_ read: @escaping @Sendable () -> Int64) {
    self.read = read
  }

  /// Milliseconds since 1970.
  public var now: Int64 { read() }
}
