/// A notice as it goes out.
public enum NoticeMessage: Hashable, Sendable {
  /// The text of a Slack message.
  case slack(String)
  /// A mail in plain text.
  case mail(subject: String, body: String)
  /// The body of a webhook, as JSON.
  case webhook([UInt8])

  /// What goes out, for a digest of it.
  var bytes: [UInt8] {
    switch self {
    case .slack(let text): Array(text.utf8)
    case .mail(let subject, let body): Array((subject + "\n\n" + body).utf8)
    case .webhook(let body): body
    }
  }
}
