internal import EventStore
internal import Glibc
internal import Values

/// A breached-credential event as an alert needs it.
struct BreachEvidence {
  static let eventType: Text = "security.breached_credential.detected"
  private static let needle = Array("security.breached_credential.detected".utf8)

  let id: Text
  let userID: Text?
  let userLogin: Text?
  let userName: Text?
  let time: Int64
  let severity: AlertSeverity

  /// Whether data may hold such an event; far cheaper than reading it.
  ///
  /// Underscores are rare in events, and the type has one in its middle.
  static func mayBe(in data: UnsafeRawBufferPointer) -> Bool {
    let middle = 17
    guard let start = data.baseAddress else { return false }
    var place = 0
    while place < data.count,
      let found = memchr(start + place, Int32(UInt8(ascii: "_")), data.count - place)
    {
      let underscore = found - UnsafeMutableRawPointer(mutating: start)
      place = underscore + 1
      guard underscore >= middle else { continue }
      if data[(underscore - middle)...].starts(with: needle) { return true }
    }
    return false
  }

  /// The evidence in a System Log entry, nil where it is another event.
  init?(_ entry: Object, recordedTime: Int64) {
    guard entry.textAt("eventType") == Self.eventType, let id = entry.textAt("uuid"), !id.isEmpty
    else { return nil }
    self.id = id
    let actor = entry.object("actor")
    userID = actor?.textAt("id")
    userLogin = actor?.textAt("alternateId")
    userName = actor?.textAt("displayName")
    time = entry.textAt("published").flatMap(Instant.init(iso8601:))?.milliseconds ?? recordedTime
    severity = AlertSeverity(entry)
  }

  /// The evidence that an event of the log is, and the ids of that which it brings.
  static func read(_ event: Event) -> (own: BreachEvidence?, brought: [Text]) {
    guard event.data.withUnsafeBytes({ mayBe(in: $0) }), let value = try? JSON.parse(event.data),
      case .object(let document) = value
    else { return (nil, []) }
    if let own = BreachEvidence(document, recordedTime: event.recordedTime) {
      return (own, [own.id])
    }
    let entries = document.object("data")?.list("events") ?? []
    let brought = entries.compactMap { entry -> Text? in
      guard case .object(let entry) = entry else { return nil }
      return BreachEvidence(entry, recordedTime: event.recordedTime)?.id
    }
    return (nil, brought)
  }
}
