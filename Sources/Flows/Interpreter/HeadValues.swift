internal import Values

/// What the engine fills the head of a flow with when it starts.
struct HeadValues {
  let trigger: Trigger
  /// What the flow is told is the id of the root execution.
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
    if Self.isForm(headers["content-type"]) {
      body = Self.members(of: request.body)
    } else if let parsed = try? JSON.parse(request.body), case .object(let object) = parsed {
      body = object
    } else {
      body = Object()
    }
    query = Self.members(of: request.query)
  }

  /// The fields of a query or form; of repeated names the last counts.
  private static func members(of text: Text) -> Object {
    var object = Object()
    for (name, value) in FormEncoding.fields(text.bytes) { object[name] = .text(value) }
    return object
  }

  private static func isForm(_ type: Value?) -> Bool {
    guard case .text(let text)? = type else { return false }
    return text.lowercased().hasPrefix("application/x-www-form-urlencoded")
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
