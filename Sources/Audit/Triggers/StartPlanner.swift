public import EventStore
internal import Flows
internal import Values

/// Says which active flows an event of the log starts, and why it does not start the others.
///
/// Event cards start from a System Log entry or message of their kind, whichever way it came. API
/// endpoints start from what is addressed to them: the deliveries and forms of the hook that names
/// them. A conflict starts nothing. Nothing else starts from an event.
public final class StartPlanner {
  private let log: EventLog
  private let registry: FlowRegistry
  private let endpoint: RegisteredFlow?
  private let hook: Hook?
  private let flows: [RegisteredFlow]
  private var definitions: [Text: Flow] = [:]

  /// Takes the flows that are active now.
  ///
  /// - Parameters:
  ///   - log: The log of the events and flows.
  ///   - hook: The hook that the events came by; its flow must be registered and active.
  /// - Throws: `FlowRegistryError` where the hook's flow is not found.
  public init(_ log: EventLog, hook: Hook? = nil) throws {
    self.log = log
    self.hook = hook
    registry = FlowRegistry(log)
    flows = try registry.list().filter {
      $0.isActive && ($0.event != nil || $0.trigger == Self.endpointTrigger)
    }
    endpoint = try hook?.flow.map { try FlowRegistry(log).resolve($0) }
  }

  private static let endpointTrigger = Text(FlowTrigger.apiEndpoint.name)
}

extension StartPlanner {
  /// Whether any active flow begins with an event or a request.
  public var hasFlows: Bool { !flows.isEmpty }

  /// Where events stand that can start a flow, ascending; most others cannot, as the index tells.
  ///
  /// - Throws: What reading the log throws.
  /// - Complexity: O(*s* · *f*) for *s* segments and *f* kinds of events that flows wait for.
  public func candidates(in ranges: [Range<Position>]) throws -> [Position] {
    let patterns = self.patterns
    guard !patterns.isEmpty else { return [] }
    return try ranges.flatMap { try log.positions(matching: [patterns], in: $0).positions }
  }

  /// What an event has that a flow waits for.
  private var patterns: [TermPattern] {
    var terms: [Term] = []
    for flow in flows {
      if let source = flow.event.flatMap(EventCardMapping.source) { terms.append(source.term) }
      if flow.hash == endpoint?.hash { terms += InboundFormat.allCases.map(\.term) }
    }
    return Set(terms).map(TermPattern.exactly)
  }

  /// The flows that the event starts, by name, each with its trigger.
  ///
  /// - Throws: `FlowRegistryError` where a definition cannot be read; what reading the log throws.
  public func starts(from event: Event) throws -> [StartDecision] {
    try decisions(on: event).filter(\.starts)
  }

  /// For every active flow that begins with an event or request, whether this one starts it.
  ///
  /// - Throws: As `starts(from:)` does.
  public func decisions(on event: Event) throws -> [StartDecision] {
    let source = try EventTrigger(event, in: log)
    return try flows.map { flow in
      let (trigger, reason) = try decide(flow, source)
      return StartDecision(flow: flow, trigger: trigger, reason: reason)
    }
  }

  /// Whether an event starts a flow that somebody runs with it: any version, active or not, and an
  /// API endpoint without a hook.
  ///
  /// - Throws: As `starts(from:)` does.
  public func decision(on event: Event, by flow: RegisteredFlow) throws -> StartDecision {
    if let tick = Tick(event) { return TickStart.decision(on: tick, by: flow) }
    let source = try EventTrigger(event, in: log)
    let (trigger, reason) =
      flow.event == nil ? try decideByHand(flow, source) : try decide(flow, source)
    return StartDecision(flow: flow, trigger: trigger, reason: reason)
  }

  private static func refusal(of source: EventTrigger) -> String? {
    if let first = source.event.conflictsWith {
      return "it has the id of the event at position \(first) and other bytes"
    }
    return source.format == nil ? notSent : nil
  }

  private static let notSent = "it is one of the log's own events"

  private func decideByHand(
    _ flow: RegisteredFlow,
    _ source: EventTrigger
  ) throws -> (trigger: Trigger?, reason: String) {
    if let refusal = Self.refusal(of: source) { return (nil, refusal) }
    switch try definition(of: flow).trigger {
    case .apiEndpoint:
      if let delivery = source.event.cause {
        return (nil, "the delivery that brought it starts it, which is at position \(delivery)")
      }
      return (try source.request(), "somebody addresses it")
    case .helper: return (nil, "it begins with a call; give its arguments with --input")
    case .delegated: return (nil, "a person starts it; give its inputs with --input")
    case .scheduled:
      return (nil, "its schedule starts it; run it without an event, or with one of its ticks")
    case .manual: return (nil, "somebody starts it by hand; run it without an event")
    case .connectorEvent: return try decide(flow, source)
    }
  }

  private func decide(
    _ flow: RegisteredFlow,
    _ source: EventTrigger
  ) throws -> (trigger: Trigger?, reason: String) {
    if let refusal = Self.refusal(of: source) { return (nil, refusal) }
    guard let format = source.format else { return (nil, Self.notSent) }
    guard flow.event != nil else { return try decideEndpoint(flow, source, format) }
    guard format == .oktaSystemLog || format == .slack else {
      return (nil, "event cards begin with a System Log entry or a message")
    }
    if let refusal = quickRefusal(flow, source) { return (nil, refusal) }
    let definition = try definition(of: flow)
    guard let card = EventCard(definition) else { return (nil, "it begins with no event") }
    if let refusal = source.refusal(by: card) { return (nil, refusal) }
    return (.events(try source.items(for: card)), "\(card.name) waits for it")
  }

  /// A refusal that needs no definition, so that most flows need not be read.
  private func quickRefusal(_ flow: RegisteredFlow, _ source: EventTrigger) -> String? {
    guard let card = flow.event else { return nil }
    switch EventCardMapping.source(of: card) {
    case nil: return "what starts \(card) is not known"
    case .systemLog(let type)?:
      guard source.format == .oktaSystemLog else { return "it is no System Log entry" }
      guard let oktaType = source.oktaType else { return "it names no type" }
      return oktaType == Text(type) ? nil : "\(card) waits for \(type), this is \(oktaType)"
    case .slackMessage?:
      return source.format == .slack ? nil : "it is no message of Slack"
    }
  }

  private func decideEndpoint(
    _ flow: RegisteredFlow,
    _ source: EventTrigger,
    _ format: InboundFormat
  ) throws -> (trigger: Trigger?, reason: String) {
    guard let hook, let endpoint else {
      return (nil, "nothing is addressed to it: name a hook with --hook")
    }
    guard endpoint.hash == flow.hash else { return (nil, "the hook \(hook.name) starts another") }
    guard source.event.cause == nil, format != .oktaSystemLog || hook.format == .oktaSystemLog
    else { return (nil, "the delivery that brought it starts it") }
    return (try source.request(), "the hook \(hook.name) addresses it")
  }

  private func definition(of flow: RegisteredFlow) throws -> Flow {
    if let known = definitions[flow.hash] { return known }
    let definition = try registry.closure(of: flow).flow
    definitions[flow.hash] = definition
    return definition
  }
}

extension EventCardMapping.Source {
  /// What of the index the events have that start the card.
  var term: Term {
    switch self {
    case .systemLog(let type):
      Term(field: IndexedField.eventType.rawValue, value: CaseFolding.fold(Array(type.utf8)))
    case .slackMessage: InboundFormat.slack.term
    }
  }
}

extension InboundFormat {
  /// What of the index the events have that are written so.
  var term: Term {
    Term(field: Term.typeField, value: Array(InboundEventType.of(self).utf8))
  }
}
