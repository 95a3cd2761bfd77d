public import EventStore

/// Why an event could not be found.
public enum EventLookupError: Error, Hashable {
  /// No event has that id.
  case unknown(String)
  /// The log ends before that position.
  case pastEnd(Position)
  /// Several senders used that id; any position names one.
  case ambiguous(String, candidates: [Position])
}

extension EventLookupError: CustomStringConvertible {
  /// What is wrong and what to do about it.
  public var description: String {
    switch self {
    case .unknown(let id): "no event has the id \(id)"
    case .pastEnd(let position): "the log ends before position \(position)"
    case .ambiguous(let id, let candidates):
      "several events have the id \(id); name one by its position: "
        + candidates.map(\.description).joined(separator: ", ")
    }
  }
}
