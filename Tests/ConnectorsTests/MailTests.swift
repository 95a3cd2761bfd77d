import Connectors
import Flows
import Foundation
import TestSupport
import Testing
import Values

/// Mail that a real server takes apart.
@Suite(
  "The send-mail cards hand mail to a server",
  .enabled(if: ClientProcess.isPresent, "needs `make clients`")
)
struct MailTests {
  /// A mailbox, and what it kept.
  private func withMailbox(
    _ arguments: [String] = [],
    _ connection: String = "tls: none",
    _ more: String = "",
    _ body: (Asking, _ kept: () throws -> [Object]) throws -> Void
  ) throws {
    try withTemporaryFolder { folder in
      let file = folder + "/mails.jsonl"
      try write("", to: file)
      let server = try ClientProcess("mailbox.py", [file] + arguments)
      defer { server.stop() }
      let asking = try Asking(
        """
        connections:
          - connector: gmail
            networks: [127.0.0.1]
            smtp: {host: 127.0.0.1, port: \(server.port), from: alerts@example.com, \(connection)}
            \(more)
        """
      )
      try body(asking) {
        try String(contentsOfFile: file, encoding: .utf8).split(separator: "\n").map { line in
          guard case .object(let mail) = try JSON.parse(Text(String(line))) else { return [:] }
          return mail
        }
      }
    }
  }

  @Test func `a mail with everything arrives as it was written`() throws {
    try withMailbox { asking, kept in
      let reply = try asking.ask(
        "gmail",
        "sendEmail2",
        [
          "Email/To": ["Ines Härtmann <ines@example.com>", "jo@example.com"],
          "Email/CC": ["cc@example.com"], "Email/BCC": ["hidden@example.com"],
          "Email/From": "Security, Team <security@example.com>",
          "Email/Subject":
            "Ein Kennwort wurde gefunden – bitte ändern, sehr geehrte Frau Härtmann, noch heute",
          "Email/Body": .text(
            Text("Zeile eins\n.\nZeile drei: ✓ " + String(repeating: "lang ", count: 300))
          ),
          "parameters/bodyIsHtml": "No",
        ],
        outputs: ["Email/Message ID"],
        key: "0123456789abcdef"
      )
      #expect(
        try reply.outputs()["Email/Message ID"] == "<0123456789abcdef@auditcli.invalid>"
      )
      let mail = try #require(try kept().first)
      #expect(mail["from"] == "security@example.com")
      #expect(
        mail["recipients"]
          == ["ines@example.com", "jo@example.com", "cc@example.com", "hidden@example.com"]
      )
      guard case .object(let header)? = mail["header"], case .list(let parts)? = mail["parts"]
      else {
        Issue.record("no mail: \(mail)")
        return
      }
      #expect(header["to"] == "Ines Härtmann <ines@example.com>, jo@example.com")
      #expect(header["from"] == "\"Security, Team\" <security@example.com>")
      #expect(
        header["subject"]
          == "Ein Kennwort wurde gefunden – bitte ändern, sehr geehrte Frau Härtmann, noch heute"
      )
      #expect(header["bcc"] == nil)
      #expect(header["date"] == "Thu, 01 Jan 2026 00:00:00 +0000")
      #expect(header["message-id"] == "<0123456789abcdef@auditcli.invalid>")
      guard case .object(let part)? = parts.first else {
        Issue.record("not what was expected")
        return
      }
      #expect(part["type"] == "text/plain")
      #expect(
        part["content"]
          == .text("Zeile eins\n.\nZeile drei: ✓ " + Text(String(repeating: "lang ", count: 300)))
      )
      guard case .number(let longest)? = mail["longest"] else {
        Issue.record("not what was expected")
        return
      }
      #expect(longest <= 78)
    }
  }

  @Test func `an attachment arrives with its name, type and bytes`() throws {
    try withMailbox { asking, kept in
      let csv = "User,Address\nines@example.com,192.0.2.14\n"
      _ = try asking.ask(
        "gmail",
        "sendEmailWithAttachment",
        [
          "Email/To": ["ines@example.com"], "Email/Subject": "Report", "Email/Body": "<b>see</b>",
          "parameters/bodyIsHtml": "Yes", "File/File Name": "Fehl-Anmeldungen \"heute\" ü.csv",
          "File/File Content": .file(
            File(name: "x.csv", mediaType: "text/csv", content: Array(csv.utf8))
          ),
        ]
      ).outputs()
      guard case .list(let parts)? = try kept().first?["parts"], parts.count == 2,
        case .object(let text) = parts[0], case .object(let file) = parts[1]
      else {
        Issue.record("not two parts: \(try kept())")
        return
      }
      #expect(text["type"] == "text/html")
      #expect(text["content"] == "<b>see</b>")
      #expect(file["name"] == "Fehl-Anmeldungen \"heute\" ü.csv")
      #expect(file["type"] == "text/csv")
      #expect(file["content"] == .text(Text(csv)))
    }
  }

  @Test(
    arguments: [
      "ines@example.com\r\nRCPT TO:<evil@example.com>", "ines", "@example.com", "ines@", "a@b@c",
      "ines@example.com> SIZE=1", "\"a b\"@example.com", "<>",
    ]
  )
  func `what is no address is an error, and nothing goes out`(address: String) throws {
    try withMailbox { asking, kept in
      let reply = try asking.ask(
        "gmail",
        "sendEmail2",
        ["Email/To": [.text(Text(address))], "Email/Subject": "s", "Email/Body": "b"]
      )
      #expect(try reply.error().kind == .invalidInput)
      #expect(try kept().isEmpty)
    }
  }

  @Test func `a subject cannot begin another line of the header`() throws {
    try withMailbox { asking, kept in
      _ = try asking.ask(
        "gmail",
        "sendEmail2",
        [
          "Email/To": "ines@example.com; jo@example.com",
          "Email/Subject": "a\r\nBcc: evil@example.com",
          "Email/Body": "b",
        ]
      ).outputs()
      let mail = try #require(try kept().first)
      #expect(mail["recipients"] == ["ines@example.com", "jo@example.com"])
      guard case .object(let header)? = mail["header"] else {
        Issue.record("not what was expected")
        return
      }
      #expect(header["bcc"] == nil)
    }
  }

  @Test func `a server that refuses the mail is an error and no doubt`() throws {
    try withMailbox(["--behaviour", "refuse"]) { asking, _ in
      let reply = try asking.ask(
        "gmail",
        "sendEmail2",
        ["Email/To": "ines@example.com", "Email/Subject": "s", "Email/Body": "b"]
      )
      #expect(try reply.error().message.description.contains("status 554"))
      #expect(!reply.isInDoubt)
    }
  }

  @Test func `a server that breaks off once it has the mail leaves it in doubt`() throws {
    try withMailbox(["--behaviour", "cut"]) { asking, kept in
      let reply = try asking.ask(
        "gmail",
        "sendEmail2",
        ["Email/To": "ines@example.com", "Email/Subject": "s", "Email/Body": "b"]
      )
      #expect(try reply.error().kind.name == "Network Error")
      #expect(reply.isInDoubt)
      #expect(try kept().count == 1)
    }
  }

  @Test func `a server that wants TLS and a password gets both, and a wrong password is told`()
    throws
  {
    try withTemporaryFolder { folder in
      let made = try TestCertificate(in: folder)
      let arguments = [
        "--certificate", made.certificate, "--key", made.key, "--user", "alerts", "--password",
        "correct-word",
      ]
      for (password, isRight) in [("correct-word", true), ("other-word-1", false)] {
        try withMailbox(
          arguments,
          "tls: starttls, user: alerts, password: \(password)",
          "certificates: \(made.certificate)"
        ) { asking, kept in
          let reply = try asking.ask(
            "gmail",
            "sendEmail2",
            ["Email/To": "ines@example.com", "Email/Subject": "s", "Email/Body": "b"]
          )
          #expect(try kept().count == (isRight ? 1 : 0))
          if isRight {
            #expect(try kept()[0]["isSecure"] == true)
          } else {
            let message = try reply.error().message.description
            #expect(message.contains("does not"))
            #expect(!message.contains(password))
            #expect(!reply.isInDoubt)
          }
        }
      }
    }
  }

  @Test func `a server without TLS gets no password unless the connection allows it`() throws {
    try withMailbox([], "tls: starttls") { asking, kept in
      let reply = try asking.ask(
        "gmail",
        "sendEmail2",
        ["Email/To": "ines@example.com", "Email/Subject": "s", "Email/Body": "b"]
      )
      #expect(!(try reply.error().message.isEmpty))
      #expect(try kept().isEmpty)
    }
  }
}

@Suite(
  "A service proves who it is",
  .enabled(if: ClientProcess.isPresent, "needs `make clients`")
)
struct CertificateTests {
  @Test(
    arguments: [
      ("127.0.0.1", "127.0.0.1", true, true), ("127.0.0.1", "127.0.0.1", false, false),
      ("other.example.com", "127.0.0.1", true, false),
    ]
  )
  func `a certificate counts if its signer is trusted and its name is the host's`(
    name: String,
    host: String,
    isTrusted: Bool,
    isAccepted: Bool
  ) throws {
    try withTemporaryFolder { folder in
      let made = try TestCertificate(in: folder, for: name)
      let server = try ClientProcess("web.py", [made.certificate, made.key])
      defer { server.stop() }
      let reply = try Asking(
        """
        connections:
          - connector: httpfunctions
            hosts: ["\(host):\(server.port)"]
            networks: [127.0.0.1]
            \(isTrusted ? "certificates: \(made.certificate)" : "timeout: 5")
        """
      ).ask(
        "httpfunctions",
        "get",
        ["Request/URL": .text(Text("https://\(host):\(server.port)/"))],
        outputs: ["Response/Body:object"]
      )
      if isAccepted {
        #expect(try reply.outputs()["Response/Body"] == ["isSecure": true])
      } else {
        #expect(try reply.error().message.description.contains("No safe connection"))
      }
    }
  }
}
