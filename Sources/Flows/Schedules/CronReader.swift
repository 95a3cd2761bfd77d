internal import Values

/// Reads a field of a schedule: `*`, `7`, `3-12`, `*/15`, `3-12/3`, `5/10`, and several of them with
/// commas between.
///
/// `?` is `*`, as Quartz has it. `5/10` begins at 5 and goes on to the end. Months and weekdays have
/// their English names too, of three letters. Sunday is 0 and 7;
/// `7/2` is `0/2`.
struct CronReader {
  let name: String
  let range: ClosedRange<Int>
  /// Names of values, the first being that of the lowest.
  var names: [String] = []
  /// A value that is another way to write the lowest.
  var alias: Int?

  static let seconds = CronReader(name: "seconds", range: 0...59)
  static let minutes = CronReader(name: "minutes", range: 0...59)
  static let hours = CronReader(name: "hours", range: 0...23)
  static let days = CronReader(name: "days of the month", range: 1...31)
  static let months = CronReader(
    name: "months",
    range: 1...12,
    names: ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
  )
  static let weekdays = CronReader(
    name: "days of the week",
    range: 0...6,
    names: ["sun", "mon", "tue", "wed", "thu", "fri", "sat"],
    alias: 7
  )

  func read(_ text: Text) throws(ScheduleError) -> CronSet {
    var set = CronSet(of: range)
    let parts = text.trimmed().lowercased().split(separator: ",").map(\.description)
    for part in parts { try add(part, to: &set, text) }
    return set
  }

  private func add(
    _ part: String,
    to set: inout CronSet,
    _ text: Text
  ) throws(ScheduleError) {
    let pieces = part.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    guard pieces.count <= 2, let span = pieces.first else {
      throw error(text, "\"\(part)\" has two steps")
    }
    var step = 1
    if pieces.count == 2 {
      guard let given = Self.number(pieces[1]), given > 0 else {
        throw error(text, "\"\(pieces[1])\" is no step")
      }
      step = given
    }
    let (first, last) = try bounds(span, isOpen: pieces.count == 2, text)
    for value in stride(from: first, through: last, by: step) {
      set.insert(value == alias ? range.lowerBound : value)
    }
  }

  private func bounds(
    _ span: String,
    isOpen: Bool,
    _ text: Text
  ) throws(ScheduleError) -> (Int, Int) {
    if span == "*" || span == "?" { return (range.lowerBound, range.upperBound) }
    let ends = span.split(separator: "-", omittingEmptySubsequences: false).map(String.init)
    guard ends.count <= 2, let start = ends.first else {
      throw error(text, "\"\(span)\" is no range")
    }
    let first = try value(start, text)
    guard ends.count == 2 else {
      guard isOpen else { return (first, first) }
      return (first == alias ? range.lowerBound : first, range.upperBound)
    }
    let last = try value(ends[1], text)
    guard first <= last else { throw error(text, "\"\(span)\" ends before it begins") }
    return (first, last)
  }

  private func value(_ word: String, _ text: Text) throws(ScheduleError) -> Int {
    if let place = names.firstIndex(of: word) { return range.lowerBound + place }
    guard let number = Self.number(word), range.contains(number) || number == alias else {
      let limits = "\(range.lowerBound) to \(alias ?? range.upperBound)"
      throw error(text, "\"\(word)\" is none of \(limits), \"*\", ranges and steps of them")
    }
    return number
  }

  private func error(_ text: Text, _ reason: String) -> ScheduleError {
    .field(name: name, text: text, reason: reason)
  }

  /// A number of one to three digits.
  private static func number(_ word: String) -> Int? {
    guard (1...3).contains(word.utf8.count), word.utf8.allSatisfy({ $0.digit != nil }) else {
      return nil
    }
    return Int(word)
  }
}
