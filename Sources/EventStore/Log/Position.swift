/// An event's gapless place in the log, from 0; also its leaf's index in the Merkle tree.
public struct Position: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// How many events come before.
  public let rawValue: UInt64

  /// Makes the position after `rawValue` events.
  public init(_ rawValue: UInt64) {
    self.rawValue = rawValue
  }

  /// The number, in decimal.
  public var description: String { String(rawValue) }

  /// Whether `left` was appended earlier.
  public static func < (left: Position, right: Position) -> Bool {
    left.rawValue < right.rawValue
  }
}

extension Position: Strideable {
  /// How many positions away `other` is.
  public func distance(to other: Position) -> Int {
    Int(Int64(bitPattern: other.rawValue &- rawValue))
  }

  /// The position `count` places away.
  public func advanced(by count: Int) -> Position {
    Position(rawValue &+ UInt64(bitPattern: Int64(count)))
  }
}
