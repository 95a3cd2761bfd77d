internal import Replay
internal import Values

/// A line of a report: our own words, and what others wrote, apart from each other.
struct ReportText: Hashable, Sendable, ExpressibleByStringLiteral, ExpressibleByStringInterpolation
{
  /// A part of a line.
  enum Part: Hashable, Sendable {
    case words(String)
    case strong(String)
    /// What somebody else wrote: names, ids, paths.
    case code(String)
    case verdict(Verdict)
    case proof(Proof)
  }

  private(set) var parts: [Part]
  /// How long a name may be.
  private static let room = 160

  private init(_ part: Part) {
    parts = [part]
  }

  /// Words of our own.
  init(_ words: String) {
    parts = words.isEmpty ? [] : [.words(words)]
  }

  /// Words of our own.
  init(stringLiteral words: String) {
    self.init(words)
  }
}

extension ReportText {
  /// A name, an id or a path; of a long one the beginning.
  static func code(_ text: Text) -> ReportText { code(text.description) }

  /// A name, an id or a path; of a long one the beginning.
  static func code(_ text: String, room: Int = room) -> ReportText {
    ReportText(.code(TextPiece.cut(text.visible, to: room).map(\.plain).joined()))
  }

  /// Words that stand out.
  static func strong(_ words: String) -> ReportText { ReportText(.strong(words)) }

  static func verdict(_ verdict: Verdict) -> ReportText { ReportText(.verdict(verdict)) }

  static func proof(_ proof: Proof) -> ReportText { ReportText(.proof(proof)) }

  /// Several parts, one behind the other.
  static func line(_ parts: ReportText...) -> ReportText {
    var text = ReportText("")
    for part in parts { text.parts += part.parts }
    return text
  }

  /// Puts another behind the line.
  static func += (text: inout ReportText, other: ReportText) { text.parts += other.parts }

  /// The text alone.
  var plain: String {
    parts.map { part in
      switch part {
      case .words(let text), .strong(let text), .code(let text): text
      case .verdict(let verdict): verdict.rawValue
      case .proof(let proof): proof.rawValue
      }
    }.joined()
  }
}
