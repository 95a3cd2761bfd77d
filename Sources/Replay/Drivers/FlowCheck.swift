public import Flows
public import Values

/// What a flow asks of the world, card types it has that cannot be run, and who would answer a run.
public struct FlowCheck: Sendable {
  /// Who answers a request.
  public enum Answerer: String, Hashable, Sendable, CaseIterable {
    /// The log's own tables.
    case tables
    /// A search of the log's own System Log entries.
    case log
    /// Whoever called the flow gets a reply, which is kept.
    case caller
    /// An entry of the answers file is for such requests; whether its conditions hold shows when the flow runs.
    case file
    /// The service that the connection leads to, in a live run.
    case service
    /// Values are made up.
    case typed
    /// Nobody: a run would end there.
    case nobody
    /// The engine does not run such cards: a run would end there.
    case unsupported
  }

  /// Cards that ask the same of the same connection.
  public struct Item: Hashable, Sendable {
    /// The card type, as `connector:method` or `group:card`.
    public let address: Text
    /// What asking does to the world; nil for function cards.
    public let effect: EffectClass?
    /// The connection's name; nil where none is used.
    public let connection: Text?
    /// Who answers.
    public let answerer: Answerer
    /// Why no service answers in a live run; nil where one does, and in other runs.
    public let reason: String?
    /// How many cards there are.
    public internal(set) var cards = 1
    /// The flows that they stand in, in the order in which the closure has them.
    public internal(set) var flows: [Text]
  }

  /// What is asked, in the order in which flows first do.
  public let items: [Item]

  /// Checks a closure.
  ///
  /// - Parameters:
  ///   - closure: The flow with all it can reach.
  ///   - script: The answers of a file, if there are.
  ///   - isTyped: Whether what nobody answers is made up.
  ///   - services: The services of a live run, nil for another run.
  ///   - cards: The function cards that the engine runs.
  /// - Complexity: O(*n*) in the cards of the closure.
  public init(
    _ closure: FlowClosure,
    script: ScriptedAnswers? = nil,
    isTyped: Bool = false,
    services: Services? = nil,
    cards: CardTable = .standard
  ) {
    let answers = Answers(script: script, isTyped: isTyped, services: services)
    var items: [Item] = []
    for flow in closure.flows {
      flow.body.forEachBody { body in
        for (place, card) in body.cards.enumerated() where !(place == 0 && card.isEvent) {
          guard
            let item = Self.item(
              of: card,
              flow,
              closure,
              answers,
              cards
            )
          else { continue }
          let known = items.firstIndex {
            $0.address == item.address && $0.connection == item.connection
              && $0.effect == item.effect && $0.answerer == item.answerer
              && $0.reason == item.reason
          }
          guard let known else {
            items.append(item)
            continue
          }
          items[known].cards += 1
          if !items[known].flows.contains(flow.name) { items[known].flows.append(flow.name) }
        }
      }
    }
    self.items = items
  }

  /// What a run would end at.
  public var missing: [Item] {
    items.filter { $0.answerer == .nobody || $0.answerer == .unsupported }
  }
}

extension FlowCheck {
  /// What a card asks; nil where it asks nothing.
  private static func item(
    of card: Card,
    _ flow: Flow,
    _ closure: FlowClosure,
    _ answers: Answers,
    _ cards: CardTable
  ) -> Item? {
    switch card.kind {
    case .function(let address):
      if cards[address] == nil { return unsupported(Text(address.description), flow) }
      return ConnectorMethod(pausing: address).map { asked($0, by: card, flow, closure, answers) }
    case .other(let address): return unsupported(address, flow)
    case .connector(let method): return asked(method, by: card, flow, closure, answers)
    }
  }

  private static func asked(
    _ method: ConnectorMethod,
    by card: Card,
    _ flow: Flow,
    _ closure: FlowClosure,
    _ answers: Answers
  ) -> Item {
    let connection = card.connection.map { id in
      closure.connections.first { $0.id == id }?.name ?? id
    }
    let (answerer, reason) = answers.answerer(of: method, card.connection, connection)
    return Item(
      address: Text(method.description),
      effect: EffectClass(method, options: options(of: card)),
      connection: connection,
      answerer: answerer,
      reason: reason,
      flows: [flow.name]
    )
  }

  private static func unsupported(_ address: Text, _ flow: Flow) -> Item {
    Item(
      address: address,
      effect: nil,
      connection: nil,
      answerer: .unsupported,
      reason: nil,
      flows: [flow.name]
    )
  }

  /// Who could answer.
  private struct Answers {
    let script: ScriptedAnswers?
    let isTyped: Bool
    let services: Services?

    func answerer(
      of method: ConnectorMethod,
      _ id: Text?,
      _ name: Text?
    ) -> (Answerer, reason: String?) {
      if script?.has(method, connection: id, named: name) ?? false { return (.file, nil) }
      if method.connector == "stash" { return (.tables, nil) }
      if method == .close { return (.caller, nil) }
      // Made-up answers are for seeing a flow run, a search of the log among them.
      if isTyped { return (.typed, nil) }
      let isSearch = method == LocalDriver.systemLogSearch
      if let services {
        guard let reason = services.whyMissing(method, id, name) else { return (.service, nil) }
        if !isSearch { return (.nobody, reason) }
      }
      return (isSearch ? .log : .nobody, nil)
    }
  }

  /// The options that stand in the card, which tell what a card does that sends any HTTP request.
  private static func options(of card: Card) -> Object {
    var options = Object()
    for input in card.inputs where input.name.group == "parameters" {
      if case .value(let value) = input.constant { options[input.name.key] = value }
    }
    return options
  }
}
