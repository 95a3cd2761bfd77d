import Connectors
import Flows
import TestSupport
import Testing
import Values

@Suite("Slack's cards ask a workspace")
struct SlackTests {
  private let slack = SlackStandIn(users: ["ines@example.com": "U0001"])

  private func ask(_ method: Text, _ inputs: Object, outputs: [String]) throws -> LiveReply {
    let slack = slack
    let server = try HTTPStandIn { slack.answer($0) }
    defer { server.stop() }
    return try Asking(
      """
      connections:
        - {connector: slack, url: "\(server.url)", networks: [127.0.0.1], token: \(SlackStandIn.token)}
      """
    ).ask("slack", method, inputs, outputs: outputs)
  }

  @Test func `a message reaches its channel, and its timestamp comes back`() throws {
    let found = try ask(
      "sendMessageToChannel2",
      [
        "parameters/channel": "C0001", "parameters/bot": "Yes", "parameters/links": "No",
        "Message/Text": "A password was found.", "Message/Thread Timestamp": "",
        "Slackbot/Name": "Alerts",
      ],
      outputs: ["Message/Timestamp"]
    ).outputs()
    #expect(found["Message/Timestamp"] == "1767225600.1")
    #expect(
      slack.posted == [
        [
          "channel": "C0001", "text": "A password was found.", "thread_ts": "",
          "username": "Alerts",
          "unfurl_links": false, "unfurl_media": false,
        ]
      ]
    )
  }

  @Test func `a direct message finds its user by mail address`() throws {
    _ = try ask(
      "sendDirectMessage2",
      [
        "parameters/fieldType": "Email", "User/Email": "ines@example.com", "Message/Text": "Hello",
      ],
      outputs: []
    ).outputs()
    #expect(slack.posted.first?["channel"] == "U0001")
  }

  @Test func `a user is read by mail address`() throws {
    let found = try ask(
      "readUser2",
      ["parameters/fieldType": "Email", "User/Email": "ines@example.com"],
      outputs: ["User/User ID", "User/Full Name", "User/Email", "User/Username"]
    ).outputs()
    #expect(
      found == [
        "User/User ID": "U0001", "User/Full Name": "A Person", "User/Email": "ines@example.com",
        "User/Username": "ines",
      ]
    )
  }

  @Test(
    arguments: [
      ("sendMessageToChannel2", ["Channel/channelId": "C-MISSING"], "channel_not_found", 404.0),
      ("readUser2", ["User/Email": "jo@example.com"], "users_not_found", 404.0),
      (
        "readUser2", ["parameters/fieldType": "User ID", "User/User ID": "U9"], "unknown_method",
        400.0
      ),
      (
        "sendDirectMessage2", ["parameters/fieldType": "Email", "User/Email": "x@example.com"],
        "users_not_found", 404.0
      ),
    ] as [(Text, Object, Text, Double)]
  )
  func `an answer that is fine but says no is an error`(
    method: Text,
    inputs: Object,
    message: Text,
    status: Double
  ) throws {
    let error = try ask(method, inputs, outputs: ["User/User ID"]).error()
    #expect(error.message == message)
    #expect(error.statusCode == status)
    #expect(slack.posted.isEmpty)
  }

  @Test func `a look-up that fails leaves nothing in doubt`() throws {
    let server = try HTTPStandIn { _ in .json("{}", status: 504) }
    defer { server.stop() }
    let reply = try Asking(
      "connections: [{connector: slack, url: \"\(server.url)\", networks: [127.0.0.1]}]"
    ).ask(
      "slack",
      "sendDirectMessage2",
      ["parameters/fieldType": "Email", "User/Email": "ines@example.com", "Message/Text": "Hello"]
    )
    #expect(try reply.error().statusCode == 504)
    #expect(!reply.isInDoubt)
    #expect(server.requests.map(\.method) == ["GET"])
  }
}
