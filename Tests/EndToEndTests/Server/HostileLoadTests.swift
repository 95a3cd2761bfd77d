import Foundation
import Glibc
import Synchronization
import TestSupport
import Testing
import Values

/// A server that many mean badly, while others deliver.
@Suite(.waiting) struct HostileLoadTests {
  /// A hook whose deliveries prove themselves by their bodies, which are read before anything is known of
  /// their senders.
  private static let signed = #"{"name":"signed","format":"typeform"}"#
  private static let okta = #"{"name":"h","format":"okta-event-hook"}"#

  private static func request(_ fields: [String], _ body: [UInt8]) -> [UInt8] {
    let head = ["POST /hooks/signed HTTP/1.1", "Host: x", "Connection: close"] + fields
    return Array((head.joined(separator: "\r\n") + "\r\n\r\n").utf8) + body
  }

  /// What nobody should take in, each with the statuses that it may be answered with; 0 for none.
  private static let attacks: [(request: [UInt8], statuses: Set<Int>)] = {
    let megabytes = [UInt8](repeating: UInt8(ascii: " "), count: 3 << 20)
    let deep = [UInt8](repeating: UInt8(ascii: "["), count: 1 << 20)
    let chunk =
      Array("100000\r\n".utf8) + [UInt8](repeating: 32, count: 1 << 20) + Array("\r\n".utf8)
    let long = String(repeating: "x", count: 20 << 10)
    return [
      (request(["Content-Length: \(megabytes.count)"], megabytes), [0, 413]),
      (
        request(["Transfer-Encoding: chunked"], chunk + chunk + Array("0\r\n\r\n".utf8)),
        [0, 413, 503]
      ),
      (request(["Content-Length: \(deep.count)"], deep), [0, 401, 503]),
      (request(["Content-Encoding: gzip", "Content-Length: 3"], [31, 139, 8]), [415]),
      (request(["Content-Length: 5", "Content-Length: 6"], Array("abcdef".utf8)), [0, 400]),
      (
        request(["Content-Length: 3", "Transfer-Encoding: chunked"], Array("abc".utf8)),
        [0, 400, 401]
      ),
      (request(["X-Long: \(long)", "Content-Length: 2"], Array("{}".utf8)), [0, 400, 431]),
      (
        request((0..<200).map { "X-\($0): 1" } + ["Content-Length: 2"], Array("{}".utf8)),
        [0, 400, 431]
      ),
      (Array("POST /hooks/signed HTTP/1.1\nHost: x\n\n".utf8), [0, 400, 401, 408]),
      ([UInt8](repeating: 0, count: 4096), [0, 400]),
    ]
  }()

  @Test func `hostile requests take little memory, and others are served meanwhile`() throws {
    try withProgramStore { store in
      _ = try store.addHook(Self.signed)
      let secret = try store.addHook(Self.okta)
      let served = try ServedStore(store, "--ingest-only", "--open", "1500")
      defer { served.stop() }
      try deliver(0..<50, secret, served)
      let before = try served.anonymousMemory()
      let peak = Mutex(before)
      let isOver = Mutex(false)
      let watch = Thread {
        while !isOver.withLock({ $0 }) {
          if let now = try? served.anonymousMemory() { peak.withLock { $0 = max($0, now) } }
          usleep(5_000)
        }
      }
      watch.start()
      // Bodies that are never sent to their end, of more bytes together than there may be.
      let half = Self.request(
        ["Content-Length: 1000000"],
        [UInt8](repeating: UInt8(ascii: "{"), count: 200_000)
      )
      var held: [CInt] = []
      defer { for connection in held { close(connection) } }
      for _ in 0..<Torture.count(300, full: 1000) {
        let connection = try HTTPExchange.connect(port: served.port)
        held.append(connection)
        Self.push(half, connection)
      }
      let port = served.port
      let results = Concurrently.threads(3) { number in
        for round in 0..<Torture.count(4, full: 40) {
          for (place, attack) in Self.attacks.enumerated() {
            let answer = try HTTPExchange(sending: attack.request, port: port)
            #expect(
              attack.statuses.contains(answer.status),
              "attack \(place) of round \(round) in thread \(number): \(answer.status)"
            )
          }
        }
      }
      for result in results { try result.get() }
      try deliver(50..<150, secret, served)
      isOver.withLock { $0 = true }
      let most = peak.withLock { $0 }
      #expect(most - before <= 64 << 20, "\(before) bytes before, \(most) at most")
      let taken = try store.events("inbound.okta-event-hook")
      #expect(taken.count == 150)
      #expect(try store.events("inbound.typeform").isEmpty)
    }
  }

  private func deliver(_ numbers: Range<Int>, _ secret: String, _ served: ServedStore) throws {
    for number in numbers {
      let answer = try HTTPExchange(
        "POST",
        "/hooks/okta/h",
        port: served.port,
        [("Authorization", secret)],
        body: OktaDelivery.body(number)
      )
      #expect(answer.status == 204)
    }
  }

  /// Sends what can be sent without waiting for whoever reads it.
  private static func push(_ bytes: [UInt8], _ connection: CInt) {
    var rest = bytes[...]
    for _ in 0..<20 where !rest.isEmpty {
      let count = rest.withUnsafeBytes {
        send(connection, $0.baseAddress, $0.count, CInt(MSG_NOSIGNAL) | CInt(MSG_DONTWAIT))
      }
      if count > 0 { rest = rest.dropFirst(count) } else { usleep(1_000) }
    }
  }
}
