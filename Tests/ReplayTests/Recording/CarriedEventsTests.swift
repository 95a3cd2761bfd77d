import Flows
import Replay
import TestSupport
import Testing
import Values

@Suite struct CarriedEventsTests {
  struct Input: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let inputs: Object
    let carries: [Text]

    init(_ name: String, _ inputs: Object, _ carries: [Text]) {
      testDescription = name
      self.inputs = inputs
      self.carries = carries
    }
  }

  @Test(arguments: [
    Input("an event", ["e": ["uuid": "a", "eventType": "x"]], ["a"]),
    Input("no type, no event", ["e": ["uuid": "a"]], []),
    Input(
      "events in lists",
      ["e": [["uuid": "a", "eventType": "x"], ["uuid": "b", "eventType": "y"]]],
      ["a", "b"]
    ),
    Input(
      "the same twice",
      ["e": [["uuid": "a", "eventType": "x"], ["uuid": "a", "eventType": "x"]]],
      ["a"]
    ),
    Input("a card's fields", ["e": ["UUID": "a", "Event Type": "x"]], ["a"]),
  ])
  func `the inputs of an execution tell which events they carry`(_ example: Input) throws {
    var main = FlowBuilder("main")
    main.card("start", "control:callable", outputs: ["e:any"])
    let flow = RecordedFlow(
      name: "",
      flows: [main],
      trigger: .call(arguments: example.inputs)
    )
    let recording = try flow.inMemory(try flow.header())
    #expect(recording.executions.first?.carries == example.carries)
  }
}
