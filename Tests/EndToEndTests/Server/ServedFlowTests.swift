import Foundation
import TestSupport
import Testing
import Values

/// Flows that start by themselves, from what comes in over HTTP.
@Suite(.waiting) struct ServedFlowTests {
  private static let users = ["mara.lindqvist@example.com": "U01MARA"]

  /// Slack and a mail server, whose mails go into a file of the store's folder.
  private func withServices(
    _ body: (ProgramStore, SlackStandIn, _ connections: String) throws -> Void
  ) throws {
    let slack = SlackStandIn(users: Self.users)
    let server = try HTTPStandIn { slack.answer($0) }
    defer { server.stop() }
    try withProgramStore { store in
      let mailbox = try ClientProcess("mailbox.py", [store.folder + "/mails"])
      defer { mailbox.stop() }
      let connections = try store.connections(
        """
          - connector: slack
            url: \(server.url)
            networks: [127.0.0.1]
            token: \(SlackStandIn.token)
          - connector: gmail
            networks: [127.0.0.1]
            smtp: {host: 127.0.0.1, port: \(mailbox.port), tls: none, from: it@example.com}
        """
      )
      try body(store, slack, connections)
    }
  }

  /// Looks again until it holds, for half a minute at most.
  private func wait(for isSo: () throws -> Bool) throws {
    for _ in 0..<300 {
      if try isSo() { return }
      usleep(100_000)
    }
  }

  private static func deliveries() throws -> [[UInt8]] {
    try String(
      contentsOfFile: Fixtures.path("events/breached-credential-deliveries.ndjson"),
      encoding: .utf8
    ).split(separator: "\n").map { Array($0.utf8) }
  }

  private func deliver(_ body: [UInt8], _ secret: String, to served: ServedStore) throws {
    let answer = try HTTPExchange(
      "POST",
      "/hooks/okta/breached-credentials",
      port: served.port,
      [("Authorization", secret)],
      body: body
    )
    #expect(answer.status == 204)
  }

  private func addHook(_ store: ProgramStore) throws -> String {
    let hook = try String(
      contentsOfFile: Fixtures.path("hooks/breached-credentials.json"),
      encoding: .utf8
    )
    return try store.addHook(hook)
  }

  @Test(.enabled(if: ClientProcess.isPresent, "needs make clients"))
  func `a delivered breach becomes a message, and the alert is handled`() throws {
    try withServices { store, slack, connections in
      try store.must("flow", "add", Fixtures.path("flows/breached-password-v1.flopack"))
      let secret = try addHook(store)
      let served = try ServedStore(store, "--connections", connections)
      let delivery = try Self.deliveries()[0]
      try deliver(delivery, secret, to: served)
      try deliver(delivery, secret, to: served)
      try wait { try store.history().contains { $0.string("status") == "succeeded" } }
      #expect(served.stop() == 0)
      #expect(served.messages.isEmpty)
      #expect(slack.posted.count == 1)
      let run = try #require(try store.history().first)
      #expect(run.string("mode") == "live")
      #expect(run.string("status") == "succeeded")
      let alerts = try store.must("alerts", "--json").objects().filter { $0.has("alert") }
      #expect(alerts.map { $0.string("status") } == ["handled"])
      let replay = try store.must("replay", "--all")
      #expect(replay.output.contains("1 identical, 0 diverged"))
    }
  }

  @Test(.enabled(if: ClientProcess.isPresent, "needs make clients"))
  func `what came while no flow was to start is started by the next server, once`() throws {
    try withServices { store, slack, connections in
      try store.must("flow", "add", Fixtures.path("flows/breached-password-v1.flopack"))
      let secret = try addHook(store)
      // From its first server on, a store's deliveries start flows.
      #expect(try ServedStore(store, "--connections", connections).stop() == 0)
      let paused = try ServedStore(store, "--ingest-only")
      try deliver(try Self.deliveries()[0], secret, to: paused)
      #expect(paused.stop() == 0)
      #expect(try store.history().isEmpty)
      for _ in 0..<2 {
        let served = try ServedStore(store, "--connections", connections)
        try wait { try store.history().contains { $0.string("status") == "succeeded" } }
        #expect(served.stop() == 0)
      }
      #expect(slack.posted.count == 1)
      #expect(try store.history().count == 1)
    }
  }

  @Test func `a second server does not run the flows of the same store`() throws {
    try withProgramStore { store in
      try withServedStore(store) { _ in
        let error = #expect(throws: ServedStore.NotListening.self) { try ServedStore(store) }
        #expect(error.map { $0.description.contains("--ingest-only") } ?? false)
        let beside = try ServedStore(store, "--ingest-only")
        #expect(beside.stop() == 0)
      }
    }
  }

  @Test func `a flow that cannot be run is told, with the event that should have started it`()
    throws
  {
    try withProgramStore { store in
      try store.must("flow", "add", Fixtures.path("flows/breached-password-v1.flopack"))
      let secret = try addHook(store)
      let served = try ServedStore(store)
      try deliver(try Self.deliveries()[0], secret, to: served)
      try wait { try !store.events("start.failed").isEmpty }
      served.stop()
      #expect(served.messages.contains("no file of connections"))
      let failures = try store.events("start.failed")
      #expect(failures.count == 1)
      let delivery = try store.events("inbound.okta-event-hook").first?["position"]
      #expect(failures.first?["causation"] == delivery)
      #expect(try store.history().isEmpty)
    }
  }
}
