internal import Foundation

/// What is known of the terminal, if there is one.
enum Terminal {
  /// Whether standard output is a terminal that may be coloured.
  static var hasColour: Bool {
    isatty(STDOUT_FILENO) == 1 && ProcessInfo.processInfo.environment["NO_COLOR"] == nil
      && ProcessInfo.processInfo.environment["TERM"] != "dumb"
  }

  /// Whether standard error is a terminal, where progress may be shown.
  static var showsProgress: Bool { isatty(STDERR_FILENO) == 1 }

  /// How many columns a table may take: the terminal's, else those that `COLUMNS` tells, else 140.
  static var width: Int {
    var size = winsize()
    guard isatty(STDOUT_FILENO) == 1, ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0,
      size.ws_col > 0
    else {
      let told = ProcessInfo.processInfo.environment["COLUMNS"].flatMap { Int($0) } ?? 0
      return told > 0 ? told : 140
    }
    return Int(size.ws_col)
  }
}

/// How a word of the result stands out on a terminal.
enum Style: String {
  case good = "32"
  case bad = "31"
  case notable = "33"
  case faint = "2"
  case strong = "1"

  /// The text in this style on a terminal, else the text alone.
  func callAsFunction(_ text: String) -> String {
    Terminal.hasColour ? "\u{1B}[\(rawValue)m\(text)\u{1B}[0m" : text
  }
}

extension String {
  /// The text with control and direction-changing characters as visible escapes, since what others
  /// sent must not steer the reader's terminal.
  var visible: String {
    guard unicodeScalars.contains(where: \.isSteering) else { return self }
    var escaped = ""
    for scalar in unicodeScalars {
      if scalar.isSteering {
        escaped += "\\u{\(String(scalar.value, radix: 16))}"
      } else {
        escaped.unicodeScalars.append(scalar)
      }
    }
    return escaped
  }
}

extension Unicode.Scalar {
  fileprivate var isSteering: Bool {
    switch value {
    case 0..<0x20, 0x7F..<0xA0, 0x200E, 0x200F, 0x2028...0x202E, 0x2066...0x2069: true
    default: false
    }
  }
}
