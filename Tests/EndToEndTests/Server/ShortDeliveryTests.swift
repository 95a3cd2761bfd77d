import Audit
import EventStore
import Flows
import Foundation
import Server
import Synchronization
import TestSupport
import Testing
import Values

/// Deliveries that come whole, where something is in their way.
@Suite(.waiting) struct ShortDeliveryTests {
  private static let hook = #"{"name":"h","format":"okta-event-hook"}"#

  private static func post(_ body: [UInt8], _ secret: String) -> [UInt8] {
    let lines = [
      "POST /hooks/okta/h HTTP/1.1", "Host: x", "Authorization: \(secret)",
      "Content-Length: \(body.count)", "", "",
    ]
    return Array(lines.joined(separator: "\r\n").utf8) + body
  }

  @Test func `over TLS they are answered one after another, whole or in pieces`() throws {
    try withProgramStore { store in
      let secret = try store.addHook(Self.hook)
      let made = try TestCertificate(in: store.folder)
      try withServedStore(
        store,
        "--ingest-only",
        "--certificate",
        made.certificate,
        "--key",
        made.key
      ) { served in
        let connection = try KeptConnection(port: served.port, trusting: made.certificate)
        for number in 0..<10 {
          let request = Self.post(OktaDelivery.body(number), secret)
          if number % 3 == 2 {
            connection.send(request.prefix(200))
            usleep(20_000)
            connection.send(request.dropFirst(200))
          } else {
            connection.send(request)
          }
          #expect(connection.answer()?.status == 204)
        }
        connection.send(Self.post(OktaDelivery.body(10), secret + "x"))
        #expect(connection.answer()?.status == 401)
        // Several at once, which may come in one record.
        connection.send((11..<20).flatMap { Self.post(OktaDelivery.body($0), secret) })
        for _ in 11..<20 { #expect(connection.answer()?.status == 204) }
        // Who does not speak TLS is not answered.
        let plain = try KeptConnection(port: served.port)
        plain.send(Self.post(OktaDelivery.body(20), secret))
        #expect(plain.answer()?.status != 204)
      }
      #expect(try store.events("inbound.okta-event-hook").count == 19)
    }
  }
}

// MARK: - A writer that is full

extension ShortDeliveryTests {
  /// How many deliveries wait to be written.
  private static func waiting(_ served: ServedStore, _ token: String) throws -> Int {
    let fields = [("Authorization", "Bearer \(token)")]
    let metrics = try HTTPExchange("GET", "/metrics", port: served.port, fields)
    let line = metrics.text.split(separator: "\n").first {
      $0.hasPrefix("auditcli_deliveries_waiting ")
    }
    return try #require(line?.split(separator: " ").last.flatMap { Int($0) })
  }

  @Test func `while the writer is full they are turned away, and taken when it has room`() throws {
    try withProgramStore { store in
      let secret = try store.addHook(Self.hook)
      let token = try store.addToken("watch", "read")
      try withServedStore(store, "--ingest-only") { served in
        let barrier = try HeldWriter(store)
        var isHeld = true
        defer { if isHeld { barrier.open() } }
        // As many bytes as the writer takes, in deliveries that are as long as they may be.
        let long = try (0..<64).map { number in
          let body = OktaDelivery.body(number)
          let padding = [UInt8](repeating: UInt8(ascii: " "), count: (1 << 20) - body.count)
          let connection = try KeptConnection(port: served.port)
          connection.send(Self.post(body + padding, secret))
          while try Self.waiting(served, token) <= number { usleep(5_000) }
          return connection
        }
        let short = try KeptConnection(port: served.port)
        for _ in 0..<3 {
          short.send(Self.post(OktaDelivery.body(64), secret))
          #expect(short.answer()?.status == 503)
        }
        barrier.open()
        isHeld = false
        for connection in long { #expect(connection.answer()?.status == 204) }
        short.send(Self.post(OktaDelivery.body(64), secret))
        #expect(short.answer()?.status == 204)
      }
      #expect(try store.events("inbound.okta-event-hook").count == 65)
    }
  }
}

// MARK: - A commit that fails

extension ShortDeliveryTests {
  /// A view that takes more than the map has, for as long as a test says so.
  private final class GreedyView: Projection {
    let name = "greedy"
    let version: UInt32 = 1
    let isGreedy = Mutex(false)

    func reads(type: [UInt8]) -> Bool { type.starts(with: Array("inbound.".utf8)) }

    func apply(_ event: Event, to view: ViewWriter) throws {
      guard isGreedy.withLock({ $0 }) else { return }
      view.put([1], [UInt8](repeating: 1, count: 32 << 20))
    }
  }

  /// Serves a log with the hook `h` on this process's own threads for the length of `body`, which has one too.
  private func withServer(
    mapSize: Int,
    _ projections: [any Projection],
    _ body: @escaping @Sendable (EventLog, KeptConnection) throws -> Void
  ) async throws {
    let folder = FileManager.default.temporaryDirectory.path + "/short-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let options = deterministicOptions(projections: projections, mapSize: mapSize)
    let log = try EventLog(at: folder + "/store", options: options)
    let credentials = try Self.addHook(to: log)
    let server = AuditServer(
      log,
      ServerSettings(host: "127.0.0.1", port: 0),
      credentials: { credentials },
      clock: ServerClock { 1_780_000_000_000 },
      entropy: { [UInt8](repeating: 7, count: $0) },
      starter: nil,
      zones: ZoneDatabase { _ in nil },
      report: { _ in }
    )
    let (listening, isListening) = AsyncStream<Int>.makeStream()
    let serving = Task { try await server.run { isListening.yield($0) } }
    var port = 0
    for await found in listening {
      port = found
      break
    }
    let connection = try KeptConnection(port: port)
    // A test that waits on a thread of tasks would keep the server's own from being done.
    let result: Result<Void, any Error> = await withCheckedContinuation { done in
      Thread.detachNewThread { done.resume(returning: Result { try body(log, connection) }) }
    }
    serving.cancel()
    _ = await serving.result
    try result.get()
    #expect(try log.verify(.deep).problems == [])
  }

  /// Adds the hook `h`, whose secret is `open`.
  private static func addHook(to log: EventLog) throws -> HookCredentials {
    let registry = HookRegistry(log)
    try registry.add(
      ["name": "h", "format": "okta-event-hook"],
      credential: "k1",
      by: .init(actor: "ada@example.com", why: nil)
    )
    var credentials = HookCredentials()
    credentials.add(
      HookCredential(
        id: "k1",
        Array("open".utf8),
        for: try registry.hook("h").hook.proof,
        salt: [1],
        since: 0
      ),
      to: "h",
      endingOthers: 0
    )
    return credentials
  }

  private static func status(_ number: Int, _ connection: KeptConnection) -> Int? {
    connection.send(post(OktaDelivery.body(number), "open"))
    return connection.answer()?.status
  }

  private static func deliveries(in log: EventLog) throws -> Int {
    var count = 0
    try log.read(Position(0)..<Position(.max)) { event in
      if event.type == "inbound.okta-event-hook" { count += 1 }
      return true
    }
    return count
  }

  @Test func `where a commit fails they are refused, and taken when it succeeds`() async throws {
    let view = GreedyView()
    try await withServer(mapSize: 16 << 20, [view]) { log, connection throws in
      for number in 0..<5 {
        #expect(Self.status(number, connection) == 204)
        view.isGreedy.withLock { $0 = true }
        for _ in 0..<2 { #expect(Self.status(100 + number, connection) == 500) }
        view.isGreedy.withLock { $0 = false }
        #expect(Self.status(100 + number, connection) == 204)
      }
      #expect(try Self.deliveries(in: log) == 10)
    }
  }

  @Test func `where the map is full they are refused, and those that were taken are there`()
    async throws
  {
    try await withServer(mapSize: 1 << 20, []) { log, connection throws in
      var taken = 0
      while let status = Self.status(taken, connection), status == 204, taken < 3_000 {
        taken += 1
      }
      #expect((1..<3_000).contains(taken))
      #expect(Self.status(taken, connection) == 500)
      #expect(try Self.deliveries(in: log) == taken)
    }
  }
}
