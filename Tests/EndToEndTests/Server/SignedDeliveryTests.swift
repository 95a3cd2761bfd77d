import Crypto
import Foundation
import TestSupport
import Testing
import Values

/// Senders that sign what they send.
@Suite(.waiting) struct SignedDeliveryTests {
  private static let secret = "8f742231b10e8888abcd99yyyzzz85a5"

  private static func signed(_ body: String, at time: Int) -> [(String, String)] {
    let key = SymmetricKey(data: Array(secret.utf8))
    let code = HMAC<SHA256>.authenticationCode(for: Array("v0:\(time):\(body)".utf8), using: key)
    let digits = code.map { String(format: "%02x", $0) }.joined()
    return [("X-Slack-Request-Timestamp", "\(time)"), ("X-Slack-Signature", "v0=\(digits)")]
  }

  private static func withSlackHook(_ body: (ProgramStore, ServedStore) throws -> Void) throws {
    try withProgramStore { store in
      try write(secret + "\n", to: store.folder + "/secret")
      _ = try store.addHook(
        #"{"name":"slack","format":"slack"}"#,
        "--secret-file",
        store.folder + "/secret"
      )
      try withServedStore(store) { try body(store, $0) }
    }
  }

  @Test func `Slack's question whether the address is ours is answered, and is no event`() throws {
    try Self.withSlackHook { store, served in
      let body = #"{"token":"x","challenge":"3eZbrw1aBm2rZgRN","type":"url_verification"}"#
      let answer = try HTTPExchange(
        "POST",
        "/hooks/slack",
        port: served.port,
        Self.signed(body, at: Int(Date().timeIntervalSince1970)),
        body: Array(body.utf8)
      )
      #expect(answer.status == 200)
      #expect(answer.text == #"{"challenge":"3eZbrw1aBm2rZgRN"}"#)
      #expect(try store.events("inbound.slack").isEmpty)
    }
  }

  @Test func `a Slack event is kept, an altered, late or unsigned one is refused`() throws {
    try Self.withSlackHook { store, served in
      let now = Int(Date().timeIntervalSince1970)
      let body =
        #"{"team_id":"T1","event":{"type":"message","user":"U1","text":"hello","ts":"1.2"},"#
        + #""type":"event_callback","event_id":"Ev1","event_time":1790000000}"#
      let cases: [([(String, String)], String)] = [
        (Self.signed(body, at: now), body), (Self.signed(body, at: now), body + " "),
        (Self.signed(body, at: now - 400), body), ([], body),
      ]
      let statuses = try cases.map { fields, body in
        try HTTPExchange(
          "POST",
          "/hooks/slack",
          port: served.port,
          fields,
          body: Array(body.utf8)
        ).status
      }
      #expect(statuses == [204, 401, 401, 401])
      #expect(try store.events("inbound.slack").map { $0["id"] } == ["Ev1"])
      #expect(try store.events("delivery.refused").count == 3)
    }
  }

  @Test(
    .enabled(if: ClientProcess.isPresent, "needs make clients"),
    arguments: ["slack", "standardwebhooks"]
  )
  func `what the senders' own libraries sign is accepted`(_ library: String) throws {
    let body = #"{"type":"event_callback","event_id":"Ev-\#(library)","event":{"type":"message"}}"#
    let isSlack = library == "slack"
    try withProgramStore { store in
      let secret = isSlack ? Self.secret : "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
      try write(secret, to: store.folder + "/secret")
      _ = try store.addHook(
        #"{"name":"h","format":"json","proof":"\#(isSlack ? "slack" : "standard-webhooks")"}"#,
        "--secret-file",
        store.folder + "/secret"
      )
      let fields = try ClientProcess.output("sign.py", [library, secret, body])
        .split(separator: "\n").compactMap { line -> (String, String)? in
          let parts = line.split(separator: ":", maxSplits: 1).map(String.init)
          return parts.count == 2 ? (parts[0], parts[1].trimmingCharacters(in: .whitespaces)) : nil
        }
      #expect(fields.count >= 2)
      try withServedStore(store) { served in
        let statuses = try [body, body + " "].map {
          try HTTPExchange("POST", "/hooks/h", port: served.port, fields, body: Array($0.utf8))
            .status
        }
        #expect(statuses == [204, 401])
      }
    }
  }
}

/// Previews, delivered as the senders would.
@Suite(.waiting) struct HookPreviewTests {
  @Test(arguments: [
    "header", "token", "typeform", "standard-webhooks", "github", "stripe", "slack",
  ])
  func `a preview proves itself as the hook asks for`(_ proof: String) throws {
    try withProgramStore { store in
      let secret =
        proof == "standard-webhooks"
        ? "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw" : "a secret of some length"
      try write(secret + "\n", to: store.folder + "/secret")
      let definition =
        #"{"name":"h","format":"okta-event-hook","proof":"\#(proof)","#
        + #""events":[{"type":"user.session.start"}]}"#
      _ = try store.addHook(definition, "--secret-file", store.folder + "/secret")
      try withServedStore(store) { served in
        let at = ["--url", "http://127.0.0.1:\(served.port)/"]
        let run = try store.must(
          ["hook", "test", "h", "--json", "--secret-file", store.folder + "/secret"] + at
        )
        let steps = try run.objects().filter { $0.has("step") }
        #expect(steps.map { $0.string("step") } == ["verification", "delivery"])
        #expect(steps.allSatisfy { $0["taken"] == true })
        try write("another secret, as long", to: store.folder + "/wrong")
        guard proof != "standard-webhooks" else { return }
        let refused = try store.run(
          ["hook", "test", "h", "--secret-file", store.folder + "/wrong"] + at
        )
        #expect(refused.status == 2)
        #expect(refused.output.contains("401"))
      }
      #expect(try store.events("inbound.okta-system-log").count == 1)
    }
  }

  @Test func `a preview that the hook's filter keeps out is told as such`() throws {
    try withProgramStore { store in
      _ = try store.addHook(
        #"{"name":"h","format":"okta-event-hook","proof":"nothing","events":["#
          + #"{"type":"user.session.start","filter":"event.actor.id eq 'somebody'"}]}"#
      )
      try withServedStore(store) { served in
        let at = ["hook", "test", "h", "--url", "http://127.0.0.1:\(served.port)/"]
        let run = try store.run(at)
        #expect(run.status == 2)
        #expect(run.output.contains("delivery  204  kept out by the hook's filter"))
        let event =
          #"{"eventId":"d","data":{"events":[{"uuid":"e","#
          + #""eventType":"user.session.start","actor":{"id":"somebody"}}]}}"#
        try write(event, to: store.folder + "/event.json")
        let taken = try store.run(at + ["--event", store.folder + "/event.json"])
        #expect(taken.status == 0)
        #expect(taken.output.contains("delivery  204  taken"))
      }
      #expect(try store.events("delivery.filtered").count == 1)
    }
  }

  @Test func `a server that is not there is told`() throws {
    try withProgramStore { store in
      _ = try store.addHook(#"{"name":"h","format":"json","proof":"nothing"}"#)
      try write("{}", to: store.folder + "/event.json")
      let run = try store.run(
        "hook",
        "test",
        "h",
        "--event",
        store.folder + "/event.json",
        "--url",
        "http://127.0.0.1:1"
      )
      #expect(run.status == 1)
      #expect(run.messages.contains("127.0.0.1:1"))
    }
  }
}
