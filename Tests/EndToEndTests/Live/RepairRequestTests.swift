import Foundation
import TestSupport
import Testing
import Values

/// Repairs of flows whose requests hold what is another in each run: ids of executions, signatures, secrets.
@Suite(.waiting) struct RepairRequestTests {
  /// A key of a public example.
  private static let pem = """
    -----BEGIN PRIVATE KEY-----
    MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgJEmsckGcF+5AUAow
    D61jGjnuf5ZnUVlA93FeFr4Ki6ehRANCAAQWJ+8ycf/3vmV9/Nc1d+wpBtqLQ8ZF
    /M7pYfJUmxU4RwyPf+hQb9pxCcCqnhPY8SMigk7tMc6o3+rQ1fHxrjGa
    -----END PRIVATE KEY-----
    """

  /// A post to an address whose header `X-Id` comes from a wire.
  private static func post(
    _ flow: inout FlowBuilder,
    _ repaired: RepairedStore,
    _ name: String,
    id source: String
  ) {
    flow.card(
      "\(name)-fields",
      "object:construct",
      ["X-Id": .custom(.wire(source))],
      outputs: ["output:object"]
    )
    repaired.ask(
      &flow,
      name,
      "post",
      [
        "Request/URL": repaired.address(name),
        "Request/Headers:object": .wire("\(name)-fields.output"),
      ]
    )
  }

  @Test func `a flow that sends its own id sends that of the failed execution`() throws {
    try RepairedStore.with { repaired in
      var main = FlowBuilder("notify")
      main.card("start", "control:callable", outputs: ["context/execution_id"])
      Self.post(&main, repaired, "ticket", id: "start.context/execution_id")
      main.card("call", "control:spawn", ["flo:flo": .flow("one")])
      Self.post(&main, repaired, "message", id: "start.context/execution_id")
      var one = FlowBuilder("one")
      one.card(
        "in",
        "control:callable",
        outputs: ["context/execution_id", "context/parent:object"]
      )
      Self.post(&one, repaired, "child", id: "in.context/execution_id")
      repaired.ask(
        &one,
        "parent",
        "post",
        [
          "Request/URL": repaired.address("parent"),
          "Request/Body:object": .wire("in.context/parent"),
        ]
      )
      try repaired.store.add([main, one])
      repaired.service.refuse("POST /message")
      let failed = try repaired.runFlow()
      repaired.service.refuse()
      #expect(try repaired.plan().actions == ["reuse", "reuse", "reuse", "send"])
      let by = try #require(try repaired.apply().first).string("by")
      let ids = repaired.server.requests.map { $0.field("x-id") }
      #expect(repaired.server.requests.count == 5)
      #expect(ids.first == failed)
      #expect(ids.last == failed)
      #expect(by != failed)
      try repaired.store.must("replay", by)
      #expect(try repaired.execution(failed).string("resolvedBy") == by)
    }
  }

  @Test func `what is done anew is done under an id of its own`() throws {
    try RepairedStore.with { repaired in
      var main = FlowBuilder("notify")
      main.card("start", "control:callable", outputs: ["context/execution_id"])
      Self.post(&main, repaired, "message", id: "start.context/execution_id")
      try repaired.store.add([main])
      repaired.service.refuse("POST /message")
      try repaired.runFlow()
      repaired.service.refuse()
      try repaired.plan("--from-start")
      let by = try #require(try repaired.apply().first).string("by")
      #expect(repaired.server.requests.last?.field("x-id") == by)
      try repaired.store.must("replay", by)
    }
  }

  /// A flow that signs what it sends: with a key, by lot or not, and with a token as it is.
  private static func signing(
    _ repaired: RepairedStore,
    _ algorithm: String,
    key: String,
    token: String = "canary-bearer-1a8F/x==",
    subject: String = "ada"
  ) -> FlowBuilder {
    var flow = FlowBuilder("notify")
    flow.card("start", "control:callable")
    flow.card(
      "sign",
      "jwt:sign",
      [
        "key": .constant(.text(Text(key))), "options/algorithm": .constant(.text(Text(algorithm))),
        "payload/sub": .custom(.constant(.text(Text(subject)))),
      ],
      outputs: ["token"]
    )
    post(&flow, repaired, "ticket", id: "sign.token")
    repaired.ask(
      &flow,
      "fixed",
      "post",
      [
        "Request/URL": repaired.address("fixed"),
        "Request/Headers:object": .constant(["Authorization": .text(Text("Bearer \(token)"))]),
      ]
    )
    post(&flow, repaired, "message", id: "sign.token")
    return flow
  }

  @Test(arguments: ["ES256", "HS256"])
  func `what was signed is recognised, also where the signature is drawn by lot`(
    algorithm: String
  ) throws {
    try RepairedStore.with { repaired in
      let key = algorithm == "ES256" ? Self.pem : "canary-jwt-6d5C"
      try repaired.store.add([
        Self.signing(repaired, algorithm, key: key, token: "canary-bearer-1a8F/x==")
      ])
      repaired.service.refuse("POST /message")
      try repaired.runFlow()
      repaired.service.refuse()
      #expect(try repaired.plan().actions == ["reuse", "reuse", "send"])
      #expect(try repaired.apply().map { $0.string("outcome") } == ["repaired"])
      #expect(
        ["ticket", "fixed", "message"].map { repaired.service.count("POST /\($0)") } == [1, 1, 1]
      )
    }
  }

  @Test(arguments: ["ES256", "HS256"])
  func `what was done with secrets that were replaced since is recognised by their names`(
    algorithm: String
  ) throws {
    try RepairedStore.with { repaired in
      let key = algorithm == "ES256" ? Self.pem : "canary-jwt-6d5C"
      try repaired.store.add([
        Self.signing(repaired, algorithm, key: key, token: "canary-bearer-1a8F/x==")
      ])
      repaired.service.refuse("POST /message")
      try repaired.runFlow()
      repaired.service.refuse()
      let other = algorithm == "ES256" ? key : "canary-jwt-7e6D"
      try repaired.store.add([
        Self.signing(repaired, algorithm, key: other, token: "canary-bearer-2b9G/x==")
      ])
      #expect(try repaired.plan().actions == ["reuse", "reuse", "send"])
      #expect(try repaired.apply().map { $0.string("outcome") } == ["repaired"])
      #expect(
        ["ticket", "fixed", "message"].map { repaired.service.count("POST /\($0)") } == [1, 1, 1]
      )
    }
  }

  @Test(arguments: [("send", 2), ("skip", 1)])
  func `what is signed by lot and is something else waits for a decision`(
    decision: String,
    tickets: Int
  ) throws {
    try RepairedStore.with { repaired in
      try repaired.store.add([Self.signing(repaired, "ES256", key: Self.pem)])
      repaired.service.refuse("POST /message")
      try repaired.runFlow()
      repaired.service.refuse()
      try repaired.store.add([Self.signing(repaired, "ES256", key: Self.pem, subject: "eve")])
      #expect(try repaired.plan(endWith: 2).actions == ["changed", "reuse", "send"])
      try repaired.decide(decision, of: "changed")
      #expect(try repaired.apply().map { $0.string("outcome") } == ["repaired"])
      #expect(
        ["ticket", "fixed", "message"].map { repaired.service.count("POST /\($0)") }
          == [tickets, 1, 1]
      )
    }
  }

  @Test func `what a secret signs is compared where it signs the same each time`() throws {
    try RepairedStore.with { repaired in
      func flow(_ text: String) -> FlowBuilder {
        var flow = FlowBuilder("notify")
        flow.card("start", "control:callable")
        flow.card(
          "sign",
          "crypto:hmac",
          [
            "algorithm": .constant("sha256"), "key": .constant("canary-hmac-7f3A"),
            "data": .constant(.text(Text(text))), "digest": .constant("hex"),
          ],
          outputs: ["output"]
        )
        Self.post(&flow, repaired, "ticket", id: "sign.output")
        Self.post(&flow, repaired, "message", id: "sign.output")
        return flow
      }
      try repaired.store.add([flow("one")])
      repaired.service.refuse("POST /message")
      try repaired.runFlow()
      repaired.service.refuse()
      #expect(try repaired.plan().actions == ["reuse", "send"])
      try repaired.store.add([flow("two")])
      // What the key makes of another text nobody knows before it is made, but that it is another.
      #expect(try repaired.plan(endWith: 2).actions == ["changed", "send"])
      try repaired.decide("skip", of: "changed")
      #expect(try repaired.apply().map { $0.string("outcome") } == ["repaired"])
      #expect(["ticket", "message"].map { repaired.service.count("POST /\($0)") } == [1, 1])
    }
  }
}
