internal import CPCRE2

/// Searches of one pattern in one text, which share a budget of steps.
struct PatternSearch: ~Copyable {
  private let code: OpaquePointer
  private let units: [UInt16]
  private let match: OpaquePointer
  private let limits: OpaquePointer
  private let steps: UnsafeMutablePointer<Int>

  /// How many parts of a pattern may be tried, over and again, in all searches together.
  private static let mostSteps = 10_000_000
  /// How much memory one search may use, in KiB.
  private static let mostMemory: UInt32 = 64 << 10

  init(_ code: OpaquePointer, _ units: [UInt16]) throws(RegularExpressionError) {
    guard let match = pcre2_match_data_create_from_pattern_16(code, nil) else {
      throw .tooManySteps
    }
    guard let limits = pcre2_match_context_create_16(nil) else {
      pcre2_match_data_free_16(match)
      throw .tooManySteps
    }
    self.code = code
    self.units = units
    self.match = match
    self.limits = limits
    steps = .allocate(capacity: 1)
    steps.initialize(to: 0)
    pcre2_set_heap_limit_16(limits, Self.mostMemory)
    pcre2_set_callout_16(
      limits,
      { _, steps in
        guard let steps = steps?.assumingMemoryBound(to: Int.self) else { return 0 }
        steps.pointee += 1
        return steps.pointee > PatternSearch.mostSteps ? PCRE2_ERROR_CALLOUT : 0
      },
      steps
    )
  }

  deinit {
    pcre2_match_data_free_16(match)
    pcre2_match_context_free_16(limits)
    steps.deallocate()
  }

  /// The first match that begins at `place` or behind it; nil where there is none.
  ///
  /// - Throws: `RegularExpressionError.tooManySteps` where the budget is used up.
  mutating func next(from place: Int) throws(RegularExpressionError) -> Range<Int>? {
    let found = pcre2_match_16(code, units, units.count, place, 0, match, limits)
    if found == PCRE2_ERROR_NOMATCH { return nil }
    guard found > 0, let bounds = pcre2_get_ovector_pointer_16(match) else { throw .tooManySteps }
    return bounds[0]..<bounds[1]
  }
}
