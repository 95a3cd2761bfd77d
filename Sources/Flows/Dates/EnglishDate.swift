/// The English words of dates.
enum EnglishDate {
  static let months = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
  ]
  static let weekdays = [
    "Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday",
  ]

  /// The number with its ordinal ending, such as `7th`.
  static func ordinal(_ number: Int) -> String {
    let ending =
      switch (number % 100 / 10, number % 10) {
      case (1, _): "th"
      case (_, 1): "st"
      case (_, 2): "nd"
      case (_, 3): "rd"
      default: "th"
      }
    return "\(number)\(ending)"
  }

  /// The month, from 1, whose name a word begins with: `Sep`, `Sept` and `September` are 9.
  static func month(in word: [UInt8]) -> Int? {
    position(of: word, in: months, significant: 3).map { $0 + 1 }
  }

  /// The weekday, Sunday being 0, whose name a word begins with.
  static func weekday(in word: [UInt8]) -> Int? {
    position(of: word, in: weekdays, significant: 2)
  }

  private static func position(of word: [UInt8], in names: [String], significant: Int) -> Int? {
    let lowered = word.prefix(significant).map { $0 | 0x20 }
    guard lowered.count == significant else { return nil }
    return names.firstIndex { $0.utf8.prefix(significant).map { $0 | 0x20 } == lowered }
  }
}
