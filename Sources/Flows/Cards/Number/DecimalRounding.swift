internal import Values

/// Rounding of a number to decimal places, half away from zero, on the digits it is printed with.
///
/// Working on the shortest decimal makes 1.005 round to 1.01, as people expect, although the double
/// lies below it.
enum DecimalRounding {
  /// The nearest number of `places` decimal places.
  static func rounded(_ number: Double, places: Int) -> Double {
    guard number.isFinite else { return number }
    return Double(javaScript: text(of: number, places: places)) ?? number
  }

  /// The number with exactly `places` decimal places.
  static func text(of number: Double, places: Int) -> Text {
    guard number.isFinite, let decimal = Decimal(number) else { return Text(number) }
    let digits = decimal.rounded(places: places)
    let padded = Array(repeating: 0, count: max(0, places + 1 - digits.count)) + digits
    let isNegative = number < 0 && padded.contains { $0 != 0 }
    var text = isNegative ? [UInt8(ascii: "-")] : []
    for (position, digit) in padded.enumerated() {
      if places > 0, position == padded.count - places { text.append(UInt8(ascii: ".")) }
      text.append(UInt8(ascii: "0") + UInt8(digit))
    }
    return Text(wtf8: text)
  }

  /// The digits of a number, and how many of them stand behind the point.
  private struct Decimal {
    var digits: [Int] = []
    var places = 0

    /// Reads the shortest text of a number: digits, a point, an exponent.
    init?(_ number: Double) {
      var scanner = ByteScanner(Text(abs(number)).bytes)
      var isBehindPoint = false
      while let next = scanner.next, next != UInt8(ascii: "e") {
        scanner.position += 1
        guard let digit = next.digit else {
          isBehindPoint = true
          continue
        }
        digits.append(digit)
        if isBehindPoint { places += 1 }
      }
      guard scanner.skip(UInt8(ascii: "e")) else { return }
      let sign = scanner.skip(anyOf: "+-")
      guard let exponent = scanner.digits(1...3) else { return nil }
      places -= sign == UInt8(ascii: "-") ? -exponent : exponent
    }

    /// The digits of the number with `places` decimal places, rounded.
    func rounded(places wanted: Int) -> [Int] {
      if places <= wanted {
        return digits + Array(repeating: 0, count: wanted - places)
      }
      let dropped = places - wanted
      guard dropped <= digits.count else { return [0] }
      var kept = Array(digits.dropLast(dropped))
      guard digits[digits.count - dropped] >= 5 else { return kept.isEmpty ? [0] : kept }
      var position = kept.count - 1
      while position >= 0, kept[position] == 9 {
        kept[position] = 0
        position -= 1
      }
      if position >= 0 { kept[position] += 1 } else { kept.insert(1, at: 0) }
      return kept
    }
  }
}
