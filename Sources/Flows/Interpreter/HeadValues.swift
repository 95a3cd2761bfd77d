internal import Values

/// What the engine fills the head of a flow with when it starts.
struct HeadValues {
  let trigger: Trigger
  /// The id of the root execution.
  let execution: Text

  private static let userID = FieldName(group: "user context", key: "okta-user-id")
  private static let collection: FieldName = "collection"

  func values(for head: [CardField]) -> [Value] {
    let parts = HTTPParts(trigger)
    return head.map { field in
      Coercion.read(value(of: field.name, parts), as: field.type)
    }
  }

  private func value(of name: FieldName, _ parts: HTTPParts?) -> Value {
    if name.isContext { return context(name.key) }
    switch trigger {
    case .manual, .scheduled: return .null
    case .call(let arguments): return member(name, of: arguments)
    case .delegated(let inputs, let user):
      if name == Self.userID {
        return user.map { .text($0) } ?? .null
      }
      return inputs[name.key] ?? .null
    case .http: return parts?.value(of: name) ?? .null
    case .events(let events):
      if name == Self.collection { return .list(events) }
      guard case .object(let event)? = events.first else { return .null }
      return member(name, of: event)
    }
  }

  private func context(_ key: Text) -> Value {
    switch (key, trigger) {
    case (FormatNames.executionID, _): .text(execution)
    case ("execution_time", .scheduled(let instant)): .text(instant.iso8601)
    default: .null
    }
  }

  private func member(_ name: FieldName, of object: Object) -> Value {
    guard let group = name.group else { return object[name.key] ?? .null }
    if case .object(let members)? = object[group] { return members[name.key] ?? .null }
    return object[name.text] ?? object[name.key] ?? .null
  }
}

/// The parts of an HTTP request by the groups in which an API endpoint's fields stand.
struct HTTPParts {
  private let request: HTTPRequest
  private let headers: Object
  private let body: Object
  private let query: Object

  /// Takes the request of a trigger apart; nil where it is none.
  init?(_ trigger: Trigger) {
    guard case .http(let request) = trigger else { return nil }
    self.request = request
    headers = Object(request.headers.map { ($0.key.lowercased(), $0.value) })
    if let parsed = try? JSON.parse(request.body), case .object(let object) = parsed {
      body = object
    } else {
      body = Object()
    }
    query = QueryString.members(of: request.query)
  }

  func value(of name: FieldName) -> Value {
    switch (name.group, name.key) {
    case ("raw", "headers"): .object(headers)
    case ("raw", "body"): .text(request.body)
    case ("raw", "query"): .text(request.query)
    case ("body", let key): body[key] ?? .null
    case ("headers", let key): headers[key.lowercased()] ?? .null
    case ("query", let key): query[key] ?? .null
    default: .null
    }
  }
}

/// A query string, `a=1&b=two%20words`.
enum QueryString {
  /// The fields in order; of repeated names the last counts.
  static func members(of query: Text) -> Object {
    var object = Object()
    for part in query.bytes.split(separator: UInt8(ascii: "&")) {
      let sides = part.split(
        separator: UInt8(ascii: "="),
        maxSplits: 1,
        omittingEmptySubsequences: false
      )
      object[decoded(sides[0])] = .text(sides.count == 2 ? decoded(sides[1]) : .empty)
    }
    return object
  }

  private static func decoded(_ part: some Sequence<UInt8>) -> Text {
    var bytes: [UInt8] = []
    var escape: [UInt8] = []
    for byte in part {
      if !escape.isEmpty {
        escape.append(byte)
        guard escape.count == 3 else { continue }
        let digits = escape[1...].compactMap(hexadecimal)
        bytes += digits.count == 2 ? [digits[0] << 4 | digits[1]] : escape
        escape = []
      } else if byte == UInt8(ascii: "%") {
        escape = [byte]
      } else {
        bytes.append(byte == UInt8(ascii: "+") ? UInt8(ascii: " ") : byte)
      }
    }
    bytes += escape
    return Text(utf8: bytes) ?? Text(String(decoding: bytes, as: UTF8.self))
  }

  private static func hexadecimal(_ digit: UInt8) -> UInt8? {
    switch digit {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): digit - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): digit - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): digit - UInt8(ascii: "A") + 10
    default: nil
    }
  }
}
