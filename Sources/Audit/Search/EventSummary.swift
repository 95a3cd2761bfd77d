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
    type = Self.text(event["eventType"] ?? event["event_type"] ?? event["type"])
    actor = Self.name(event["actor"])
    target = event["target"]?.items.lazy.map { Self.name($0) }.first { !$0.isEmpty } ?? ""
    outcome = Self.text(event["outcome"]?["result"])
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
