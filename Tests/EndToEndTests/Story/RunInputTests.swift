import TestSupport
import Testing
import Values

/// What a run by hand is given: the request of an endpoint, and names that a flow does not have.
@Suite struct RunInputTests {
  private var endpoint: FlowBuilder {
    var flow = FlowBuilder("endpoint")
    flow.card(
      "start",
      "http:accept",
      outputs: ["headers/authorization", "query/a", "body/name", "raw/query"]
    )
    flow.card(
      "end",
      "control:return",
      [
        "who": .wire("start.headers/authorization"), "a": .wire("start.query/a"),
        "name": .wire("start.body/name"),
      ],
      outputs: ["who", "a", "name"]
    )
    return flow
  }

  @Test func `an endpoint is asked with header, query and body`() throws {
    try withProgramStore { store in
      try store.add([endpoint])
      let run = try store.must(
        "--json",
        "run",
        "endpoint",
        "--input",
        "{\"name\":\"Ines\"}",
        "--header",
        "Authorization: Bearer x:y",
        "--query",
        "a=1%202",
        "--keep-secrets"
      ).firstObject()
      let steps = try store.must("show", run.string("execution"), "--json").objects()
      let end = try #require(steps.first { $0.string("card") == "end" })
      #expect(end["inputs"] == ["who": "Bearer x:y", "a": "1 2", "name": "Ines"])
      let wrong = try store.run("run", "endpoint", "--header", "nonsense")
      #expect(wrong.status == 1)
      #expect(wrong.messages.contains("write it as \"Name: value\""))
    }
  }

  @Test func `a name that the flow does not have is told of, and stops a live run`() throws {
    try withProgramStore { store in
      var flow = FlowBuilder("called")
      flow.card("start", "control:callable", outputs: ["user", "Group/id"])
      try store.add([flow])
      let fine = try store.must("run", "called", "--input", "{\"user\":1,\"Group\":{\"id\":2}}")
      #expect(!fine.messages.contains("no input"))
      let told = try store.must("run", "called", "--input", "{\"inputs\":{\"user\":1}}")
      #expect(told.messages.contains("has no input \"inputs\"; it has \"user\", \"Group/id\""))
      let live = try store.run("run", "called", "--input", "{\"usr\":1}", "--live")
      #expect(live.status == 1)
      #expect(live.messages.contains("has no input \"usr\""))
      let called = try store.run("run", "called", "--query", "a=1")
      #expect(called.messages.contains("is no API endpoint"))
    }
  }
}
