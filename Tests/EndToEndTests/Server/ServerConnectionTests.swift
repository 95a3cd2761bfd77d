import Foundation
import Glibc
import TestSupport
import Testing
import Values

/// Connections that are secure, idle, slow or malformed.
@Suite(.waiting) struct ServerConnectionTests {
  private static let hook = #"{"name":"h","format":"okta-event-hook"}"#

  @Test(.enabled(if: ClientProcess.isPresent, "needs make clients"))
  func `with a certificate it speaks TLS, and nothing else`() throws {
    try withProgramStore { store in
      let made = try TestCertificate(in: store.folder)
      let served = try ServedStore(
        store,
        "--ingest-only",
        "--certificate",
        made.certificate,
        "--key",
        made.key
      )
      defer { served.stop() }
      let answer = try ClientProcess.output(
        "tls_get.py",
        ["\(served.port)", "/healthz", made.certificate]
      )
      #expect(answer == "200 {\"status\":\"ok\"}\n")
      #expect(
        try HTTPExchange(sending: Array("GET /healthz HTTP/1.1\r\n\r\n".utf8), port: served.port)
          .status != 200
      )
    }
  }

  @Test func `files for TLS that cannot be used are named`() throws {
    try withProgramStore { store in
      try write("no certificate", to: store.folder + "/cert.pem")
      let run = try store.run("serve", "--certificate", "cert.pem", "--key", "cert.pem")
      #expect(run.status == 1)
      #expect(run.messages.contains("cert.pem"))
    }
  }

  @Test func `two at one address are told apart, and how`() throws {
    try withProgramStore { store in
      try withServedStore(store) { served in
        let run = try store.run(
          "serve",
          "--ingest-only",
          "--listen",
          "127.0.0.1:\(served.port)"
        )
        #expect(run.status == 1)
        #expect(run.messages.contains("--listen"))
      }
    }
  }

  @Test func `hundreds of connections that say nothing keep nobody from being served`() throws {
    try withProgramStore { store in
      let secret = try store.addHook(Self.hook)
      try withServedStore(store) { served in
        let before = try served.anonymousMemory()
        var idle: [CInt] = []
        defer { for connection in idle { close(connection) } }
        let beginning = Array("POST /hooks/okta/h HTTP/1.1\r\nHost: x\r\nContent-Le".utf8)
        for number in 0..<Torture.count(400, full: 900) {
          let connection = try HTTPExchange.connect(port: served.port)
          idle.append(connection)
          // Every second one stops in the middle of its header.
          if number % 2 == 0 { _ = send(connection, beginning, beginning.count, 0) }
        }
        for number in 0..<20 {
          let answer = try HTTPExchange(
            "POST",
            "/hooks/okta/h",
            port: served.port,
            [("Authorization", secret)],
            body: OktaDelivery.body(number)
          )
          #expect(answer.status == 204)
        }
        let after = try served.anonymousMemory()
        #expect(after - before < 64 << 20, "\(before) bytes before, \(after) after")
      }
    }
  }

  @Test(arguments: [
    "GET /healthz\r\n\r\n", "\u{0}\u{1}\u{2}\r\n\r\n", "POST /hooks/okta/h HTTP/9.9\r\n\r\n",
    "POST /hooks/okta/h HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nabcde",
    "POST /hooks/okta/h HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n",
    "POST /hooks/okta/h HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
  ])
  func `what is no request of HTTP is no delivery`(_ request: String) throws {
    try withProgramStore { store in
      _ = try store.addHook(#"{"name":"h","format":"okta-event-hook","proof":"nothing"}"#)
      try withServedStore(store) { served in
        let answer = try HTTPExchange(sending: Array(request.utf8), port: served.port)
        #expect(answer.status == 0 || answer.status >= 400, "\(answer.status)")
        #expect(try HTTPExchange("GET", "/healthz", port: served.port).status == 200)
      }
      #expect(try store.events("inbound.okta-event-hook").isEmpty)
    }
  }

  @Test func `a head that is sent byte by byte is not waited for`() throws {
    try withProgramStore { store in
      try withServedStore(store) { served in
        let connection = try HTTPExchange.connect(port: served.port)
        defer { close(connection) }
        let head = Array("GET /healthz HTTP/1.1\r\nX-Slow: ".utf8)
        _ = send(connection, head, head.count, CInt(MSG_NOSIGNAL))
        var isClosed = false
        // A byte comes every tenth of a second, so that it is never idle.
        for _ in 0..<600 where !isClosed {
          usleep(100_000)
          var byte = UInt8(ascii: "x")
          _ = send(connection, &byte, 1, CInt(MSG_NOSIGNAL))
          var answer = UInt8(0)
          let count = recv(connection, &answer, 1, CInt(MSG_DONTWAIT))
          isClosed = count == 0 || count < 0 && errno != EAGAIN && errno != EWOULDBLOCK
        }
        #expect(isClosed)
      }
    }
  }
}
