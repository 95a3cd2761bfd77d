internal import Values

extension NoticeText {
  /// The notice as it goes the recipient's way.
  ///
  /// `requested` is when it was sent first, in milliseconds since 1970.
  func message(id: String, requested: Int64) -> NoticeMessage {
    switch recipient.way {
    case .slack, .slackHook: .slack(slack)
    case .mail: .mail(subject: subject, body: mail)
    case .webhook: .webhook(JSON.serialize(.object(webhook(id: id, requested: requested))))
    }
  }

  /// The text for Slack: what strangers wrote stands in code, where nothing is marked up and nobody is
  /// called.
  ///
  /// Source: Slack, "Formatting text for app surfaces": `&`, `<` and `>` are escaped.
  private var slack: String {
    let lines = lines { text in
      let plain = PlainText.line(text).replacing("`", with: "'").replacing("&", with: "&amp;")
        .replacing("<", with: "&lt;").replacing(">", with: "&gt;")
      return "`" + (plain.isEmpty ? "-" : plain) + "`"
    }
    return lines.joined(separator: "\n")
  }

  private var mail: String {
    lines { PlainText.withoutLinks($0) }.joined(separator: "\n") + "\n"
  }

  /// The body of a webhook: type, time and data, as Standard Webhooks 1.0 recommends.
  private func webhook(id: String, requested: Int64) -> Object {
    var data: Object = [
      "notice": .text(Text(id)), "recipient": .text(Text(recipient.name)),
    ]
    if kind == .summary {
      data["count"] = .whole(items.count)
      data["alerts"] = .list(
        items.prefix(Self.listed).map { item in
          [
            "alert": .text(item.alert.id), "reason": .text(Text(item.topic.reason.rawValue)),
            "user": .text(item.alert.user),
            "severity": .text(Text(item.alert.severity.rawValue)),
            "status": .text(item.alert.status),
            "first": .time(item.alert.first),
          ]
        }
      )
    } else if let item = items.first {
      data["reason"] = .text(Text(item.topic.reason.rawValue))
      data["after"] = .number(Double(recipient.terms.after) / 1000)
      data["alert"] = item.alert.json
      data["userName"] = .optional(item.alert.userName)
      data["acknowledge"] = .text(Text(Self.acknowledgement(item.alert.id)))
    }
    return [
      "type": .text(Text(type)),
      "timestamp": .time(requested), "data": .object(data),
    ]
  }

  private var type: String {
    switch kind {
    case .test: "test"
    case .summary: "alert.summary"
    case .single: "alert." + (items.first?.topic.reason.rawValue ?? "withdrawn")
    }
  }

  /// The body of a summary lists so many alerts.
  private static let listed = 100
}
