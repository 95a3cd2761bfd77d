public import Values

/// What starts a run.
public enum Trigger: Hashable, Sendable {
  /// A call with arguments by key, as of a helper flow that is run by hand.
  case call(arguments: Object)
  /// A tick of the flow's schedule.
  case scheduled(at: Instant)
  /// A run by hand of a flow without an event.
  case manual
  /// An HTTP request; the engine takes body, headers and query apart.
  case http(HTTPRequest)
  /// A start by an administrator.
  case delegated(inputs: Object, user: Text?)
  /// Events of a connector: objects of groups, each an object of fields.
  case events([Value])
}

/// An HTTP request as an API endpoint receives it.
public struct HTTPRequest: Hashable, Sendable {
  /// The headers by name; the engine lowers the case of the names.
  public let headers: Object
  /// The body as text.
  public let body: Text
  /// The query without its question mark, still percent-encoded.
  public let query: Text

  /// Makes a request.
  public init(headers: Object = Object(), body: Text = "", query: Text = "") {
    self.headers = headers
    self.body = body
    self.query = query
  }
}

extension Trigger {
  /// The trigger as a recording keeps it.
  public var value: Value {
    switch self {
    case .call(let arguments): ["kind": "call", "arguments": .object(arguments)]
    case .scheduled(let instant): ["kind": "scheduled", "at": .date(instant)]
    case .manual: ["kind": "manual"]
    case .http(let request):
      [
        "kind": "http", "headers": .object(request.headers), "body": .text(request.body),
        "query": .text(request.query),
      ]
    case .delegated(let inputs, let user):
      [
        "kind": "delegated", "inputs": .object(inputs), "user": user.map { .text($0) } ?? .null,
      ]
    case .events(let events): ["kind": "events", "events": .list(events)]
    }
  }

  /// Whether anything that starts the run is unknown.
  var holdsUnknown: Bool {
    switch self {
    case .scheduled, .manual: false
    case .call(let arguments): arguments.holdsUnknown
    case .http(let request): request.headers.holdsUnknown
    case .delegated(let inputs, _): inputs.holdsUnknown
    case .events(let events): events.contains { $0.holdsUnknown }
    }
  }

  /// Makes a trigger of its recorded form, or nil where the value is none.
  public init?(_ value: Value) {
    guard case .object(let object) = value, case .text(let kind)? = object["kind"] else {
      return nil
    }
    switch (kind, object["arguments"] ?? object["inputs"] ?? object["events"] ?? .null) {
    case ("call", .object(let arguments)): self = .call(arguments: arguments)
    case ("delegated", .object(let inputs)):
      if case .text(let user)? = object["user"] {
        self = .delegated(inputs: inputs, user: user)
      } else {
        self = .delegated(inputs: inputs, user: nil)
      }
    case ("events", .list(let events)): self = .events(events)
    case ("manual", _): self = .manual
    case ("scheduled", _):
      guard case .date(let instant)? = object["at"] else { return nil }
      self = .scheduled(at: instant)
    case ("http", _):
      guard case .object(let headers)? = object["headers"],
        case .text(let body)? = object["body"], case .text(let query)? = object["query"]
      else { return nil }
      self = .http(HTTPRequest(headers: headers, body: body, query: query))
    default: return nil
    }
  }
}
