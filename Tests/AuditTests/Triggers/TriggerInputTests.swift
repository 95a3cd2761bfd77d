import Audit
import Flows
import Testing
import Values

/// What JSON given by hand starts a flow with.
@Suite struct TriggerInputTests {
  private static func trigger(_ flow: FlowTrigger, _ json: String) throws -> Trigger {
    let written = Array(json.utf8)
    return try TriggerInput.trigger(for: flow, input: try JSON.parse(written), written: written)
  }

  private static let event = FlowTrigger.connectorEvent(
    ConnectorEvent(connector: "okta", method: "userActivated", delivery: .single)
  )

  @Test func `an input becomes what the flow begins with`() throws {
    let object: Object = ["a": .text("b")]
    #expect(try Self.trigger(.helper, #"{"a":"b"}"#) == .call(arguments: object))
    #expect(try Self.trigger(.delegated, #"{"a":"b"}"#) == .delegated(inputs: object, user: nil))
    #expect(try Self.trigger(Self.event, #"{"a":"b"}"#) == .events([.object(object)]))
    #expect(try Self.trigger(Self.event, #"[{"a":"b"}]"#) == .events([.object(object)]))
  }

  @Test func `a body is kept as it is written`() throws {
    let body = #"{ "b" : 1.0, "a":null }"#
    guard case .http(let request) = try Self.trigger(.apiEndpoint, body) else {
      Issue.record("an endpoint takes a request")
      return
    }
    #expect(request.body == Text(body))
  }

  @Test(arguments: [
    (FlowTrigger.helper, "[1]", "an object of arguments by key"),
    (.delegated, "\"a\"", "an object of inputs by key"),
    (event, "1", "an object of outputs by group, or a list of such objects"),
  ])
  func `another input is refused with what the flow wants`(
    _ flow: FlowTrigger,
    _ json: String,
    _ wants: String
  ) {
    #expect(throws: TriggerError.wrongInput(wants: wants)) { try Self.trigger(flow, json) }
  }

  @Test func `a flow that begins with nothing takes no input`() {
    #expect(throws: TriggerError.noInput) { try Self.trigger(.manual, "{}") }
  }
}
