import Connectors
import Flows
import Foundation
import TestSupport
import Testing
import Values

@Suite("What a hostile or broken service does is a clear error")
struct HostileServerTests {
  private func get(
    _ behaviour: @escaping HTTPStandIn.Behaviour,
    _ more: String = "",
    method: Text = "get"
  ) throws -> LiveReply {
    let server = try HTTPStandIn(behaviour)
    defer { server.stop() }
    return try Asking(
      """
      connections:
        - connector: httpfunctions
          hosts: ["\(server.url)"]
          networks: [127.0.0.1]
          \(more)
      """
    ).ask(
      "httpfunctions",
      method,
      ["Request/URL": .text(Text(server.url)), "Request/Body": ["a": 1]],
      outputs: ["Response/Body:object"]
    )
  }

  @Test func `a redirect is not followed`() throws {
    let other = try HTTPStandIn { _ in .json("{}") }
    defer { other.stop() }
    let target = other.url
    let error = try get { _ in .reply(302, [("Location", target)], []) }.error()
    #expect(error.message.description.contains("redirects are not followed"))
    #expect(error.message.description.contains(target))
    #expect(other.requests.isEmpty)
  }

  @Test func `an answer that is longer than allowed is given up`() throws {
    let error = try get(
      { _ in .reply(200, [], [UInt8](repeating: 0x20, count: 200_000)) },
      "maximumResponse: 100000"
    ).error()
    #expect(error.kind == .parseError)
    #expect(error.message.description.contains("longer than 100000 bytes"))
  }

  @Test func `a compressed answer counts as long as it is unpacked`() throws {
    let error = try get(
      { _ in
        .reply(
          200,
          [("Content-Encoding", "gzip"), ("Content-Type", "application/json")],
          Bomb.gzip(megabytes: 64)
        )
      },
      "maximumResponse: 1000000"
    ).error()
    #expect(error.message.description.contains("longer than 1000000 bytes"))
  }

  @Test func `a header without end is given up`() throws {
    let error = try get { _ in
      let fields = (0..<3_000).map { ("X-Field-\($0)", String(repeating: "v", count: 40)) }
      return .reply(200, fields, [])
    }.error()
    #expect(error.message.description.contains("header longer than 65536"))
  }

  @Test(arguments: ["get", "post"] as [Text])
  func `a service that says nothing in time is a time-out; what may have been done is in doubt`(
    method: Text
  ) throws {
    let reply = try get({ _ in .silence(4) }, "timeout: 1", method: method)
    #expect(try reply.error().kind == .timeout)
    #expect(try reply.error().message.description.contains("within 1000 milliseconds"))
    #expect(reply.isInDoubt == (method == "post"))
  }

  @Test func `a service that sends byte after byte is a time-out too`() throws {
    let reply = try get({ _ in .trickle(0.05) }, "timeout: 1")
    #expect(try reply.error().kind == .timeout)
  }

  @Test(arguments: ["get", "post"] as [Text])
  func `an answer that breaks off is an error; what may have been done is in doubt`(
    method: Text
  ) throws {
    let head = "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"half\":"
    let reply = try get({ _ in .bytes(Array(head.utf8)) }, method: method)
    #expect(try reply.error().kind.name == "Network Error")
    #expect(reply.isInDoubt == (method == "post"))
  }

  @Test(
    arguments: [
      "nonsense\r\n\r\n", "HTTP/1.1 OK\r\n\r\n", "HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\n", "",
      "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 4\r\n\r\nabcd",
      "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nabc\r\n",
    ]
  )
  func `an answer that is none in HTTP is an error`(bytes: String) throws {
    let error = try get { _ in .bytes(Array(bytes.utf8)) }.error()
    #expect(!error.message.isEmpty)
    #expect(["Network Error", "Parse Error"].contains(error.kind.name))
  }

  @Test(
    arguments: [
      "{\"a\":", "nul", "[1,2", "{\"a\":1}}", String(repeating: "[", count: 100_000), "\u{0}",
    ]
  )
  func `a body that says it is JSON and is not is an error`(body: String) throws {
    let error = try get { _ in .json(body) }.error()
    #expect(error.kind == .parseError)
    #expect(error.message.description.contains("not JSON"))
  }

  @Test func `what a gateway gave up on is in doubt`() throws {
    for (method, status, isInDoubt) in [
      ("post", 504, true), ("post", 502, true), ("post", 500, false), ("get", 504, false),
    ] as [(Text, Int, Bool)] {
      let reply = try get({ _ in .json("{}", status: status) }, method: method)
      #expect(try reply.error().statusCode == Double(status))
      #expect(reply.isInDoubt == isInDoubt)
    }
  }

  @Test func `a write that may be done twice is sent again once, and stays in doubt if that fails`()
    throws
  {
    let count = Counter()
    let fine = try get(
      { _ in count.next() == 1 ? .hangUp : .json("{\"a\":1}") },
      method: "put"
    )
    #expect(try fine.outputs()["Response/Body"] == ["a": 1])
    for second in [StandInReaction.hangUp, .json("{}", status: 404)] {
      let again = Counter()
      let reply = try get({ _ in again.next() == 1 ? .hangUp : second }, method: "delete")
      #expect(try reply.error().kind.name == "Network Error")
      #expect(reply.isInDoubt)
    }
  }

  @Test func `a header's fields are told apart, whatever they are called`() throws {
    let head =
      "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nHTTP/evil: x\r\nSet-Cookie : a=b\r\n"
    let server = try HTTPStandIn { _ in
      .bytes(Array((head + "Content-Length: 2\r\n\r\n{}").utf8))
    }
    defer { server.stop() }
    let found = try Asking(
      "connections: [{connector: httpfunctions, hosts: [\"\(server.url)\"], networks: [127.0.0.1]}]"
    ).ask(
      "httpfunctions",
      "get",
      ["Request/URL": .text(Text(server.url))],
      outputs: ["Response/Headers:object"]
    ).outputs()
    guard case .object(let fields)? = found["Response/Headers"] else {
      Issue.record("no header")
      return
    }
    #expect(fields["content-type"] == "application/json")
    #expect(fields["http/evil"] == "x")
    #expect(fields["set-cookie"] == "[secret]")
  }
}

/// Compressed bytes that unpack to very much.
enum Bomb {
  /// Zeros as gzip (RFC 1952), made of deflate blocks that repeat one byte.
  static func gzip(megabytes: Int) -> [UInt8] {
    let folder = NSTemporaryDirectory() + "bomb-\(UUID().uuidString)"
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    process.arguments = ["-c", "head -c \(megabytes)M /dev/zero | gzip -9 > \(folder)"]
    do { try process.run() } catch { return [] }
    process.waitUntilExit()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    return FileManager.default.contents(atPath: folder).map { Array($0) } ?? []
  }
}
