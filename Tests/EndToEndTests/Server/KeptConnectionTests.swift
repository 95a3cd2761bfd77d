import Foundation
import TestSupport
import Testing
import Values

/// Connections that bring many requests, whole or in pieces, one after another or all at once.
@Suite(.waiting) struct KeptConnectionTests {
  private static let hook = #"{"name":"h","format":"okta-event-hook"}"#

  /// A request, and the status it is answered with.
  private struct Asked {
    let bytes: [UInt8]
    let status: Int
  }

  private static func request(_ lines: [String], _ body: [UInt8] = []) -> [UInt8] {
    Array((lines + ["Host: x", "", ""]).joined(separator: "\r\n").utf8) + body
  }

  private static func post(_ fields: [String], _ body: [UInt8]) -> [UInt8] {
    request(["POST /hooks/okta/h HTTP/1.1"] + fields, body)
  }

  /// Requests of every kind; those that bring a delivery bring the one with that number.
  private static func kinds(_ number: Int, _ secret: String) -> [Asked] {
    let body = OktaDelivery.body(number)
    let (proof, length) = ("Authorization: \(secret)", "Content-Length: \(body.count)")
    let chunks =
      Array("\(String(body.count, radix: 16))\r\n".utf8) + body + Array("\r\n0\r\n\r\n".utf8)
    return [
      Asked(bytes: post([proof, length], body), status: 204),
      Asked(bytes: post([proof, length, "Connection: keep-alive"], body), status: 204),
      Asked(bytes: post([proof, "Transfer-Encoding: chunked"], chunks), status: 204),
      Asked(bytes: post([proof + "x", length], body), status: 401),
      Asked(bytes: post([proof, "Content-Length: 2"], Array("[]".utf8)), status: 400),
      Asked(bytes: post([proof, length, "Content-Encoding: gzip"], body), status: 415),
      Asked(bytes: request(["GET /healthz HTTP/1.1"]), status: 200),
      Asked(bytes: request(["GET /nowhere HTTP/1.1"]), status: 404),
    ]
  }

  @Test func `requests on one connection are answered in their order, however they come`() throws {
    var random = SplitMix64(forTest: "kept connections")
    try withProgramStore { store in
      let secret = try store.addHook(Self.hook)
      try withServedStore(store) { served in
        var number = 0
        var taken = 0
        for _ in 0..<Torture.count(25, full: 500) {
          let connection = try KeptConnection(port: served.port)
          let asked = (0..<random.below(6) + 1).map { _ in
            number += 1
            let kinds = Self.kinds(number, secret)
            return kinds[Int(random.below(kinds.count))]
          }
          send(asked.flatMap(\.bytes), over: connection, &random)
          let endsSending = random.once(in: 3)
          if endsSending { connection.endSending() }
          #expect(asked.map { _ in connection.answer()?.status } == asked.map(\.status))
          if endsSending { #expect(connection.answer() == nil) }
          taken += asked.count { $0.status == 204 }
        }
        served.kill()
        #expect(try store.events("inbound.okta-event-hook").count == taken)
      }
    }
  }

  /// Sends bytes at once, or in pieces that do not arrive together.
  private func send(
    _ bytes: [UInt8],
    over connection: KeptConnection,
    _ random: inout SplitMix64
  ) {
    var rest = bytes[...]
    let isInPieces = random.once(in: 2)
    while !rest.isEmpty {
      let count = isInPieces ? Int(random.below(2000)) + 1 : rest.count
      connection.send(rest.prefix(count))
      rest = rest.dropFirst(count)
      if !rest.isEmpty { usleep(2_000) }
    }
  }

  @Test func `what is no HTTP behind a delivery is answered behind it`() throws {
    try withProgramStore { store in
      let secret = try store.addHook(Self.hook)
      try withServedStore(store) { served in
        let connection = try KeptConnection(port: served.port)
        connection.send(Self.kinds(1, secret)[0].bytes + Array("\u{0}\u{1}\r\n\r\n".utf8))
        #expect(connection.answer()?.status == 204)
        #expect(connection.answer()?.status == 400)
        #expect(connection.answer() == nil)
      }
      #expect(try store.events("inbound.okta-event-hook").count == 1)
    }
  }

  @Test func `a connection that is to be closed behind a delivery takes no more`() throws {
    try withProgramStore { store in
      let secret = try store.addHook(Self.hook)
      try withServedStore(store) { served in
        let connection = try KeptConnection(port: served.port)
        let body = OktaDelivery.body(1)
        let fields = ["Authorization: \(secret)", "Content-Length: \(body.count)"]
        connection.send(Self.post(fields + ["Connection: close"], body))
        #expect(connection.answer()?.status == 204)
        connection.send(Self.kinds(2, secret)[0].bytes)
        #expect(connection.answer() == nil)
      }
      #expect(try store.events("inbound.okta-event-hook").count == 1)
    }
  }

  @Test func `a connection that is to be closed behind any other request takes no more`() throws {
    try withProgramStore { store in
      let secret = try store.addHook(Self.hook)
      try withServedStore(store) { served in
        let closing = Self.request(["GET /healthz HTTP/1.1", "Connection: close"])
        let connection = try KeptConnection(port: served.port)
        connection.send(closing + Self.kinds(1, secret)[0].bytes)
        #expect(connection.answer()?.status == 200)
        connection.send(Self.kinds(2, secret)[0].bytes)
        #expect(connection.answer() == nil)
      }
      #expect(try store.events("inbound.okta-event-hook").isEmpty)
    }
  }

  @Test func `who hangs up before the answer keeps nobody else from being served`() throws {
    try withProgramStore { store in
      let secret = try store.addHook(Self.hook)
      try withServedStore(store) { served in
        for number in 0..<50 {
          try KeptConnection(port: served.port).send(Self.kinds(number, secret)[0].bytes)
        }
        let connection = try KeptConnection(port: served.port)
        connection.send(Self.kinds(50, secret)[0].bytes)
        #expect(connection.answer()?.status == 204)
      }
      let taken = try store.events("inbound.okta-event-hook").count
      #expect((1...51).contains(taken))
    }
  }

  @Test func `thousands of requests at once are all answered, also to who reads late`() throws {
    try withProgramStore { store in
      let secret = try store.addHook(Self.hook)
      try withServedStore(store) { served in
        let connection = try KeptConnection(port: served.port)
        let count = Torture.count(1000, full: 20_000)
        // A sender that does not read blocks in the end, so another thread sends.
        let sender = Thread {
          for number in 0..<count {
            // Every tenth goes the longer way.
            let kind = number % 10 == 9 ? 6 : 0
            connection.send(Self.kinds(number, secret)[kind].bytes)
          }
          connection.endSending()
        }
        sender.start()
        usleep(300_000)
        for number in 0..<count {
          guard connection.answer()?.status == (number % 10 == 9 ? 200 : 204) else {
            Issue.record("request \(number) is answered otherwise")
            break
          }
        }
        #expect(connection.answer() == nil)
        let taken = try store.events("inbound.okta-event-hook").count
        #expect(taken == count - count / 10)
      }
    }
  }

  @Test func `short deliveries are taken beside long ones`() throws {
    let padding = String(repeating: " ", count: 700_000)
    try withProgramStore { store in
      let secret = try store.addHook(Self.hook)
      try withServedStore(store) { served in
        let port = served.port
        let results = Concurrently.threads(4) { thread in
          let connection = try KeptConnection(port: port)
          for number in 0..<20 {
            var body = OktaDelivery.body(thread * 100 + number)
            if thread == 0 { body += Array(padding.utf8) }
            let fields = ["Authorization: \(secret)", "Content-Length: \(body.count)"]
            connection.send(Self.post(fields, body))
            #expect(connection.answer()?.status == 204)
          }
        }
        for result in results { try result.get() }
        served.kill()
        #expect(try store.events("inbound.okta-event-hook").count == 80)
      }
    }
  }

  @Test func `a server that is told to end answers what it has taken in`() throws {
    try withProgramStore { store in
      let secret = try store.addHook(Self.hook)
      let served = try ServedStore(store, "--ingest-only")
      let connections = try (0..<20).map { _ in try KeptConnection(port: served.port) }
      for (number, connection) in connections.enumerated() {
        connection.send(Self.kinds(number, secret)[0].bytes)
      }
      #expect(connections[0].answer()?.status == 204)
      served.stop()
      // Each other one is answered, or was never looked at.
      let answered = connections.dropFirst().count { $0.answer()?.status == 204 }
      #expect(try store.events("inbound.okta-event-hook").count == 1 + answered)
    }
  }
}
