internal import Values

/// Dates as mail and HTTP write them, in UTC: `Thu, 01 Jan 2026 00:00:00 GMT` (RFC 5322, section 3.3;
/// RFC 9110, section 5.6.7).
enum HTTPDate {
  private static let days = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
  private static let months = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
  ]

  /// The date of a mail.
  static func text(_ instant: Instant) -> String {
    let date = instant.components()
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    return "\(days[date.weekday % 7]), \(two(date.day)) \(months[date.month - 1]) \(date.year) "
      + "\(two(date.hour)):\(two(date.minute)):\(two(date.second)) +0000"
  }

  /// The instant of a field of HTTP, nil where it is no date of that form.
  static func instant(_ text: String) -> Instant? {
    let words = text.split(separator: " ").map(String.init)
    guard words.count == 6, words[5] == "GMT", let day = Int(words[1]),
      let month = months.firstIndex(of: words[2]), let year = Int(words[3])
    else { return nil }
    let time = words[4].split(separator: ":").compactMap { Int($0) }
    guard time.count == 3 else { return nil }
    return Instant(
      civil: CivilDateTime(
        year: year,
        month: month + 1,
        day: day,
        hour: time[0],
        minute: time[1],
        second: time[2],
        millisecond: 0
      )
    )
  }
}
