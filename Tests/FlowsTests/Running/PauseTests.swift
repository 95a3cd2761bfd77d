import Flows
import TestSupport
import Testing
import Values

@Suite struct PauseTests {
  private static func run(
    _ card: String,
    _ inputs: KeyValuePairs<String, FlowInput>,
    outputs: [String],
    endpoint: Bool = false,
    answer: @escaping (EffectRequest) -> Answer
  ) throws -> ScriptedRun {
    var main = FlowBuilder("main")
    main.card("start", endpoint ? "http:accept" : "control:callable")
    main.card("pause", card, inputs, outputs: outputs)
    main.card("after", "control:noop")
    return try ScriptedRun(
      [main],
      trigger: endpoint ? .http(HTTPRequest()) : .manual,
      answer: answer
    )
  }

  @Test func `a pause asks with its inputs, and the call that resumes gives its outputs`() throws {
    let run = try Self.run(
      "control:pause",
      ["question": .constant("May I?")],
      outputs: ["reply", "other"]
    ) { _ in
      .outputs(ConnectorAnswer(outputs: ["reply": "yes", "unasked": 1]))
    }
    let request = try #require(run.requests.first?.connectorRequest)
    #expect(request.method == .pause)
    #expect(request.inputs == ["question": "May I?"])
    #expect(run.requests.count == 1)
    #expect(run.output("reply", of: "pause") == "yes")
    #expect(run.output("other", of: "pause") == .null)
    #expect(run.paths == ["start", "pause", "after"])
  }

  @Test func `an endpoint's caller has the inputs before the flow is resumed`() throws {
    var main = FlowBuilder("main")
    main.card("start", "http:accept")
    main.card("pause", "control:pause", ["question": .constant("May I?")])
    main.card("end", "control:return", ["late": .constant("x")], outputs: ["late"])
    var interpreter = Interpreter(try ScriptedRun.program([main]), executionID: "root")
    guard case .needs = interpreter.start(.http(HTTPRequest())) else {
      Issue.record("nothing was asked")
      return
    }
    #expect(interpreter.response?.statusCode == 200)
    #expect(interpreter.response?.body == "{\"question\":\"May I?\"}")
    _ = interpreter.resume(with: .outputs(ConnectorAnswer(outputs: [:])))
    #expect(interpreter.response?.body == "{\"question\":\"May I?\"}")
  }

  @Test func `a raw pause says itself what the caller receives`() throws {
    let run = try Self.run(
      "control:pauseRaw",
      [
        "statusCode:number": .constant(202), "headers:object": .constant(["x": "y"]),
        "body": .constant("wait"),
      ],
      outputs: ["headers:object", "body"],
      endpoint: true
    ) { _ in
      .outputs(ConnectorAnswer(outputs: ["headers": ["a": "b"], "body": "{}"]))
    }
    #expect(run.outcome.response == HTTPAnswer(statusCode: 202, headers: ["x": "y"], body: "wait"))
    #expect(run.requests.first?.connectorRequest?.method == .pauseRaw)
    #expect(run.output("body", of: "pause") == "{}")
  }

  @Test func `a pause that nobody ends has unknown outputs, and one that fails is an error`() throws
  {
    let open = try Self.run("control:pause", [:], outputs: ["reply"]) { _ in
      .unknown(Unknown(requests: [0]))
    }
    #expect(open.step("pause")?.status == .unanswered)
    #expect(open.output("reply", of: "pause")?.isUnknown == true)
    #expect(open.paths.contains("after"))
    let late = try Self.run("control:pause", [:], outputs: ["reply"]) { _ in
      .failure(CardError(kind: .timeout, message: "30 days have passed."))
    }
    #expect(late.outcome.end.error?.error.kind == .timeout)
  }
}
