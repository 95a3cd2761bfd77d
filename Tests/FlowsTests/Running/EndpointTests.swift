import Flows
import TestSupport
import Testing
import Values

@Suite struct EndpointTests {
  private static func endpoint(_ build: (inout FlowBuilder) -> Void) -> FlowBuilder {
    var main = FlowBuilder("main")
    main.card(
      "api",
      "http:accept",
      outputs: [
        "raw/headers:object", "raw/body", "raw/query", "body/user", "headers/x-key", "query/page",
        "context/execution_id",
      ]
    )
    build(&main)
    return main
  }

  private static let request = Trigger.http(
    HTTPRequest(
      headers: ["X-Key": "k"],
      body: "{\"user\":\"Ada\"}",
      query: "page=2&q=a%20b+c"
    )
  )

  @Test func `a request is taken apart by group and key`() throws {
    let run = try ScriptedRun([Self.endpoint { _ in }], trigger: Self.request)
    let outputs = try #require(run.step("api")?.namedOutputs)
    #expect(outputs["raw/headers"] == ["x-key": "k"])
    #expect(outputs["raw/body"] == "{\"user\":\"Ada\"}")
    #expect(outputs["body/user"] == "Ada")
    #expect(outputs["headers/x-key"] == "k")
    #expect(outputs["query/page"] == "2")
    #expect(outputs["context/execution_id"] == "root")
  }

  @Test func `a body that does not parse leaves its fields null`() throws {
    let run = try ScriptedRun(
      [Self.endpoint { _ in }],
      trigger: .http(HTTPRequest(body: "user=Ada"))
    )
    #expect(run.output("body/user", of: "api") == .null)
    #expect(run.output("raw/body", of: "api") == "user=Ada")
  }

  @Test func `a flow that answers nothing answers 200 with an empty body`() throws {
    let run = try ScriptedRun([Self.endpoint { _ in }], trigger: Self.request)
    #expect(run.outcome.response == .empty)
  }

  @Test func `a Return answers its fields as JSON`() throws {
    let flow = Self.endpoint {
      $0.card("end", "control:return", ["ok": .constant("yes")], outputs: ["ok"])
    }
    let run = try ScriptedRun([flow], trigger: Self.request)
    #expect(run.outcome.response?.statusCode == 200)
    #expect(run.outcome.response?.body == "{\"ok\":\"yes\"}")
  }

  @Test func `the first answer wins and the flow goes on`() throws {
    let flow = Self.endpoint {
      $0.card("close", "httpfunctions:close", ["Response/statusCode:number": .constant(202)])
      $0.card(
        "end",
        "control:returnRaw",
        [
          "statusCode:number": .constant(400), "headers:object": .constant([:]),
          "body": .constant("x"),
        ],
        outputs: ["statusCode:number", "headers:object", "body"]
      )
    }
    let run = try ScriptedRun([flow], trigger: Self.request)
    #expect(run.outcome.response?.statusCode == 202)
    #expect(run.step("end") != nil)
  }

  @Test func `a Return Raw inside If Error answers and leaves only the body`() throws {
    var body = FlowBuilder("body")
    body.card("start", "control:callable")
    body.card(
      "raw",
      "control:returnRaw",
      [
        "statusCode:number": .constant(418), "headers:object": .constant([:]),
        "body": .constant("tea"),
      ],
      outputs: ["statusCode:number", "headers:object", "body"]
    )
    var handler = FlowBuilder("handler")
    handler.card("start", "control:callable")
    let flow = Self.endpoint {
      $0.card(
        "try",
        "control:tryCatch",
        ["flo:flo": .inline(body)],
        policy: ["type": "handler", "flo": handler.body]
      )
      $0.card("after", "control:noop")
    }
    let run = try ScriptedRun([flow], trigger: Self.request)
    #expect(run.outcome.response?.statusCode == 418)
    #expect(run.step("after") != nil)
  }

  @Test func `a failure answers with its status`() throws {
    let flow = Self.endpoint {
      $0.card(
        "boom",
        "control:throw",
        ["statusCode:number": .constant(403), "message": .constant("no")]
      )
    }
    let run = try ScriptedRun([flow], trigger: Self.request)
    #expect(run.outcome.response?.statusCode == 403)
  }

  @Test(arguments: [
    Trigger.manual, .call(arguments: ["a": 1]), .scheduled(at: Instant(milliseconds: 5)),
    .delegated(inputs: ["x": "y"], user: "u"), .delegated(inputs: [:], user: nil),
    .events([["Output": ["a": "b"]]]), request,
  ])
  func `a trigger survives its recorded form`(_ trigger: Trigger) throws {
    let value = try RecordedValue.decode(RecordedValue.encode(trigger.value))
    #expect(Trigger(value) == trigger)
  }

  @Test func `a schedule gives its time as ISO text`() throws {
    var main = FlowBuilder("main")
    main.overrides = [
      "scheduled": true,
      "cron": [
        "minutes": "0", "hours": "4", "dayOfTheMonth": "*", "month": "*", "dayOfTheWeek": "*",
        "timeZone": "Europe/Berlin",
      ],
    ]
    main.card("start", "control:callable", outputs: ["context/execution_time"])
    let run = try ScriptedRun([main], trigger: .scheduled(at: Instant(milliseconds: 0)))
    #expect(run.output("context/execution_time", of: "start") == "1970-01-01T00:00:00.000Z")
    let program = try ScriptedRun.program([main])
    guard case .scheduled(let cron) = program.trigger else {
      Issue.record("the flow is scheduled")
      return
    }
    #expect(cron.description == "00 0 4 * * * Europe/Berlin")
  }
}
