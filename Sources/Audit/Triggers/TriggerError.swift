public import EventStore
public import Values

/// Why a flow cannot be started with what it was given.
public enum TriggerError: Error, Hashable {
  /// Nobody knows how the event card's fields are made of an event.
  case noMapping(card: Text)
  /// The event is not of the kind that the flow's card waits for.
  case unsuitable(position: Position, wants: String)
  /// The event's fields cannot be read.
  case unreadable(position: Position)
  /// The input is not what the flow begins with.
  case wrongInput(wants: String)
  /// The flow begins with nothing.
  case noInput
}

extension TriggerError: CustomStringConvertible {
  /// What is wrong and what to give instead.
  public var description: String {
    switch self {
    case .noMapping(let card):
      "how \(card) is made of an event is not known. Give its outputs with --input."
    case .unsuitable(let position, let wants):
      "the event at position \(position) cannot start this flow: it begins with \(wants)"
    case .unreadable(let position):
      "the fields of the event at position \(position) cannot be read, so it can start no flow"
    case .wrongInput(let wants): "this flow begins with \(wants); give that with --input"
    case .noInput: "this flow takes no input; leave --input out"
    }
  }
}
