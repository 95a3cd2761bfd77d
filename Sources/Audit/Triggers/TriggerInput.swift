public import Flows
public import Values

/// What a flow is started with by hand.
public enum TriggerInput {
  /// The trigger that an input stands for, by how the flow begins.
  ///
  /// | the flow begins with | the input is |
  /// |---|---|
  /// | a call | an object of arguments by key |
  /// | an event | an object of the card's outputs by group, or a list of such |
  /// | an API endpoint | the body, kept as it is written |
  /// | a schedule | the planned time as a text |
  /// | an administrator | an object of inputs by key |
  ///
  /// - Parameters:
  ///   - flow: How the flow begins.
  ///   - input: The input.
  ///   - written: The input's own bytes.
  /// - Returns: The trigger.
  /// - Throws: `TriggerError.wrongInput`; `.noInput` where the flow takes none.
  public static func trigger(
    for flow: FlowTrigger,
    input: Value,
    written: [UInt8]
  ) throws(TriggerError) -> Trigger {
    switch flow {
    case .helper: return .call(arguments: try object(input, "arguments by key"))
    case .delegated: return .delegated(inputs: try object(input, "inputs by key"), user: nil)
    case .manual: throw .noInput
    case .scheduled:
      guard case .text(let text) = input, let planned = Instant(iso8601: text) else {
        throw .wrongInput(wants: "a time such as \"2026-01-31T06:00:00Z\"")
      }
      return .scheduled(at: planned)
    case .apiEndpoint: return .http(request(body: Text(wtf8: written)))
    case .connectorEvent:
      switch input {
      case .list(let events): return .events(events)
      case .object(let event): return .events([.object(event)])
      default: throw .wrongInput(wants: "an object of outputs by group, or a list of such objects")
      }
    }
  }

  /// The names of a flow's inputs, as it begins with them.
  public static func names(of flow: Flow) -> [Text] {
    (flow.body.cards.first?.outputs ?? []).map(\.name.text).filter { !$0.hasPrefix("context/") }
  }

  /// What an input of a call or of an administrator names and the flow does not take, so that nothing
  /// would come of it.
  public static func unknownNames(in trigger: Trigger, of flow: Flow) -> [Text] {
    let given: Object
    switch trigger {
    case .call(let arguments): given = arguments
    case .delegated(let inputs, _): given = inputs
    case .manual, .scheduled, .http, .events: return []
    }
    let names = names(of: flow)
    return given.keys.filter { key in
      !names.contains { name in
        let parts = name.split(separator: "/")
        return name == key || parts.last == key || parts.count > 1 && parts.first == key
      }
    }
  }

  /// A request with a JSON body.
  static func request(body: Text) -> HTTPRequest {
    HTTPRequest(headers: ["content-type": "application/json"], body: body)
  }

  private static func object(_ input: Value, _ wants: String) throws(TriggerError) -> Object {
    guard case .object(let object) = input else {
      throw .wrongInput(wants: "an object of \(wants)")
    }
    return object
  }
}
