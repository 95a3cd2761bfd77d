/// How far an answer of another execution can be trusted.
public struct AnswerStanding: Hashable, Sendable {
  /// How many answers to one request are looked at.
  static let limit = 10

  /// How long before the execution began it was given, in milliseconds.
  public let age: Int64
  /// How many of the last answers to the same request are equal to it, itself among them.
  public let agreeing: Int
  /// How many were looked at: the last ten at most.
  public let compared: Int

  /// Makes a standing.
  public init(age: Int64, agreeing: Int, compared: Int) {
    self.age = age
    self.agreeing = agreeing
    self.compared = compared
  }
}

extension AnswerStanding {
  /// The standing in words: `3 h before, as 4 of the last 5`.
  public var sentence: String {
    "\(Self.words(of: age)) before, as \(agreeing) of the last \(compared)"
  }

  /// A length of time in its largest unit that fits: `3 h`.
  static func words(of milliseconds: Int64) -> String {
    let seconds = max(0, milliseconds) / 1000
    let units: [(length: Int64, name: String)] = [(86_400, "d"), (3600, "h"), (60, "min")]
    for unit in units where seconds >= unit.length {
      return "\(seconds / unit.length) \(unit.name)"
    }
    return "\(seconds) s"
  }
}
