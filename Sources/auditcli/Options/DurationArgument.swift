internal import ArgumentParser

/// A length of time on the command line: a number with `ms`, `s`, `m`, `h` or `d` behind it, or 0.
struct DurationArgument {
  let milliseconds: Int64

  private static let units: [(name: String, milliseconds: Int64)] = [
    ("ms", 1), ("s", 1_000), ("m", 60_000), ("h", 3_600_000), ("d", 86_400_000),
  ]

  /// Reads a length of time.
  ///
  /// - Throws: `ValidationError` with the accepted forms.
  init(parsing argument: String) throws {
    let digits = argument.prefix { $0.isASCII && $0.isNumber }
    let unit = argument.dropFirst(digits.count)
    let factor = Self.units.first { $0.name == unit }?.milliseconds
    guard digits.count <= 9, let number = Int64(digits),
      let factor = factor ?? (number == 0 && unit.isEmpty ? 1 : nil)
    else { throw ValidationError("a length of time is written 30s, 10m, 2h or 7d") }
    milliseconds = number * factor
  }
}
