/// A time that an event claims, and where the event is; the earlier in the log first where times are equal.
public struct ClaimedTime: Hashable, Comparable, Sendable {
  /// The time, in milliseconds since 1970.
  public let milliseconds: Int64
  /// The event's place.
  public let position: Position

  /// Makes a time from its parts.
  public init(_ milliseconds: Int64, at position: Position) {
    self.milliseconds = milliseconds
    self.position = position
  }

  /// Whether `left` is earlier.
  public static func < (left: ClaimedTime, right: ClaimedTime) -> Bool {
    (left.milliseconds, left.position) < (right.milliseconds, right.position)
  }
}

/// In which order of their claimed times events are read.
public enum TimeOrder: Hashable, Sendable {
  /// The earliest first.
  case ascending
  /// The latest first.
  case descending

  /// Whether one time comes before another in this order.
  public func puts(_ time: ClaimedTime, before other: ClaimedTime) -> Bool {
    switch self {
    case .ascending: time < other
    case .descending: other < time
    }
  }
}
