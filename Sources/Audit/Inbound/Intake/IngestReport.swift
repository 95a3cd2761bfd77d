public import EventStore

/// What an ingest did.
public struct IngestReport: Hashable, Sendable {
  /// A part of a file that was not JSON and was left out.
  public struct Rejection: Hashable, Sendable {
    /// The file's name, as given.
    public let file: String
    /// The line the part begins in, from 1.
    public let line: Int
    /// Why, without anything of its contents.
    public let reason: String
  }

  /// How many events were appended, those that conflict left out.
  public internal(set) var appended = 0
  /// How many were there already, byte for byte.
  public internal(set) var duplicates = 0
  /// How many were appended though their id was there with other bytes.
  public internal(set) var conflicting = 0
  /// How many parts were left out.
  public internal(set) var rejected = 0
  /// How many events a hook's filter kept out.
  public internal(set) var filtered = 0
  /// The first and last position appended; nil where none was.
  public internal(set) var positions: ClosedRange<Position>?

  /// Makes a report of nothing.
  public init() {}

  mutating func count(_ outcome: AppendOutcome) {
    switch outcome {
    case .appended(let position):
      appended += 1
      positions = (positions?.lowerBound ?? position)...position
    case .duplicate:
      duplicates += 1
    case .conflicting(let position, _):
      conflicting += 1
      positions = (positions?.lowerBound ?? position)...position
    }
  }
}
