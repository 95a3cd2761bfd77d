import Foundation
import TestSupport
import Testing
import Values

/// What `recipient` and `notice` take, and what they refuse.
@Suite(.waiting) struct RecipientCommandTests {
  @Test func `a Slack incoming webhook gets another URL, and notices go there`() throws {
    let server = try HTTPStandIn { _ in .reply(200, [], Array("ok".utf8)) }
    defer { server.stop() }
    try withProgramStore { store in
      let first = try store.file("first", server.url + "/services/one\n")
      let second = try store.file("second", server.url + "/services/two\n")
      try store.must(
        "recipient",
        "add",
        "security",
        "--slack-hook-file",
        first,
        "--network",
        "127.0.0.1"
      )
      let answer = try store.must(
        "recipient",
        "rotate",
        "security",
        "--slack-hook-file",
        second,
        "--json"
      )
      #expect(try answer.firstObject().string("way") == "slack-hook")
      try store.must("recipient", "test", "security")
      #expect(server.requests.map(\.target) == ["/services/two"])
      #expect(try !store.must("export").output.contains("/services/"))
      let refused = try store.run("recipient", "rotate", "security")
      #expect(refused.status == 1)
      #expect(refused.messages.contains("--slack-hook-file"))
    }
  }

  @Test(arguments: [
    ["--slack", ""], ["--slack", "two words"], ["--slack", "C1", "--origin", "acme"],
    ["--slack", "C1", "--origin", ""], ["--webhook", "http://192.0.2.1/in"],
    ["--webhook", "http://93.184.216.34/in", "--network", "10.0.0.0/8"],
    ["--webhook", "https://siem.example.com", "--certificates", "missing.pem"],
    ["--webhook", "https://siem.example.com", "--webhook-file", "x"],
  ])
  func `what cannot be a recipient is refused, and none is added`(_ options: [String]) throws {
    try withProgramStore { store in
      try store.must("recipient", "add", "known", "--slack", "C1")
      let refused = try store.run(["recipient", "add", "other"] + options)
      #expect([1, 64].contains(refused.status), "\(refused)")
      let listed = try store.must("recipient", "list", "--json").objects()
      #expect(listed.filter { $0.has("recipient") }.map { $0.string("recipient") } == ["known"])
    }
  }

  @Test func `http leads nowhere but into the networks that are named, whatever its name says`()
    throws
  {
    let server = try HTTPStandIn { _ in .json("{}") }
    defer { server.stop() }
    try withProgramStore { store in
      let url = "http://localhost:\(server.port)/in"
      try store.must("recipient", "add", "near", "--webhook", url, "--network", "127.0.0.1")
      try store.must("recipient", "test", "near")
      try store.must("recipient", "add", "far", "--webhook", url, "--network", "10.0.0.0/8")
      #expect(try store.run("recipient", "test", "far").status == 2)
      #expect(server.requests.count == 1)
    }
  }

  @Test func `a URL comes from a file, and certificates are found from any folder`() throws {
    try withProgramStore { store in
      let url = try store.file("url", "https://siem.example.com/in?key=secretword\n")
      let path = try store.file(
        "ca.pem",
        "-----BEGIN CERTIFICATE-----\nMA==\n-----END CERTIFICATE-----\n"
      )
      let relative = "./ca.pem"
      try store.must("recipient", "add", "siem", "--webhook-file", url, "--certificates", relative)
      let log = try store.must("export").output
      #expect(!log.contains("secretword"))
      #expect(try store.events("recipient.added").count == 1)
      #expect(log.contains(path) || log.contains(path.replacing("/", with: "\\/")))
      let text = try store.file("text.pem", "no certificate")
      let refused = try store.run(
        "recipient",
        "add",
        "siem",
        "--webhook-file",
        url,
        "--certificates",
        text
      )
      #expect(refused.status == 1)
      #expect(refused.messages.contains("no certificate"))
    }
  }

  @Test func `a webhook whose secrets were lost gets another one, and none from another way`()
    throws
  {
    let server = try HTTPStandIn { _ in .json("{}") }
    defer { server.stop() }
    try withProgramStore { store in
      let add = [
        "recipient", "add", "siem", "--webhook", server.url, "--network", "127.0.0.1", "--json",
      ]
      #expect(try store.must(add).firstObject().string("secret").hasPrefix("whsec_"))
      #expect(try store.must(add).firstObject()["secret"] == .null)
      try FileManager.default.removeItem(atPath: store.path + ".recipients.json")
      #expect(try store.must(add).firstObject().string("secret").hasPrefix("whsec_"))
      try store.must("recipient", "test", "siem")
      let url = try store.file("url", server.url + "/services/one")
      try store.must(
        "recipient",
        "add",
        "siem",
        "--slack-hook-file",
        url,
        "--network",
        "127.0.0.1"
      )
      #expect(try store.recipient("siem")["credential"] == .null)
      #expect(try store.must(add).firstObject().string("secret").hasPrefix("whsec_"))
      try store.must("recipient", "test", "siem")
    }
  }
}
