import Glibc
import TestSupport
import Testing

/// Requests whose bytes come at once, beside the same ones in pieces, which go another way through the server.
@Suite(.waiting) struct SameAnswerTests {
  private static let hook = #"{"name":"h","format":"okta-event-hook"}"#

  private static func request(_ head: [String], _ body: [UInt8] = []) -> [UInt8] {
    Array((head + ["", ""]).joined(separator: "\r\n").utf8) + body
  }

  private static func delivery(_ number: Int, _ secret: String) -> [UInt8] {
    let body = OktaDelivery.body(number)
    let head = [
      "POST /hooks/okta/h HTTP/1.1", "Host: example.com", "User-Agent: Okta/1.0",
      "Content-Type: application/json", "Authorization: \(secret)",
      "Content-Length: \(body.count)",
    ]
    return request(head, body)
  }

  /// All answers that bytes get on a connection of their own, after which no more are sent.
  private static func answers(
    _ pieces: [[UInt8]],
    _ served: ServedStore
  ) throws -> [KeptConnection.Answer] {
    let connection = try KeptConnection(port: served.port)
    for (place, piece) in pieces.enumerated() {
      if place > 0 { usleep(3_000) }
      connection.send(piece)
    }
    connection.endSending()
    var answers: [KeptConnection.Answer] = []
    while let answer = connection.answer() { answers.append(answer) }
    return answers
  }

  private static func expect(
    _ statuses: [Int],
    of pieces: [[UInt8]],
    _ served: ServedStore
  ) throws {
    let answers = try answers(pieces, served)
    #expect(answers.map(\.status) == statuses)
  }

  /// Bytes in two pieces, the first of which ends in the method.
  private static func cut(_ bytes: [UInt8]) -> [[UInt8]] {
    [Array(bytes.prefix(2)), Array(bytes.dropFirst(2))]
  }

  /// Serves a store with the hook `h`; returns what it has taken in.
  private func taken(_ body: (ServedStore, _ secret: String) throws -> Void) throws -> Int {
    var count = 0
    try withProgramStore { store in
      let secret = try store.addHook(Self.hook)
      try withServedStore(store, "--ingest-only") { served in try body(served, secret) }
      count = try store.events("inbound.okta-event-hook").count
    }
    return count
  }

  /// What a head may have in place of, before or behind the line of its host.
  private static let lines = [
    "Host: example.com\r\nHost: example.com", "Host:example.com", "Host:   example.com",
    "Host: example.com ", "Host : example.com", "host: example.com", "X: y", "",
    "Host: example.com\r\nX:", "Host: example.com\r\nX: \u{e9}", "Host: example.com\r\nX: a\tb",
    "Host: example.com\r\n X: folded", "Host: example.com\nX: y", "Host: example.com\r\nX\r\n",
    "Host: example.com\r\nConnection: close", "Host: example.com\r\nConnection: Keep-Alive",
    "Host: example.com\r\nConnection: upgrade\r\nUpgrade: h2c",
    "Host: example.com\r\nExpect: 100-continue",
    "Host: example.com\r\nContent-Encoding: gzip",
    "Host: example.com\r\nTransfer-Encoding: chunked",
    "Host: example.com\r\nTransfer-Encoding: identity", "Host: example.com\r\nContent-Length: 3",
    "Host: example.com\r\nContent-Length: 3, 3", "Host: example.com\r\nTrailer: x",
    "Host: example.com\r\nAuthorization: other",
  ]

  /// The first line of a request, in place of that of a delivery.
  private static let beginnings = [
    "POST /hooks/okta/h?a=b HTTP/1.1", "POST /hooks/okta/h#a HTTP/1.1",
    "POST  /hooks/okta/h HTTP/1.1",
    "POST http://example.com/hooks/okta/h HTTP/1.1", "POST //hooks/okta/h HTTP/1.1",
    "POST /hooks/okta/%68 HTTP/1.1", "POST /hooks/okta/h HTTP/1.0", "POST /hooks/okta/h HTTP/1.1 ",
    "POST /hooks/okta/\"h\" HTTP/1.1", "post /hooks/okta/h HTTP/1.1", "PUT /hooks/okta/h HTTP/1.1",
    "GET /hooks/okta/h HTTP/1.1", "HEAD /healthz HTTP/1.1", "OPTIONS * HTTP/1.1",
    "CONNECT example.com:443 HTTP/1.1", "FETCH /hooks/okta/h HTTP/1.1",
    "\r\nPOST /hooks/okta/h HTTP/1.1",
  ]

  @Test func `however a head is written, it is answered the same at once and in pieces`() throws {
    let count = try taken { served, secret in
      let plain = String(decoding: Self.delivery(0, secret), as: UTF8.self)
      let heads =
        Self.lines.map { plain.replacing("Host: example.com", with: $0) }
        + Self.beginnings.map { plain.replacing("POST /hooks/okta/h HTTP/1.1", with: $0) }
      for head in heads {
        // What comes behind it shows where the server takes it to end.
        let bytes = Array(head.utf8) + Self.delivery(0, secret)
        let whole = try Self.answers([bytes], served)
        let inPieces = try Self.answers(Self.cut(bytes), served)
        #expect(whole == inPieces, "\(head.debugDescription)")
      }
      try Self.expect([204], of: [Array(plain.utf8)], served)
    }
    #expect(count == 1)
  }

  @Test func `a head with a few bytes changed is answered the same at once and in pieces`() throws {
    var random = SplitMix64(forTest: "changed heads")
    let signs = Array("\r\n\t :;,=/?#%\"aZ05-_\u{0}\u{7f}\u{e9}".utf8)
    _ = try taken { served, secret in
      for _ in 0..<Torture.count(150, full: 5_000) {
        var bytes = Self.delivery(0, secret)
        let head = bytes.count - OktaDelivery.body(0).count
        for _ in 0...random.below(2) {
          let place = Int(random.below(head))
          switch random.below(3) {
          case 0: bytes[place] = random.pick(signs)
          case 1: bytes.insert(random.pick(signs), at: place)
          default: bytes.remove(at: place)
          }
        }
        bytes += Self.delivery(0, secret)
        let whole = try Self.answers([bytes], served)
        let inPieces = try Self.answers(Self.cut(bytes), served)
        let text = String(decoding: bytes.prefix(head), as: UTF8.self)
        #expect(whole == inPieces, "\(text.debugDescription)")
      }
    }
  }

  @Test func `what looks like a delivery inside another request is none`() throws {
    let count = try taken { served, secret in
      let hidden = Self.delivery(1, secret)
      // In the value of a field, which begins a piece.
      let head = Array("GET /healthz HTTP/1.1\r\nHost: x\r\nX: ".utf8)
      let answer = try Self.answers([head, hidden], served).first
      #expect(answer?.status == 200)
      // In the body of a request that goes another way: as a piece, and behind bytes that came with the head.
      for asked in ["POST /nowhere HTTP/1.1", "PUT /hooks/okta/h HTTP/1.1"] {
        for before in ["", "{}"] {
          let length = before.utf8.count + hidden.count
          let head = Self.request(
            [asked, "Host: x", "Content-Length: \(length)"],
            Array(before.utf8)
          )
          let answers = try Self.answers([head, hidden], served)
          #expect(answers.count == 1 && answers[0].status >= 400, "\(answers)")
        }
      }
      // In a chunk, and behind something that is no HTTP.
      let chunked = Self.request([
        "POST /nowhere HTTP/1.1", "Host: x", "Transfer-Encoding: chunked",
      ])
      let size = Array("\(String(hidden.count, radix: 16))\r\n".utf8)
      let end = Array("\r\n0\r\n\r\n".utf8)
      try Self.expect([404], of: [chunked, size, hidden, end], served)
      try Self.expect([400], of: [[0, 1, 13, 10], hidden], served)
    }
    #expect(count == 0)
  }

  @Test func `behind every other kind of request a delivery is taken`() throws {
    let count = try taken { served, secret in
      let get = Self.request(["GET /healthz HTTP/1.1", "Host: x"])
      let refused = Self.delivery(0, secret + "x")
      let chunked =
        Self.request([
          "POST /nowhere HTTP/1.1", "Host: x", "Transfer-Encoding: chunked",
        ]) + Array("1\r\na\r\n0\r\n\r\n".utf8)
      for (number, other) in [get, refused, chunked].enumerated() {
        let delivery = Self.delivery(number, secret)
        let status = [200, 401, 404][number]
        for pieces in [[other, delivery], [other + delivery]] {
          try Self.expect([status, 204], of: pieces, served)
        }
        try Self.expect([204, status, 204], of: [delivery + other, delivery], served)
      }
    }
    #expect(count == 3)
  }
}
