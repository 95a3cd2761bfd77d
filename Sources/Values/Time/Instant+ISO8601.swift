extension Instant {
  /// The instant as `yyyy-MM-ddTHH:mm:ss.SSSZ`: JavaScript's `toISOString`.
  ///
  /// Years before 0 and after 9999 have a sign and at least six digits.
  public var iso8601: Text {
    let civil = components()
    var bytes: [UInt8] = []
    bytes.reserveCapacity(24)
    if (0...9999).contains(civil.year) {
      Self.append(civil.year, width: 4, to: &bytes)
    } else {
      bytes.append(UInt8(ascii: civil.year < 0 ? "-" : "+"))
      Self.append(abs(civil.year), width: 6, to: &bytes)
    }
    Self.append("-", civil.month, to: &bytes)
    Self.append("-", civil.day, to: &bytes)
    Self.append("T", civil.hour, to: &bytes)
    Self.append(":", civil.minute, to: &bytes)
    Self.append(":", civil.second, to: &bytes)
    Self.append(".", civil.millisecond, width: 3, to: &bytes)
    bytes.append(UInt8(ascii: "Z"))
    return Text(wtf8: bytes)
  }

  private static func append(
    _ separator: Unicode.Scalar,
    _ value: Int,
    width: Int = 2,
    to bytes: inout [UInt8]
  ) {
    bytes.append(UInt8(ascii: separator))
    append(value, width: width, to: &bytes)
  }

  private static func append(_ value: Int, width: Int, to bytes: inout [UInt8]) {
    var power = 10
    for _ in 1..<width {
      if value < power { bytes.append(UInt8(ascii: "0")) }
      power *= 10
    }
    NumberPrinter.append(UInt64(value), to: &bytes)
  }

  /// Makes the instant that an ISO 8601 text names, or nil where it names none.
  ///
  /// Taken are `yyyy`, `yyyy-MM` and `yyyy-MM-dd`, alone or followed by `T` (or `t`, or a space)
  /// and `HH:mm`, `HH:mm:ss` or `HH:mm:ss.S…`, and then `Z` (or `z`), `±HH:mm`, `±HHmm` or `±HH`.
  /// A year other than four digits long has a sign and six to nine digits. Without an offset the
  /// time is in UTC. Digits after the milliseconds are dropped; `24:00:00` ends the day.
  public init?(iso8601 text: Text) {
    var reader = ISO8601Reader(text.bytes)
    guard let instant = reader.read() else { return nil }
    self = instant
  }
}
