import Foundation
import TestSupport
import Testing
import Values

/// What comes in over HTTP: who is believed, what is kept, and what is answered.
@Suite(.waiting) struct ReceivedDeliveryTests {
  private static let okta =
    #"{"name":"builders","format":"okta-event-hook","events":[{"type":"group.user_membership.add","filter":"event.target.?[type eq 'UserGroup' && displayName eq 'No-Code Builders'].size() > 0"}]}"#
  private static let path = "/hooks/okta/builders"

  @Test func `Okta's question is answered to whoever has the secret`() throws {
    try withProgramStore { store in
      let secret = try store.addHook(Self.okta)
      try withServedStore(store) { served in
        func ask(_ secret: String, _ challenge: String) throws -> HTTPExchange {
          try HTTPExchange(
            "GET",
            Self.path,
            port: served.port,
            [("Authorization", secret), ("x-okta-verification-challenge", challenge)]
          )
        }
        let answer = try ask(secret, "a-challenge_1")
        #expect(answer.status == 200)
        #expect(answer.fields["content-type"] == "application/json")
        #expect(answer.text == #"{"verification":"a-challenge_1"}"#)
        #expect(try ask(secret + "x", "a").status == 401)
        #expect(try ask(secret, String(repeating: "a", count: 600)).status == 400)
        #expect(try HTTPExchange("GET", Self.path, port: served.port).status == 405)
      }
    }
  }

  @Test func `a delivery is in the log when it is answered, with the credential it came by`() throws
  {
    try withProgramStore { store in
      let secret = try store.addHook(Self.okta)
      try withServedStore(store) { served in
        let answer = try HTTPExchange(
          "POST",
          Self.path,
          port: served.port,
          [("Authorization", secret)],
          body: OktaDelivery.body(1)
        )
        #expect(answer.status == 204)
        served.kill()
      }
      let deliveries = try store.events("inbound.okta-event-hook")
      #expect(deliveries.map { $0["correlation"] } == ["hook-builders#k1"])
      #expect(try store.events("inbound.okta-system-log").count == 1)
    }
  }

  @Test func `the hook's filter lets only the builders through`() throws {
    try withProgramStore { store in
      let secret = try store.addHook(Self.okta)
      try withServedStore(store) { served in
        for (number, group) in ["Everyone", "No-Code Builders", "Sales"].enumerated() {
          let answer = try HTTPExchange(
            "POST",
            Self.path,
            port: served.port,
            [("Authorization", secret)],
            body: OktaDelivery.body(number, group: group)
          )
          #expect(answer.status == 204)
        }
      }
      #expect(try store.events("inbound.okta-system-log").map { $0["subject"] } == ["00u1"])
    }
  }

  @Test func `what is refused leaves a refusal without its secrets`() throws {
    try withProgramStore { store in
      let secret = try store.addHook(Self.okta)
      try withServedStore(store) { served in
        func post(_ fields: [(String, String)], _ body: [UInt8], to path: String = Self.path) throws
          -> Int
        {
          try HTTPExchange("POST", path, port: served.port, fields, body: body).status
        }
        let proof = [("Authorization", secret)]
        let deep = Array((#"{"a":"# + String(repeating: "[", count: 100_000)).utf8)
        let statuses = [
          try post([("Authorization", "guessed-secret")], OktaDelivery.body(1)),
          try post([], OktaDelivery.body(1)),
          try post(proof, Array("{broken".utf8)),
          try post(proof, Array("[1]".utf8)),
          try post(proof, [UInt8](repeating: 32, count: 1 << 20 + 1)),
          try post(proof + [("Content-Encoding", "gzip")], OktaDelivery.body(1)),
          try post(proof, deep),
          try post(proof, OktaDelivery.body(1), to: "/hooks/unknown"),
          try HTTPExchange("PUT", Self.path, port: served.port, proof, body: [1]).status,
        ]
        #expect(statuses == [401, 401, 400, 400, 413, 415, 400, 404, 405])
        // And who is healthy is served all the same.
        let healthy = try post(proof, OktaDelivery.body(7))
        #expect(healthy == 204)
      }
      let refusals = try store.events("delivery.refused")
      let statuses = refusals.compactMap { refusal -> Value? in
        if case .object(let data)? = refusal["data"] { data["status"] } else { nil }
      }
      #expect(statuses == [401, 401, 400, 400, 413, 415, 400])
      let log = try store.must("export", "--json").output
      #expect(!log.contains("guessed-secret") && !log.contains(secret))
      #expect(try store.events("inbound.okta-event-hook").count == 1)
    }
  }

  @Test func `what comes again is told as a repetition`() throws {
    try withProgramStore { store in
      let secret = try store.addHook(Self.okta)
      try withServedStore(store) { served in
        for _ in 0..<3 {
          let answer = try HTTPExchange(
            "POST",
            Self.path,
            port: served.port,
            [("Authorization", secret)],
            body: OktaDelivery.body(1)
          )
          #expect(answer.status == 204)
        }
      }
      #expect(try store.events("inbound.okta-event-hook").count == 1)
      let repeated = try store.events("delivery.repeated")
      #expect(repeated.count == 2)
      let first = try store.events("inbound.okta-event-hook").first?["position"]
      #expect(repeated.allSatisfy { $0["causation"] == first })
    }
  }

  @Test func `after a rotation both secrets are taken, and after a removal none`() throws {
    try withProgramStore { store in
      let secret = try store.addHook(Self.okta)
      try withServedStore(store) { served in
        func status(_ secret: String) throws -> Int {
          // What hooks are is read again after a second.
          usleep(1_100_000)
          return try HTTPExchange(
            "POST",
            Self.path,
            port: served.port,
            [("Authorization", secret)],
            body: OktaDelivery.body(1)
          ).status
        }
        let run = try store.must("hook", "rotate", "builders", "--json")
        guard case .text(let second)? = try run.objects().first?["secret"] else {
          Issue.record("no secret: \(run)")
          return
        }
        #expect(try status(secret) == 204)
        #expect(try status(second.description) == 204)
        try store.must("hook", "rotate", "builders", "--keep", "0")
        #expect(try status(second.description) == 401)
        try store.must("hook", "remove", "builders")
        #expect(try status(second.description) == 404)
      }
    }
  }

  @Test func `a secret in the address does, where the sender can do no more`() throws {
    try withProgramStore { store in
      let secret = try store.addHook(#"{"name":"form","format":"google-forms"}"#)
      let body = Array(#"{"formId":"f1","responseId":"r1","First name":"Ada"}"#.utf8)
      try withServedStore(store) { served in
        func status(_ target: String, _ fields: [(String, String)] = []) throws -> Int {
          try HTTPExchange("POST", target, port: served.port, fields, body: body).status
        }
        let statuses = [
          try status("/hooks/form?token=\(secret)"),
          try status("/hooks/form?clientToken=\(secret)"),
          try status("/hooks/form", [("X-API-Client-Token", secret)]),
          try status("/hooks/form?token=other"),
          try status("/hooks/form"),
        ]
        #expect(statuses == [204, 204, 204, 401, 401])
      }
      #expect(try store.events("inbound.google-forms").count == 1)
      let log = try store.must("export", "--json").output
      #expect(!log.contains(secret))
    }
  }

  @Test func `whether it lives is told to everybody`() throws {
    try withProgramStore { store in
      let served = try ServedStore(store)
      let answer = try HTTPExchange("GET", "/healthz", port: served.port)
      #expect(answer.status == 200)
      #expect(answer.text == #"{"status":"ok"}"#)
      #expect(served.stop() == 0)
      #expect(served.messages.isEmpty)
    }
  }
}
