import Foundation
import TestSupport
import Testing
import Values

/// Servers that are killed while events pour in and flows run: every execution that a delivery triggers
/// ends once, or is listed in doubt.
@Suite(.waiting) struct KilledRunnerTests {
  /// An endpoint that posts the delivery's id, which must not be done twice.
  private static func flow(_ url: String) -> FlowBuilder {
    var flow = FlowBuilder("announce")
    flow.card("start", "http:accept", outputs: ["body/eventId"])
    flow.card(
      "url",
      "string:concat",
      ["a": .constant(.text(Text(url + "/"))), "b": .wire("start.body/eventId")],
      outputs: ["output"]
    )
    flow.card(
      "post",
      "httpfunctions:post",
      ["Request/URL": .wire("url.output"), "Request/Body:object": .constant(["a": 1])],
      outputs: ["Response/Status Code:number"]
    )
    return flow
  }

  @Test func `what a server beside it has only taken in is started by the runner`() throws {
    let service = CountingService(delay: 0)
    let server = try HTTPStandIn { service.answer($0) }
    defer { server.stop() }
    try withProgramStore { store in
      let connections = try store.connections(
        """
          - connector: httpfunctions
            hosts: ["\(server.url)"]
            networks: [127.0.0.1]
        """
      )
      try store.add([Self.flow(server.url)])
      let secret = try store.addHook(
        #"{"name":"h","format":"okta-event-hook","flow":"announce"}"#
      )
      let runner = try ServedStore(store, "--connections", connections)
      let beside = try ServedStore(store, "--ingest-only")
      for (number, port) in [beside.port, runner.port].enumerated() {
        let answer = try HTTPExchange(
          "POST",
          "/hooks/okta/h",
          port: port,
          [("Authorization", secret)],
          body: OktaDelivery.body(number)
        )
        #expect(answer.status == 204)
      }
      try waitUntilQuiet(store)
      #expect(beside.stop() == 0)
      #expect(runner.stop() == 0)
      #expect(service.all == 2)
    }
  }

  @Test func `what was answered with success is run once, whatever is killed`() throws {
    let service = CountingService(delay: 0.005)
    let server = try HTTPStandIn { service.answer($0) }
    defer { server.stop() }
    var random = SplitMix64(seed: 11)
    try withProgramStore { store in
      let connections = try store.connections(
        """
          - connector: httpfunctions
            hosts: ["\(server.url)"]
            networks: [127.0.0.1]
        """
      )
      try store.add([Self.flow(server.url)])
      let secret = try store.addHook(
        #"{"name":"h","format":"okta-event-hook","flow":"announce"}"#
      )
      var taken: Set<String> = []
      for round in 0..<Torture.count(4, full: 20) {
        let served = try ServedStore(store, "--connections", connections)
        let port = served.port
        let moment = 150_000 + random.below(500_000)
        let senders = Concurrently.threads(4) { sender -> Set<String> in
          guard sender < 3 else {
            usleep(UInt32(moment))
            served.kill()
            return []
          }
          // Flows take longer than deliveries; nothing is gained by a long queue.
          let first = round * 1_000_000 + sender * 200_000
          return OktaDelivery.pour(from: first, secret, to: port, pause: 5000)
        }
        for sender in senders { taken.formUnion(try sender.get()) }
      }
      try #require(!taken.isEmpty)
      let last = try ServedStore(store, "--connections", connections)
      try waitUntilQuiet(store)
      #expect(last.stop() == 0)
      try check(store, service, taken)
    }
  }

  /// Waits until no execution has ended for a second.
  private func waitUntilQuiet(_ store: ProgramStore) throws {
    var before = -1
    for _ in 0..<60 {
      let now = try store.history().filter { $0.string("status") == "succeeded" }.count
      if now == before { return }
      before = now
      usleep(1_000_000)
    }
  }

  private func check(
    _ store: ProgramStore,
    _ service: CountingService,
    _ taken: Set<String>
  ) throws {
    let history = try store.history()
    let cut = try store.run("resume", "--list", "--json").objects().filter { $0.has("execution") }
    let ended = history.filter { $0.string("status") == "succeeded" }
    // No delivery starts the flow twice.
    let starts = history.map { $0.object("trigger").string("id") }
    #expect(Set(starts).count == starts.count)
    #expect(taken.subtracting(starts).isEmpty, "of \(taken.count) some never began")
    #expect(ended.count + cut.count == history.count)
    var undone = 0
    for id in taken {
      let count = service.count("POST /\(id)")
      #expect(count <= 1, "\(id) was done \(count) times")
      if count == 0 { undone += 1 }
    }
    #expect(undone <= cut.count)
  }
}
