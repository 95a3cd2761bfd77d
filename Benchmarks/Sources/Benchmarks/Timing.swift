/// How long the same work took, round by round.
struct Timing {
  /// How many things are done in a round.
  let items: Double
  /// The seconds of each round.
  var seconds: [Double] = []

  init(_ items: Int) {
    self.items = Double(items)
  }

  /// Things a second in the middle round.
  var rate: Double { items / middle(seconds) }

  /// How many times as fast this is as `other`, in the middle of the rounds.
  func ratio(to other: Timing) -> Double {
    middle(zip(seconds, other.seconds).map { (items / $0) / (other.items / $1) })
  }
}

/// The middle of some figures.
func middle(_ figures: [Double]) -> Double {
  figures.isEmpty ? .nan : figures.sorted()[figures.count / 2]
}

/// Measures with a clock that never goes back.
enum Measure {
  /// How long `body` takes, in seconds.
  static func time(_ body: () throws -> Void) rethrows -> Double {
    let parts = try ContinuousClock().measure(body).components
    return Double(parts.seconds) + Double(parts.attoseconds) / 1e18
  }

  /// Does each kind of work once in every round, so that what disturbs one disturbs the others.
  ///
  /// - Parameters:
  ///   - rounds: How often.
  ///   - works: How many things each does, and what measures itself and returns its seconds.
  /// - Returns: The timing of each.
  /// - Throws: What a work throws.
  static func inTurn(
    _ rounds: Int,
    _ works: (items: Int, seconds: () throws -> Double)...
  ) throws -> [Timing] {
    try inTurn(rounds, works)
  }

  /// Measures the works of a list in turn.
  ///
  /// - Throws: What a work throws.
  static func inTurn(
    _ rounds: Int,
    _ works: [(items: Int, seconds: () throws -> Double)]
  ) throws -> [Timing] {
    var timings = works.map { Timing($0.items) }
    for _ in 0..<rounds {
      for (place, work) in works.enumerated() {
        timings[place].seconds.append(try work.seconds())
      }
    }
    return timings
  }
}
