/// A token of a date format, by its spelling.
enum DateToken: String, CaseIterable, Sendable {
  case month = "M"
  case monthOrdinal = "Mo"
  case monthPadded = "MM"
  case monthShort = "MMM"
  case monthName = "MMMM"
  case quarter = "Q"
  case quarterOrdinal = "Qo"
  case day = "D"
  case dayOrdinal = "Do"
  case dayPadded = "DD"
  case dayOfYear = "DDD"
  case dayOfYearOrdinal = "DDDo"
  case dayOfYearPadded = "DDDD"
  case weekday = "d"
  case weekdayOrdinal = "do"
  case weekdayMinimal = "dd"
  case weekdayShort = "ddd"
  case weekdayName = "dddd"
  case localWeekday = "e"
  case isoWeekday = "E"
  case week = "w"
  case weekOrdinal = "wo"
  case weekPadded = "ww"
  case isoWeek = "W"
  case isoWeekOrdinal = "Wo"
  case isoWeekPadded = "WW"
  case weekYear2 = "gg"
  case weekYear4 = "gggg"
  case weekYear5 = "ggggg"
  case isoWeekYear2 = "GG"
  case isoWeekYear4 = "GGGG"
  case isoWeekYear5 = "GGGGG"
  case year = "Y"
  case year2 = "YY"
  case year4 = "YYYY"
  case year5 = "YYYYY"
  case year6 = "YYYYYY"
  case eraYear = "y"
  case eraYearOrdinal = "yo"
  case eraYear2 = "yy"
  case eraYear3 = "yyy"
  case eraYear4 = "yyyy"
  case era = "N"
  case era2 = "NN"
  case era3 = "NNN"
  case eraName = "NNNN"
  case eraNarrow = "NNNNN"
  case hour24 = "H"
  case hour24Padded = "HH"
  case hour12 = "h"
  case hour12Padded = "hh"
  case hourTo24 = "k"
  case hourTo24Padded = "kk"
  case time12 = "hmm"
  case time12Seconds = "hmmss"
  case time24 = "Hmm"
  case time24Seconds = "Hmmss"
  case minute = "m"
  case minutePadded = "mm"
  case second = "s"
  case secondPadded = "ss"
  case fraction1 = "S"
  case fraction2 = "SS"
  case fraction3 = "SSS"
  case fraction4 = "SSSS"
  case fraction5 = "SSSSS"
  case fraction6 = "SSSSSS"
  case fraction7 = "SSSSSSS"
  case fraction8 = "SSSSSSSS"
  case fraction9 = "SSSSSSSSS"
  case meridiemLower = "a"
  case meridiemUpper = "A"
  case unixSeconds = "X"
  case unixMilliseconds = "x"
  case zoneName = "z"
  case zoneNameLong = "zz"
  case offset = "Z"
  case offsetPlain = "ZZ"
  case localDate = "L"
  case localDateLong = "LL"
  case localDateTime = "LLL"
  case localDateTimeLong = "LLLL"
  case localDateUnpadded = "l"
  case localDateShort = "ll"
  case localDateTimeShort = "lll"
  case localDateTimeWeekdayShort = "llll"
  case localTime = "LT"
  case localTimeSeconds = "LTS"
}

extension DateToken {
  /// The longest token at the start of `bytes`, with its length.
  static func first(in bytes: ArraySlice<UInt8>) -> (token: DateToken, length: Int)? {
    guard let first = bytes.first, let candidates = byFirstByte[first] else { return nil }
    for candidate in candidates where bytes.starts(with: candidate.spelling) {
      return (candidate.token, candidate.spelling.count)
    }
    return nil
  }

  /// The format that a locale's shorthand stands for; nil for every other token.
  var expansion: String? {
    switch self {
    case .localDate: "MM/DD/YYYY"
    case .localDateLong: "MMMM D, YYYY"
    case .localDateTime: "MMMM D, YYYY h:mm A"
    case .localDateTimeLong: "dddd, MMMM D, YYYY h:mm A"
    case .localDateUnpadded: "M/D/YYYY"
    case .localDateShort: "MMM D, YYYY"
    case .localDateTimeShort: "MMM D, YYYY h:mm A"
    case .localDateTimeWeekdayShort: "ddd, MMM D, YYYY h:mm A"
    case .localTime: "h:mm A"
    case .localTimeSeconds: "h:mm:ss A"
    default: nil
    }
  }

  /// How many digits of the second's fraction the token stands for; 0 for every other token.
  var fractionDigits: Int {
    rawValue.utf8.first == UInt8(ascii: "S") ? rawValue.utf8.count : 0
  }

  private static let byFirstByte: [UInt8: [(token: DateToken, spelling: [UInt8])]] = {
    var table: [UInt8: [(token: DateToken, spelling: [UInt8])]] = [:]
    for token in allCases {
      let spelling = Array(token.rawValue.utf8)
      table[spelling[0], default: []].append((token, spelling))
    }
    return table.mapValues { $0.sorted { $0.spelling.count > $1.spelling.count } }
  }()
}
