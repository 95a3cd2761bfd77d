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
  /// | an API endpoint | the body |
  /// | a schedule | the planned time as a text; absent, `now` |
  /// | an administrator | an object of inputs by key |
  ///
  /// - Throws: `TriggerError.wrongInput`.
  public static func trigger(
    for flow: FlowTrigger,
    input: Value?,
    now: Instant
  ) throws(TriggerError) -> Trigger {
    switch flow {
    case .helper: return .call(arguments: try object(input, "arguments by key"))
    case .delegated: return .delegated(inputs: try object(input, "inputs by key"), user: nil)
    case .manual: return .manual
    case .scheduled:
      guard let input, input != .null else { return .scheduled(at: now) }
      guard case .text(let text) = input, let planned = Instant(iso8601: text) else {
        throw .wrongInput(wants: "a time such as \"2026-01-31T06:00:00Z\"")
      }
      return .scheduled(at: planned)
    case .apiEndpoint: return .http(request(body: input.map { JSON.text($0) } ?? ""))
    case .connectorEvent:
      switch input {
      case .list(let events)?: return .events(events)
      case .object(let event)?: return .events([.object(event)])
      default: throw .wrongInput(wants: "an object of outputs by group, or a list of such objects")
      }
    }
  }

  /// A request with a JSON body.
  static func request(body: Text) -> HTTPRequest {
    HTTPRequest(headers: ["content-type": "application/json"], body: body)
  }

  private static func object(_ input: Value?, _ wants: String) throws(TriggerError) -> Object {
    switch input {
    case nil, .null: return Object()
    case .object(let object): return object
    default: throw .wrongInput(wants: "an object of \(wants)")
    }
  }
}
