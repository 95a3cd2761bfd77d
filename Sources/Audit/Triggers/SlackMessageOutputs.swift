internal import Values

/// What Slack's *New Message in Channel* gives out of a request of the Events API.
struct SlackMessageOutputs {
  private let request: Object
  private let event: Object

  /// Nil where the request brings no event.
  init?(_ request: Object) {
    guard case .object(let event)? = request["event"] else { return nil }
    self.request = request
    self.event = event
  }

  /// The channel it was written in.
  var channel: Value { event["channel"] ?? .null }

  /// Why it is no new message of a person; nil where it is one.
  var refusal: String? {
    guard event["type"] == "message" else { return "it is not about a message" }
    let kinds: [Value] = ["thread_broadcast", "file_share", "me_message"]
    if let subtype = event["subtype"], subtype != .null, !kinds.contains(subtype) {
      return "it is not a new message of a person"
    }
    return event["bot_id"].map { $0 == .null } ?? true ? nil : "a bot wrote the message"
  }

  /// The outputs, in the one group they have.
  var value: Value {
    [
      "Message": [
        "Text": event["text"] ?? .null, "Timestamp": event["ts"] ?? .null,
        "Thread Timestamp": event["thread_ts"] ?? .null, "Channel ID": channel,
        "User ID": event["user"] ?? .null, "Event ID": request["event_id"] ?? .null,
      ]
    ]
  }
}
