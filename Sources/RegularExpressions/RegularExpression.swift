internal import CPCRE2
public import Values

/// A regular expression with the meaning that JavaScript gives it, without the flags `m`, `s`, `u`.
///
/// It works on UTF-16 units: positions count them, and `.` matches half of a surrogate pair. Patterns
/// are matched by PCRE2, in a form that leaves it nothing to understand differently.
public final class RegularExpression {
  private let code: OpaquePointer

  /// Reads a pattern.
  ///
  /// - Parameters:
  ///   - pattern: The pattern, without slashes around it.
  ///   - ignoresCase: Whether letters match in either case (the flag `i`).
  /// - Throws: `RegularExpressionError` where JavaScript refuses the pattern, or PCRE2 lacks something.
  /// - Complexity: O(*n*) in the length of the pattern.
  public init(_ pattern: Text, ignoresCase: Bool = false) throws(RegularExpressionError) {
    var parser = PatternParser(pattern.utf16)
    let node = try parser.parse()
    try PatternLimits.check(node)
    var writer = PatternWriter(ignoresCase: ignoresCase)
    try writer.write(node)
    code = try Self.compiled(writer.text)
  }

  deinit { pcre2_code_free_16(code) }

  private static func compiled(_ pattern: String) throws(RegularExpressionError) -> OpaquePointer {
    var error: Int32 = 0
    var place = 0
    // PCRE2's shortcuts for where to begin are wrong for patterns with a part that is repeated no times.
    let options =
      UInt32(PCRE2_MATCH_UNSET_BACKREF) | UInt32(PCRE2_UCP) | UInt32(PCRE2_AUTO_CALLOUT)
      | UInt32(PCRE2_NO_START_OPTIMIZE)
    let units = Array(pattern.utf16)
    guard let code = pcre2_compile_16(units, units.count, options, &error, &place, nil) else {
      throw error == lookbehindOfVaryingLength
        ? .unsupported("a lookbehind for texts of different lengths")
        : .unsupported("what PCRE2 calls an error \(error)")
    }
    return code
  }

  /// PCRE2's number of that error.
  private static let lookbehindOfVaryingLength: Int32 = 125
}

// The compiled pattern is only read.
extension RegularExpression: @unchecked Sendable {}

extension RegularExpression {
  /// Where the pattern first matches, in UTF-16 units; nil where it does not.
  ///
  /// - Throws: `RegularExpressionError.tooManySteps` after as many steps as one search may take.
  public func firstMatch(in text: Text) throws(RegularExpressionError) -> Range<Int>? {
    var search = try PatternSearch(code, text.utf16)
    return try search.next(from: 0)
  }

  /// The text with matches replaced by another text as it is.
  ///
  /// - Parameters:
  ///   - text: The text to look in.
  ///   - replacement: What takes the place of a match; `$1` has no meaning.
  ///   - all: Whether every match is replaced, or the first alone.
  /// - Returns: The text; itself where nothing matches.
  /// - Throws: `RegularExpressionError.tooManySteps` where all searches together take too many.
  public func replacingMatches(
    in text: Text,
    with replacement: Text,
    all: Bool
  ) throws(RegularExpressionError) -> Text {
    let units = text.utf16
    let inserted = replacement.utf16
    var search = try PatternSearch(code, units)
    var result: [UInt16] = []
    var copied = 0
    var place = 0
    while place <= units.count, let match = try search.next(from: place) {
      result += units[copied..<match.lowerBound] + inserted
      copied = match.upperBound
      place = match.isEmpty ? match.upperBound + 1 : match.upperBound
      if !all { break }
    }
    return Text(utf16: result + units[copied...])
  }
}
