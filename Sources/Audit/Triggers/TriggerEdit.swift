public import Flows
public import Values

/// One change of what a flow is started with: `trigger.user.email=other@example.com`.
///
/// | the flow begins with | places |
/// |---|---|
/// | a call | `trigger.NAME`, an argument |
/// | an administrator | `trigger.NAME`, an input, and `trigger.user` |
/// | an event | `trigger.GROUP.FIELD`; where several came at once, `trigger[0].GROUP.FIELD` |
/// | an API endpoint | `trigger.body` as text, `trigger.body.NAME` within JSON, `trigger.headers.NAME`, `trigger.query` |
/// | a schedule | `trigger.at`, a time |
public struct TriggerEdit: Hashable, Sendable {
  /// The place, without `trigger`.
  public let path: ValuePath
  /// What stands there then, as it was written.
  public let written: Text

  /// Reads a change, `trigger.PATH=VALUE`.
  ///
  /// - Throws: `TriggerEditError.notAnEdit`.
  public init(parsing text: Text) throws(TriggerEditError) {
    var bytes = text.bytes[...]
    guard let path = ValuePath(readingFrom: &bytes), bytes.first == UInt8(ascii: "="),
      path.steps.first == .key("trigger"), path.steps.count > 1
    else { throw .notAnEdit(text) }
    self.path = ValuePath(Array(path.steps.dropFirst()))
    written = Text(wtf8: Array(bytes.dropFirst()))
  }

  /// The change as it is read.
  public var text: Text { Text("\(place)=") + written }

  /// The place, `trigger.user.email`.
  var place: ValuePath { ValuePath([.key("trigger")] + path.steps) }

  /// What a trigger is with the change.
  ///
  /// - Parameters:
  ///   - trigger: What the flow was started with.
  ///   - names: The names of what the flow takes, as ``TriggerInput/names(of:)`` tells them.
  /// - Returns: The trigger.
  /// - Throws: `TriggerEditError` where the flow takes nothing of the name, or nothing can stand there.
  public func applied(to trigger: Trigger, names: [Text]) throws(TriggerEditError) -> Trigger {
    switch trigger {
    case .manual: throw .nothingToEdit
    case .scheduled: return .scheduled(at: try time())
    case .call(let arguments):
      return .call(arguments: try members(arguments, names))
    case .delegated(let inputs, let user):
      guard path.steps == [.key("user")], inputs["user"] == nil, !names.contains("user") else {
        return .delegated(inputs: try members(inputs, names), user: user)
      }
      return .delegated(inputs: inputs, user: try text(user.map { .text($0) }))
    case .events(let events): return .events(try self.events(events, names))
    case .http(let request): return .http(try self.request(request))
    }
  }
}

extension [TriggerEdit] {
  /// What a trigger is with all changes, one after the other.
  ///
  /// - Parameters:
  ///   - trigger: What a flow was started with.
  ///   - flow: The flow that is started with it.
  /// - Returns: The trigger.
  /// - Throws: `TriggerEditError` where the flow takes nothing of a name, or nothing can stand there.
  public func applied(to trigger: Trigger, of flow: Flow) throws(TriggerEditError) -> Trigger {
    let names = TriggerInput.names(of: flow)
    var edited = trigger
    for edit in self { edited = try edit.applied(to: edited, names: names) }
    return edited
  }
}

extension TriggerEdit {
  /// What was written: JSON, or else a text; in place of a text a number is one too.
  private func value(insteadOf former: Value?) -> Value {
    guard let parsed = try? JSON.parse(written.bytes) else { return .text(written) }
    // What is changed is known then: nothing of it reads as an unknown.
    let tagged = try? RecordedValue.decodeTree(parsed)
    let value = tagged.flatMap { $0.containedUnknown == nil ? $0 : nil } ?? parsed
    if case .text? = former {
      switch value {
      case .number, .boolean: return .text(written)
      default: break
      }
    }
    return value
  }

  private func text(_ former: Value?) throws(TriggerEditError) -> Text {
    guard case .text(let text) = value(insteadOf: former ?? .text(.empty)) else {
      throw .wrongKind(place, wants: "a text")
    }
    return text
  }

  private func time() throws(TriggerEditError) -> Instant {
    guard path.steps == [.key("at")] else { throw .unknownName(place, known: ["at"]) }
    guard let time = Instant(iso8601: try text(nil)) else {
      throw .wrongKind(place, wants: "a time such as 2026-01-31T06:00:00Z")
    }
    return time
  }

  private func members(_ given: Object, _ names: [Text]) throws(TriggerEditError) -> Object {
    guard case .key(let name) = path.steps[0] else {
      throw .unknownName(place, known: given.keys + names)
    }
    let isKnown =
      given[name] != nil
      || names.contains { $0 == name || $0.split(separator: "/").contains(name) }
    guard isKnown else { throw .unknownName(place, known: given.keys + names) }
    guard case .object(let members) = try put(in: .object(given)) else { return given }
    return members
  }

  private func events(_ events: [Value], _ names: [Text]) throws(TriggerEditError) -> [Value] {
    if case .index = path.steps[0] {
      guard case .list(let edited) = try put(in: .list(events)) else { return events }
      return edited
    }
    guard events.count == 1, case .object(let event) = events[0] else {
      throw .severalEvents(place, count: events.count)
    }
    try checkField(in: event, names)
    return [try put(in: events[0])]
  }

  /// Checks that the event has the group, and that the group or the card has the field.
  private func checkField(in event: Object, _ names: [Text]) throws(TriggerEditError) {
    guard case .key(let group) = path.steps[0] else { return }
    let known = event.flatMap { group -> [Text] in
      guard case .object(let fields) = group.value else { return [group.key] }
      return fields.keys.map { group.key + "/" + $0 }
    }
    guard path.steps.count > 1, case .key(let field) = path.steps[1] else {
      guard event[group] != nil || names.contains(group) else {
        throw .unknownName(place, known: known + names)
      }
      return
    }
    let name = group + "/" + field
    guard known.contains(name) || known.contains(group) || names.contains(name) else {
      throw .unknownName(place, known: known + names)
    }
  }

  /// The change within a value.
  private func put(in whole: Value) throws(TriggerEditError) -> Value {
    do {
      return try whole.with(value(insteadOf: whole.value(at: path)), at: path)
    } catch {
      throw .nowhere(place, reason: "\(error)")
    }
  }
}

// MARK: - Requests

extension TriggerEdit {
  private func request(_ request: HTTPRequest) throws(TriggerEditError) -> HTTPRequest {
    let (headers, body, query) = (request.headers, request.body, request.query)
    switch (path.steps[0], path.steps.count) {
    case (.key("body"), 1):
      return HTTPRequest(headers: headers, body: written, query: query)
    case (.key("body"), _):
      return HTTPRequest(headers: headers, body: try self.body(body), query: query)
    case (.key("query"), 1):
      return HTTPRequest(headers: headers, body: body, query: written)
    case (.key("headers"), 2):
      guard case .key(let name) = path.steps[1] else { break }
      var headers = headers
      let known = headers.keys.first { $0.lowercased() == name.lowercased() }
      headers[known ?? name.lowercased()] = .text(written)
      return HTTPRequest(headers: headers, body: body, query: query)
    default: break
    }
    throw .unknownName(place, known: ["body", "headers.NAME", "query"])
  }

  /// A body of JSON with the change in it.
  private func body(_ body: Text) throws(TriggerEditError) -> Text {
    guard let document = try? JSON.parse(body.bytes) else {
      throw .wrongKind(ValuePath([.key("trigger"), .key("body")]), wants: "JSON to change a part")
    }
    let inner = ValuePath(Array(path.steps.dropFirst()))
    do {
      return JSON.text(
        try document.with(value(insteadOf: document.value(at: inner)), at: inner)
      )
    } catch {
      throw .nowhere(place, reason: "\(error)")
    }
  }
}
