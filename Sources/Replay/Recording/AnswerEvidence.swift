public import EventStore

/// What a recording keeps beside an answer to tell where it is from.
public enum AnswerEvidence: Hashable, Sendable {
  /// Nothing: it came from a service, or from the surroundings.
  case none
  /// The events of the log that it was made of, in the order of its records.
  case events([Position])
  /// The recording that told of it first, by the position where that begins; a repair took it over.
  case recording(Position)

  /// Evidence of the events at the positions; none where there are none.
  public init(events positions: [Position]) {
    self = positions.isEmpty ? .none : .events(positions)
  }

  /// The events of the log that the answer was made of.
  public var events: [Position] {
    if case .events(let positions) = self { positions } else { [] }
  }
}
