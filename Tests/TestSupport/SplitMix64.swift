internal import Foundation

/// A small seeded generator, so that a failing generated case can be made again.
///
/// The same seed gives the same numbers on every machine.
public struct SplitMix64: RandomNumberGenerator, Sendable {
  /// The seed the generator was made with.
  public let seed: UInt64
  private var state: UInt64

  /// Makes the generator of `seed`.
  public init(seed: UInt64) {
    self.seed = seed
    state = seed
  }

  /// Makes the generator of a property test: `AUDIT_SEED` of the environment, else a new seed.
  ///
  /// Prints the seed with `name`, so that a failure tells how to repeat it.
  public init(forTest name: String) {
    let given = ProcessInfo.processInfo.environment["AUDIT_SEED"].flatMap { UInt64($0) }
    self.init(seed: given ?? UInt64.random(in: 0...UInt64(UInt32.max)))
    print("\(name): repeat with AUDIT_SEED=\(seed)")
  }

  /// The next 64 bits.
  public mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}

extension SplitMix64 {
  /// A whole number below `bound`, or 0 where `bound` is not positive.
  public mutating func below(_ bound: Int) -> Int {
    bound > 0 ? Int(next() % UInt64(bound)) : 0
  }

  /// True once in `times` draws on average.
  public mutating func once(in times: Int) -> Bool { below(times) == 0 }

  /// One of `choices`, which must not be empty.
  public mutating func pick<Choices: RandomAccessCollection>(
    _ choices: Choices
  ) -> Choices.Element {
    choices[choices.index(choices.startIndex, offsetBy: below(choices.count))]
  }
}
