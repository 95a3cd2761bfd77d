import Flows
import Testing
import Values

extension Cron {
  /// Makes a schedule of six fields with spaces between, seconds first.
  init(_ fields: String, zone: String = "UTC", from start: Text = "", until end: Text = "") {
    let words = fields.split(separator: " ").map { Text(String($0)) }
    self.init(
      seconds: words[0],
      minutes: words[1],
      hours: words[2],
      dayOfTheMonth: words[3],
      month: words[4],
      dayOfTheWeek: words[5],
      timeZone: Text(zone),
      startDate: start,
      endDate: end
    )
  }
}

extension Schedule {
  /// The next starts behind a time, as ISO texts without seconds.
  func starts(after start: String, _ count: Int) throws -> [String] {
    var time = try #require(Instant(iso8601: Text(start)))
    var starts: [String] = []
    while starts.count < count, let next = next(after: time) {
      starts.append(next.iso8601.description.replacing(":00.000Z", with: "Z"))
      time = next
    }
    return starts
  }
}
