internal import CSimdJSON
internal import Crypto
internal import EventStore
internal import Values

/// A breached-credential event as an alert needs it.
struct BreachEvidence {
  private static let eventType = Array("security.breached_credential.detected".utf8)

  let id: Text
  let userID: Text?
  let userLogin: Text?
  let userName: Text?
  /// When it happened by its own word, nil where it names no time that can be read.
  let published: Int64?
  let severity: AlertSeverity

  /// Whether data may hold such an event; far cheaper than reading it.
  static func mayBe(in data: UnsafeRawBufferPointer) -> Bool {
    guard let start = data.baseAddress else { return false }
    return csj_contains(start, data.count, eventType, eventType.count)
  }

  /// The evidence in a System Log entry, nil where it is another event.
  private init?(_ entry: some JSONView) {
    guard entry.text(at: "eventType")?.bytes == Self.eventType,
      let id = entry.text(at: "uuid"), !id.isEmpty
    else { return nil }
    self.id = id
    userID = entry.text(at: "actor", "id")
    userLogin = entry.text(at: "actor", "alternateId")
    userName = entry.text(at: "actor", "displayName")
    published = entry.text(at: "published").flatMap(Instant.init(iso8601:))?.milliseconds
    severity =
      AlertSeverity(
        level: entry.text(at: "debugContext", "debugData", "risk", "level"),
        risk: entry.text(at: "debugContext", "debugData", "risk")
      )
  }

  /// The evidence that an event of the log is, and that which it brings.
  static func read(_ event: Event) -> (own: BreachEvidence?, brought: [BreachEvidence]) {
    guard event.data.withUnsafeBytes({ mayBe(in: $0) }) else { return (nil, []) }
    do throws(JSONReadError) {
      return try JSONReader().withDocument(event.data) { read($0) }
    } catch {
      // What the fast parser refuses, such as half of a surrogate pair, may be evidence all the same.
      guard let value = try? JSON.parse(event.data) else { return (nil, []) }
      return read(value)
    }
  }

  private static func read(
    _ document: some JSONView
  ) -> (own: BreachEvidence?, brought: [BreachEvidence]) {
    if let own = BreachEvidence(document) { return (own, []) }
    return (nil, document.items(at: "data", "events").compactMap { BreachEvidence($0) })
  }
}

extension BreachEvidence {
  /// The id of the alert that the evidence belongs to: user and UTC day, hashed.
  ///
  /// Okta's ids of users are unique over all orgs, and copies from the API often come without an
  /// origin; only a user without an id is told apart by the origin too.
  /// All of a user's evidence without a time is of one day, so that copies of an event meet whenever
  /// they arrive.
  func alert(origin: [UInt8]) -> Text {
    let user = userID?.bytes ?? origin + [0] + (userLogin ?? id).bytes
    let name = Array("breached-credential\0".utf8) + user + [0]
    let hash = SHA256.hash(data: name + Array(day.utf8))
    return "bc-" + Hexadecimal.encode(hash.prefix(8))
  }

  /// Days since 1970.
  private var day: String {
    guard let published else { return "unknown" }
    let (quotient, remainder) = published.quotientAndRemainder(dividingBy: 86_400_000)
    return String(remainder < 0 ? quotient - 1 : quotient)
  }
}

/// A JSON document as either of the two parsers gives it.
private protocol JSONView {
  func member(_ name: StaticString) -> Self?
  var textValue: Text? { get }
  var itemValues: [Self] { get }
}

extension JSONView {
  /// The text at the end of a path of members, nil where there is none.
  func text(at path: StaticString...) -> Text? { at(path)?.textValue }

  /// The items of the array at the end of a path of members, none where there is none.
  func items(at path: StaticString...) -> [Self] { at(path)?.itemValues ?? [] }

  private func at(_ path: [StaticString]) -> Self? {
    path.reduce(self as Self?) { $0?.member($1) }
  }
}

extension JSONElement: JSONView {
  fileprivate func member(_ name: StaticString) -> JSONElement? { self[name] }
  fileprivate var textValue: Text? { text.flatMap { Text(utf8: $0) } }
  fileprivate var itemValues: [JSONElement] { Array(items) }
}

extension Value: JSONView {
  fileprivate func member(_ name: StaticString) -> Value? {
    if case .object(let object) = self { object[Text("\(name)")] } else { nil }
  }

  fileprivate var textValue: Text? { if case .text(let text) = self { text } else { nil } }
  fileprivate var itemValues: [Value] { if case .list(let items) = self { items } else { [] } }
}
