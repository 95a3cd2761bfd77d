public import Values

/// Something that a card asks of its surroundings, so that the engine itself has no clock, no
/// randomness and no zone database.
///
/// The answer is a value, which a recording keeps as it is:
///
/// | request | answer |
/// |---|---|
/// | `now` | a date |
/// | `random(count)` | a list of that many numbers from 0 up to but not including 1 |
/// | `newID` | a text |
/// | `zone` | the object that ``ZoneAnswer`` reads |
/// | `wait` | null |
/// | `signature` | a text |
/// | `covered` | null; only a recording has the answer |
public enum AmbientRequest: Hashable, Sendable {
  /// The present instant.
  case now
  /// Random numbers.
  case random(count: Int)
  /// An identifier that nothing else has.
  case newID
  /// What a zone's clocks show at an instant.
  case zone(name: Text, at: Instant)
  /// The passing of time.
  case wait(milliseconds: Double)
  /// A signature that is drawn by lot.
  case signature(SignatureRequest)
  /// What a card gives that was given a secret, asked in a run that has no secrets and no recording of it.
  case covered(inputs: Object)
}

extension AmbientRequest {
  /// The method under which recordings file the request.
  public var method: Text {
    switch self {
    case .now: "now"
    case .random: "random"
    case .newID: "newID"
    case .zone: "zone"
    case .wait: "wait"
    case .signature: "signature"
    case .covered: "covered"
    }
  }

  /// What the request gives to its surroundings.
  public var inputs: Object {
    switch self {
    case .now, .newID: [:]
    case .random(let count): ["count": .number(Double(count))]
    case .zone(let name, let instant): ["name": .text(name), "at": .date(instant)]
    case .wait(let milliseconds): ["milliseconds": .number(milliseconds)]
    case .signature(let request): request.inputs
    case .covered(let inputs): inputs
    }
  }
}
