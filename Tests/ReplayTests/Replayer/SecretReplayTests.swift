import Flows
import Replay
import TestSupport
import Testing
import Values

/// Runs with secrets are recorded without them, and replay without them.
@Suite struct SecretReplayTests {
  @Test(arguments: CardSample.all)
  func `a card whose constants are secrets does the same, and replays without them`(
    _ sample: CardSample
  ) throws {
    let flow = try SecretFlow(sample.flows())
    let plain = RunInMemory.record(
      try RunInMemory.program(sample.flows()),
      trigger: sample.trigger
    )
    let recording = RunInMemory.record(flow.program, trigger: sample.trigger)
    #expect(recording.steps.map(\.path) == plain.steps.map(\.path))
    #expect(recording.steps.map(\.status) == plain.steps.map(\.status))
    #expect(flow.leaks(in: recording) == [])
    let replay = Replayer.replay(recording, flow.withoutSecrets)
    #expect(replay.outcome == .identical, "\(JSON.text(replay.value))")
    #expect(Replayer.replay(recording, flow.program).outcome == .identical)
    let differ = Differ(old: flow.withoutSecrets, new: flow.withoutSecrets)
    let result = differ.diff(recording)
    #expect(result.verdict == .identical, "\(JSON.text(result.value))")
    #expect(result.proof == .proven)
  }

  @Test(arguments: Self.flows)
  func `a secret stays a secret wherever a flow takes it`(_ example: Example) throws {
    let flow = try SecretFlow(example.flows) { $0.contains("canary") }
    let recording = RunInMemory.record(flow.program) { request in
      example.answer(request)
    }
    let plain = RunInMemory.record(try RunInMemory.program(example.flows)) { example.answer($0) }
    #expect(recording.steps.map(\.path) == plain.steps.map(\.path))
    #expect(recording.steps.map(\.status) == plain.steps.map(\.status))
    #expect(flow.leaks(in: recording) == [])
    let replay = Replayer.replay(recording, flow.withoutSecrets)
    #expect(replay.outcome == .identical, "\(JSON.text(replay.value))")
    let result = Differ(old: flow.withoutSecrets, new: flow.withoutSecrets).diff(recording)
    #expect(result.verdict == .identical, "\(JSON.text(result.value))")
  }

  private static func signing(with key: Text) -> FlowBuilder {
    var flow = start
    flow.card(
      "post",
      "httpfunctions:post",
      ["Request/Headers:object": .constant(["Authorization": .text("Bearer " + key)])]
    )
    flow.card(
      "sign",
      "crypto:hmac",
      [
        "algorithm": .constant("sha256"), "key": .constant(.text(key)), "data": .constant("d"),
      ],
      outputs: ["output"]
    )
    flow.card("send", "slack:send", ["text": .wire("sign.output")])
    return flow
  }

  @Test func `a secret that changed is a changed argument, and what it makes is unknown`() throws {
    let old = try SecretFlow([Self.signing(with: "canary-1")]) { $0.contains("canary") }
    let new = try SecretFlow([Self.signing(with: "canary-2")]) { $0.contains("canary") }
    let recording = RunInMemory.record(old.program)
    let result = Differ(old: old.withoutSecrets, new: new.withoutSecrets).diff(recording)
    #expect(result.verdict == .changed)
    #expect(result.changes.map(\.step) == ["post"])
    #expect(result.changes.map(\.path) == ["Request/Headers.Authorization"])
    #expect(result.missing.map(\.step) == ["sign"])
    #expect(result.notCompared.map(\.step) == ["send"])
    #expect(!JSON.text(result.value).contains("canary"))
  }

  @Test func `a digest that was altered is found at the step that was given it`() throws {
    let flow = try SecretFlow([Self.signing(with: "canary-1")]) { $0.contains("canary") }
    var alteration = Alteration(RunInMemory.record(flow.program))
    let place = try #require(alteration.steps.firstIndex { $0.path == "sign" })
    let step = alteration.steps[place]
    alteration.steps[place] = RecordedStep(
      ordinal: step.ordinal,
      execution: step.execution,
      path: step.path,
      card: step.card,
      address: step.address,
      name: step.name,
      status: step.status,
      inputs: step.inputs,
      outputs: ["output": "[secret s0 AAAAAAAAAAAAAAAAAAAAAA]"]
    )
    let divergence = Replayer.replay(alteration.recording, flow.withoutSecrets).divergence
    #expect(divergence?.step == "send")
  }

  struct Example: Sendable, CustomTestStringConvertible {
    let name: String
    let flows: [FlowBuilder]
    var answer: @Sendable (EffectRequest) -> Answer = { _ in RunInMemory.done }
    var testDescription: String { name }
  }

  static let flows: [Example] = [
    Example(name: "into a request", flows: [requests]),
    Example(name: "through a helper", flows: helpers),
    Example(name: "into each item of a list", flows: loops),
    Example(name: "through the arms of a condition", flows: [arms]),
    Example(name: "into an error", flows: [errors]),
    Example(name: "into what ends a flow", flows: [stops]),
    Example(name: "into a signature", flows: [signatures]),
    Example(name: "into a reply", flows: [replies]),
    Example(name: "into a table", flows: [tables]),
    Example(
      name: "into If/ElseIf",
      flows: [branches("canary-1")]
    ),
    Example(name: "into the other body", flows: [branches("x canary")]),
    Example(
      name: "into what an error flow is told",
      flows: told,
      answer: { $0.path == "ask" ? .notFound : RunInMemory.done }
    ),
  ]
}

// MARK: - Flows

extension SecretReplayTests {
  private static var start: FlowBuilder {
    var flow = FlowBuilder("main")
    flow.card("start", "control:callable")
    return flow
  }

  private static var requests: FlowBuilder {
    var flow = start
    flow.card(
      "head",
      "object:construct",
      [
        "Authorization": .custom(.constant("Bearer canary-1")),
        "Accept": .custom(.constant("text/html")),
      ],
      outputs: ["output:object"]
    )
    flow.card(
      "body",
      "string:compose",
      ["_text_": .constant("{\"token\":\"canary-2\",\"to\":\"{{{to}}}\"}"), "to": .constant("me")],
      outputs: ["output"]
    )
    flow.card(
      "post",
      "httpfunctions:post",
      [
        "Request/URL": .constant("https://example.com/?key=canary-3"),
        "Request/Headers:object": .wire("head.output"), "Request/Body": .wire("body.output"),
      ],
      outputs: ["Response/Body:object"]
    )
    flow.card("after", "control:let", ["v": .wire("post.Response/Body")], outputs: ["v"])
    return flow
  }

  private static var helpers: [FlowBuilder] {
    var flow = start
    flow.card("key", "control:let", ["v": .constant("canary-1")], outputs: ["v"])
    flow.card(
      "call",
      "control:spawn",
      [
        "flo:flo": .flow("helper"), "key": .wire("key.v"),
        "headers:object": .constant(["x": "canary-2"]),
        "other": .constant("o"),
      ],
      outputs: ["made", "told", "group/inner"]
    )
    flow.card("use", "slack:send", ["text": .wire("call.made"), "more": .wire("call.told")])
    var helper = FlowBuilder("helper")
    helper.card("h", "control:callable", outputs: ["key", "headers:object", "other"])
    helper.card("up", "string:toUpperCase", ["string": .wire("h.key")], outputs: ["output"])
    helper.card(
      "post",
      "httpfunctions:post",
      ["Request/Headers:object": .wire("h.headers"), "Request/URL": .wire("h.other")]
    )
    helper.card(
      "end",
      "control:return",
      ["made": .wire("up.output"), "told": .wire("h.other"), "group/inner": .wire("h.key")],
      outputs: ["made", "told", "group/inner"]
    )
    return [flow, helper]
  }

  private static var loops: [FlowBuilder] {
    var flow = start
    flow.card(
      "list",
      "list:construct",
      ["a": .custom(.constant("canary-1")), "b": .custom(.constant("canary-2"))],
      outputs: ["output:string[]"]
    )
    for (name, address) in [
      ("each", "list:each"), ("soft", "list:asyncEach"), ("map", "list:map"),
      ("filter", "list:filter"),
    ] {
      flow.card(
        name,
        address,
        [
          "list:string[]": .wire("list.output"), "flo:flo": .flow("item"), "value": .item(""),
          "fixed": .fixed(.constant("canary-3")),
        ],
        outputs: ["output:string[]"]
      )
    }
    flow.card(
      "text",
      "list:join",
      ["list:string[]": .wire("map.output"), "separator": .constant("-")],
      outputs: ["output"]
    )
    flow.card(
      "size",
      "list:length",
      ["list:string[]": .wire("filter.output")],
      outputs: ["output:number"]
    )
    var item = FlowBuilder("item")
    item.card("h", "control:callable", outputs: ["value", "fixed"])
    item.card("send", "slack:send", ["text": .wire("h.value"), "more": .wire("h.fixed")])
    item.card("end", "control:return", ["v": .wire("h.value")], outputs: ["v"])
    return [flow, item]
  }

  private static var arms: FlowBuilder {
    var flow = start
    flow.card("key", "control:let", ["v": .constant("canary-1")], outputs: ["v"])
    flow.ifElse(
      "if",
      [
        "left-operand": .wire("key.v"), "operator": .constant("=="),
        "right-operand": .constant("canary-1"),
      ],
      joined: [("picked", "one.v", "two.v")],
      whenTrue: { $0.card("one", "control:let", ["v": .wire("key.v")], outputs: ["v"]) },
      whenFalse: { $0.card("two", "control:let", ["v": .constant("open")], outputs: ["v"]) }
    )
    flow.card("send", "slack:send", ["text": .wire("if-join.picked")])
    flow.card("end", "control:return", ["v": .wire("if-join.picked")], outputs: ["v"])
    return flow
  }

  private static var errors: FlowBuilder {
    var flow = start
    var inner = FlowBuilder("try")
    inner.card("in", "control:callable")
    inner.card(
      "sign",
      "crypto:hmac",
      ["algorithm": .constant("canary-1"), "key": .constant("k"), "data": .constant("d")],
      outputs: ["output"]
    )
    var handler = FlowBuilder("catch")
    handler.card("caught", "control:callable", outputs: ["context/error:object"])
    handler.card("tell", "slack:send", ["text:object": .wire("caught.context/error")])
    flow.card(
      "guard",
      "control:tryCatch",
      ["try:flo": .inline(inner)],
      policy: ["type": "handler", "flo": handler.body]
    )
    flow.card(
      "boom",
      "control:throw",
      ["message": .constant("no canary-2"), "detail": .custom(.constant("canary-3"))]
    )
    return flow
  }

  private static var stops: FlowBuilder {
    var flow = start
    flow.card("key", "control:let", ["v": .constant("canary-1")], outputs: ["v"])
    flow.card(
      "stop",
      "control:continueIf",
      [
        "left-operand": .wire("key.v"), "operator": .constant("=="),
        "right-operand": .constant("b"), "otherwise/message": .wire("key.v"),
      ],
      outputs: ["message"]
    )
    return flow
  }

  private static var signatures: FlowBuilder {
    var flow = start
    flow.card(
      "sign",
      "jwt:sign",
      [
        "key": .constant("canary-1"), "options/algorithm": .constant("HS256"),
        "payload/name": .constant("Ada"),
      ],
      outputs: ["token"]
    )
    flow.card(
      "code",
      "crypto:hmac",
      [
        "algorithm": .constant("sha256"), "key": .constant("canary-2"), "data": .wire("sign.token"),
      ],
      outputs: ["output"]
    )
    flow.card(
      "send",
      "httpfunctions:post",
      ["Request/Body": .wire("code.output"), "Request/Headers": .wire("sign.token")]
    )
    flow.card("zone", "date:now", outputs: ["date:Date"])
    return flow
  }

  private static var replies: FlowBuilder {
    var flow = FlowBuilder("main")
    flow.card("start", "http:accept")
    flow.card(
      "end",
      "control:returnRaw",
      [
        "statusCode:number": .constant(200), "body": .constant("here: canary-1"),
        "headers:object": .constant(["x": "canary-2"]),
      ],
      outputs: ["statusCode:number", "body", "headers:object"]
    )
    return flow
  }

  private static var tables: FlowBuilder {
    var flow = start
    flow.card(
      "write",
      "stash:create",
      ["parameters/stash": .constant("t1"), "Columns/a": .constant("canary-1")]
    )
    return flow
  }

  private static func branches(_ compared: String) -> FlowBuilder {
    func body(_ id: String) -> FlowBuilder {
      var body = FlowBuilder(id)
      body.card("\(id)-start", "control:callable")
      body.card(
        "\(id)-end",
        "control:return",
        ["output": .constant(.text(Text("canary-9 \(id)")))],
        outputs: ["output"]
      )
      return body
    }
    var flow = start
    flow.card(
      "branch",
      "control:branch",
      [
        "if/left-operand": .constant("canary-1"), "if/operator": .constant("=="),
        "if/right-operand": .constant(.text(Text(compared))), "if/flo:flo": .inline(body("yes")),
        "else/flo:flo": .inline(body("no")),
      ],
      outputs: ["output"]
    )
    flow.card("send", "slack:send", ["text": .wire("branch.output")])
    return flow
  }

  private static var told: [FlowBuilder] {
    var flow = start
    flow.card(
      "ask",
      "okta:readUser",
      ["id": .constant("ada"), "key": .custom(.constant("canary-1"))],
      outputs: ["x"],
      policy: ["type": "flo", "flo": "helper"]
    )
    var helper = FlowBuilder("helper")
    helper.card("h", "control:callable", outputs: ["key", "context/error:object"])
    helper.card(
      "tell",
      "slack:send",
      ["text": .wire("h.key"), "error:object": .wire("h.context/error")]
    )
    return [flow, helper]
  }
}
