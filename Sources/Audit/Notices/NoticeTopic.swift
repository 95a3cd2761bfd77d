public import Values

/// What a notice tells of: an alert, why, and which of its openings is meant.
public struct NoticeTopic: Hashable, Sendable {
  /// The alert's id.
  public let alert: Text
  /// Why it is told of.
  public let reason: NoticeReason
  /// The number of its opening, from 0.
  public let opening: Int
}

extension NoticeTopic {
  init?(_ value: Value) {
    guard case .list(let parts) = value, parts.count == 3, case .text(let alert) = parts[0],
      case .text(let name) = parts[1], let reason = NoticeReason(rawValue: name.description),
      case .number(let number) = parts[2], let opening = Int(exactly: number)
    else { return nil }
    self.init(alert: alert, reason: reason, opening: opening)
  }

  var value: Value { .list([.text(alert), .text(Text(reason.rawValue)), .whole(opening)]) }
}
