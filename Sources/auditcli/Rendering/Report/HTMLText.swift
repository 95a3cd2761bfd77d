internal import Replay

/// Texts as HTML shows them.
enum HTMLText {
  /// Whether parts of a line may have classes, for which the page has a style.
  enum Style {
    case page, plain
  }

  /// A text with all that HTML reads otherwise escaped, in content and in attributes.
  static func escaped(_ text: String) -> String {
    text.visible.unicodeScalars.reduce(into: "") { escaped, scalar in
      switch scalar {
      case "&": escaped += "&amp;"
      case "<": escaped += "&lt;"
      case ">": escaped += "&gt;"
      case "\"": escaped += "&quot;"
      case "'": escaped += "&#39;"
      default: escaped.unicodeScalars.append(scalar)
      }
    }
  }

  /// A line of a report.
  static func line(_ text: ReportText, style: Style = .page) -> String {
    text.parts.map { part in
      switch part {
      case .words(let words): escaped(words)
      case .strong(let words): "<strong>\(escaped(words))</strong>"
      case .code(let code): "<code>\(escaped(code))</code>"
      case .verdict(let verdict): marked(verdict.rawValue, style, "verdict \(verdict.rawValue)")
      case .proof(let proof): marked(proof.rawValue, style, "proof \(proof.rawValue)")
      }
    }.joined()
  }

  private static func marked(_ word: String, _ style: Style, _ names: String) -> String {
    switch style {
    case .page: "<span class=\"\(names)\">\(word)</span>"
    case .plain: "<b>\(word)</b>"
    }
  }
}
