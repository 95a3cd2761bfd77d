/// The few words by which a list shows an event.
public struct EventSummary: Hashable, Sendable {
  /// What happened.
  public let type: String
  /// Who did it.
  public let actor: String
  /// To whom or what; the first that has a name.
  public let target: String
  /// How it ended.
  public let outcome: String

  /// Reads them from an event's document; what is not there is empty.
  public init(_ event: JSONElement) {
    // Slack wraps what happened.
    let inner = event["event"]
    type = Self.text(
      event["eventType"] ?? event["event_type"] ?? inner?["type"] ?? event["type"]
    )
    let actors = [
      event["user_email"], event["user_id"], inner?["user"], inner?["user"]?["id"],
      inner?["bot_id"], event["respondentEmail"],
    ]
    actor = Self.first(Self.name(event["actor"]), actors)
    let named = event["target"]?.items.lazy.map { Self.name($0) }.first { !$0.isEmpty } ?? ""
    let targets = [
      event["flow_id"], inner?["channel"], inner?["item"]?["channel"], inner?["channel_id"],
      event["form_response"]?["token"], event["responseId"],
    ]
    target = Self.first(named, targets)
    outcome = Self.text(event["outcome"]?["result"])
  }

  /// The name, or the first text where it is empty.
  private static func first(_ name: String, _ others: [JSONElement?]) -> String {
    guard name.isEmpty else { return name }
    return others.lazy.map { text($0) }.first { !$0.isEmpty } ?? ""
  }

  private static func name(_ element: JSONElement?) -> String {
    let alternate = text(element?["alternateId"])
    return alternate.isEmpty || alternate == "unknown"
      ? text(element?["displayName"] ?? element?["id"]) : alternate
  }

  private static func text(_ element: JSONElement?) -> String {
    element?.text.map { String(decoding: $0, as: UTF8.self) } ?? ""
  }
}
