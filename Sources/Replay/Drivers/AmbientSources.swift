public import Flows
public import Values

/// What a run takes from its surroundings, as closures: the library itself has no clock, no
/// randomness and no files.
public struct AmbientSources: Sendable {
  /// Reads the wall clock.
  public let now: @Sendable () -> Instant
  /// Draws that many numbers from 0 up to but not including 1.
  public let random: @Sendable (_ count: Int) -> [Double]
  /// Makes an id that nothing else has.
  public let newID: @Sendable () -> Text
  /// Knows the offsets of zones.
  public let zones: ZoneDatabase

  /// Makes sources.
  public init(
    now: @escaping @Sendable () -> Instant,
    random: @escaping @Sendable (_ count: Int) -> [Double],
    newID: @escaping @Sendable () -> Text,
    zones: ZoneDatabase
  ) {
    self.now = now
    self.random = random
    self.newID = newID
    self.zones = zones
  }

  /// The answer to a request.
  ///
  /// - Parameters:
  ///   - request: What is asked.
  ///   - waited: How long the run has waited so far; a wait takes no time, it only moves the run's
  ///     own clock.
  /// - Returns: The reading, numbers, id or zone.
  func answer(_ request: AmbientRequest, waited: inout Double) -> Value {
    switch request {
    case .now:
      let (moved, overflows) = now().milliseconds.addingReportingOverflow(Int64(waited))
      return .date(Instant(milliseconds: overflows ? .max : moved))
    case .random(let count): return .list(random(max(0, count)).map { .number($0) })
    case .newID: return .text(newID())
    case .zone(let name, let instant): return zones.answer(zone: name, at: instant).value
    case .signature(let request): return request.sign()
    // A run that is recorded has its secrets, or what stands in their place.
    case .covered: return .null
    case .wait(let milliseconds):
      let longest: Double = 1e15
      waited = min(longest, waited + max(0, milliseconds.isNaN ? 0 : milliseconds))
      return .null
    }
  }
}
