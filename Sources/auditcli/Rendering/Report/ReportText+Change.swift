internal import Replay
internal import Values

extension ReportText {
  /// What differs and where, without both sides of it.
  ///
  /// - Parameters:
  ///   - change: The change.
  ///   - card: The name of the card that asks there; empty where it is not told.
  /// - Returns: A line.
  static func change(_ change: Change, inCard card: Text = .empty) -> ReportText {
    var text = ReportText.strong(change.kind.rawValue)
    if !change.path.isEmpty { text += .line(" ", .code(change.path)) }
    if let effect = change.effect { text += .line(" of ", .code(effect)) }
    guard !change.step.isEmpty else { return text }
    if !card.isEmpty { text += .line(" in ", .code(card)) }
    text += .line(" at ", .code(change.step))
    return text
  }
}
