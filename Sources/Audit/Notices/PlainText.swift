internal import Values

/// Texts of strangers, such as names of users, made harmless for messages to people.
enum PlainText {
  /// The text on one line and of at most so many characters, without signs that change how others are
  /// shown.
  ///
  /// Line breaks and control characters become spaces. Signs of direction, tags and the like are left out,
  /// but for the joiners that some scripts are written with.
  ///
  /// - Complexity: O(*n*) in the length of the text.
  static func line(_ text: Text, limit: Int = 120) -> String {
    var found = String.UnicodeScalarView()
    var isSpace = true
    var isCut = false
    for scalar in text.description.unicodeScalars {
      guard let kept = kept(scalar) else { continue }
      if kept == " ", isSpace { continue }
      isSpace = kept == " "
      guard found.count < limit else {
        isCut = true
        break
      }
      found.append(kept)
    }
    if found.last == " " { found.removeLast() }
    return String(found) + (isCut ? "…" : "")
  }

  /// The text as `line(_:limit:)` has it, with URLs broken that mail programs would make links of:
  /// `https[:]//example.com`, `www[.]example.com`.
  static func withoutLinks(_ text: Text) -> String {
    line(text).replacing("://", with: "[:]//").replacing(#/(www)\./#.ignoresCase()) {
      "\($0.output.1)[.]"
    }
  }

  private static func kept(_ scalar: Unicode.Scalar) -> Unicode.Scalar? {
    switch scalar.properties.generalCategory {
    case .control, .lineSeparator, .paragraphSeparator, .spaceSeparator: " "
    case .format: scalar.value == 0x200C || scalar.value == 0x200D ? scalar : nil
    case .surrogate, .privateUse, .unassigned: nil
    default: scalar
    }
  }
}
