internal import EventStore
internal import Flows
internal import Values

/// A stored event as something to start flows with.
struct EventTrigger {
  /// The event.
  let event: Event
  /// What it is written as; nil for the log's own events and for conflicts.
  let format: InboundFormat?
  /// Its document, where its fields can be read.
  private let document: Object?
  /// The event-hook delivery it came in.
  private let delivery: Object?

  init(_ event: Event, in log: any EventSource) throws {
    self.event = event
    format = InboundEventType.format(of: event.type)
    document = Self.object(event.data)
    if let cause = event.cause, let delivery = try log.event(at: cause),
      InboundEventType.format(of: delivery.type) == .oktaEventHook
    {
      self.delivery = Self.object(delivery.data)
    } else {
      delivery = nil
    }
  }

  private static func object(_ data: [UInt8]) -> Object? {
    guard case .object(let object)? = try? JSON.parse(data) else { return nil }
    return object
  }
}

extension EventTrigger {
  /// Okta's type of a System Log entry.
  var oktaType: Text? {
    guard case .text(let type)? = document?["eventType"] else { return nil }
    return type
  }

  /// Why it does not start an event card; nil where it does.
  func refusal(by card: EventCard) -> String? {
    guard let source = EventCardMapping.source(of: card.name) else {
      return "what starts \(card.name) is not known"
    }
    guard let document else { return "the event's fields cannot be read" }
    switch source {
    case .systemLog(let type):
      guard let oktaType else { return "it is no System Log entry" }
      return oktaType == Text(type) ? nil : "\(card.name) waits for \(type), this is \(oktaType)"
    case .slackMessage:
      guard let message = SlackMessageOutputs(document) else { return "it is no message of Slack" }
      if let refusal = message.refusal { return refusal }
      let channel = card.option("channel")
      let isElsewhere = channel != .null && channel != "" && channel != message.channel
      return isElsewhere ? "the message is in another channel" : nil
    }
  }

  /// Whether it starts an event card.
  func starts(_ card: EventCard) -> Bool {
    event.conflictsWith == nil && (format == .oktaSystemLog || format == .slack)
      && refusal(by: card) == nil
  }

  /// The items that an event card gives out of it: one, or those of a delivery.
  func items(for card: EventCard) throws(TriggerError) -> [Value] {
    guard let source = EventCardMapping.source(of: card.name) else {
      throw .noMapping(card: card.name)
    }
    guard let document else { throw .unreadable(position: event.position) }
    switch source {
    case .systemLog:
      let entries = Self.entries(of: document) ?? [document]
      guard !entries.isEmpty, entries.allSatisfy({ $0["eventType"] != nil }) else {
        throw .unsuitable(position: event.position, wants: "a System Log entry")
      }
      let envelope = Self.entries(of: document) == nil ? delivery : document
      return entries.map { card.declared(outputs($0, envelope)) }
    case .slackMessage:
      guard let message = SlackMessageOutputs(document) else {
        throw .unsuitable(position: event.position, wants: "a message of Slack's Events API")
      }
      return [card.declared(message.value)]
    }
  }

  private func outputs(_ entry: Object, _ envelope: Object?) -> Value {
    let origin = Text(wtf8: event.attributes.source)
    return OktaEventOutputs(entry, delivery: envelope, origin: origin).value
  }

  /// The log events of a delivery; nil where it is none.
  private static func entries(of document: Object) -> [Object]? {
    guard case .object(let data)? = document["data"], case .list(let events)? = data["events"]
    else { return nil }
    return events.compactMap { entry in
      guard case .object(let object) = entry else { return nil }
      return object
    }
  }
}

extension EventTrigger {
  /// The event's bytes as a request to an API endpoint.
  func request() throws(TriggerError) -> Trigger {
    if format == .apiEndpoint {
      guard let request = document.flatMap(EndpointCall.request) else {
        throw .unreadable(position: event.position)
      }
      return .http(request)
    }
    guard let body = Text(utf8: event.data) else { throw .unreadable(position: event.position) }
    return .http(TriggerInput.request(body: body))
  }
}
