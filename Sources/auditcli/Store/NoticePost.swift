internal import Audit
internal import Connectors
internal import Flows
internal import Server
internal import Values

/// Sends notices by the connectors.
///
/// Connections and secrets are read for each, so that those that were changed hold from then on.
struct NoticePost: Sendable {
  private let services: @Sendable () throws -> LiveConnectors
  private let secrets: @Sendable () throws -> RecipientSecrets

  /// Makes a sender of what reads the connections, and the file of secrets.
  init(
    services: @escaping @Sendable () throws -> LiveConnectors,
    secrets: RecipientSecretFile
  ) {
    self.services = services
    self.secrets = secrets.read
  }

  /// What a server sends notices with.
  var sender: NoticeSender { NoticeSender { send($0) } }

  /// Sends a letter once, and waits for what comes of it.
  func send(_ letter: NoticeLetter) -> NoticeOutcome {
    do {
      switch (letter.recipient.way, letter.message) {
      case (.slack, .slack(let text)): return try slack(letter, text)
      case (.mail, .mail(let subject, let body)): return try mail(letter, subject, body)
      case (.slackHook, .slack(let text)): return try slackHook(letter, text)
      case (.webhook, .webhook(let body)): return try webhook(letter, body)
      default: preconditionFailure("A letter has the message of its recipient's way.")
      }
    } catch {
      return .notSent(status: nil, reason: "\(error)", wait: 0)
    }
  }
}

// MARK: - Connections

extension NoticePost {
  private func slack(_ letter: NoticeLetter, _ text: String) throws -> NoticeOutcome {
    let method = ConnectorMethod(connector: "slack", method: "sendMessageToChannel2")
    return try ask(
      method,
      letter,
      [
        "parameters/channel": .text(Text(letter.recipient.target)), "parameters/links": "No",
        "Message/Text": .text(Text(text)),
      ]
    )
  }

  /// The connectors that mail goes out by.
  private static let mailers: [Text] = ["gmail", "office365mail"]

  private func mail(
    _ letter: NoticeLetter,
    _ subject: String,
    _ body: String
  ) throws -> NoticeOutcome {
    let inputs: Object = [
      "Email/To": .text(Text(letter.recipient.target)), "Email/Subject": .text(Text(subject)),
      "Email/Body": .text(Text(body)),
    ]
    let (first, second) = (Self.mailers[0], Self.mailers[1])
    do {
      return try ask(ConnectorMethod(connector: first, method: "sendEmail"), letter, inputs)
    } catch let missing as MissingRoute {
      guard case .connection = missing else { throw missing }
      do {
        return try ask(ConnectorMethod(connector: second, method: "sendEmail"), letter, inputs)
      } catch MissingRoute.connection {
        throw missing
      }
    }
  }

  private func ask(
    _ method: ConnectorMethod,
    _ letter: NoticeLetter,
    _ inputs: Object
  ) throws -> NoticeOutcome {
    let name = letter.recipient.connection.map { Text($0) }
    let route = try services().route(to: method, connection: nil, named: name)
    let request = ConnectorRequest(
      method: method,
      connection: nil,
      options: [:],
      inputs: inputs,
      outputs: [],
      streamsRecords: false
    )
    let reply = route.perform(request, key: Text(letter.id))
    guard case .failure(let error) = reply.answer else { return .sent(status: nil) }
    let status = reply.refusal
    let reason = "\(error.message)".visible
    // A service that stumbled may have done it all the same; Slack says so of `internal_error`.
    let stumbled = status.map { $0 >= 500 && $0 != 503 } ?? false
    return reply.isInDoubt || stumbled && letter.recipient.way == .slack
      ? .doubted(status: status, reason: reason)
      : .notSent(status: status, reason: reason, wait: reply.waitMilliseconds)
  }
}

// MARK: - URLs

extension NoticePost {
  private func slackHook(_ letter: NoticeLetter, _ text: String) throws -> NoticeOutcome {
    let body = JSON.serialize([
      "text": .text(Text(text)), "unfurl_links": false, "unfurl_media": false,
    ])
    let url = try url(of: letter.recipient, try secrets())
    switch url.post(body, [], now: Instant(milliseconds: ProcessWorld.now())) {
    case .answered(let status, _) where (200..<300).contains(status): return .sent(status: status)
    case .answered(let status, let wait):
      return status >= 500 && status != 503
        ? .doubted(status: status, reason: Self.refusal(url, status))
        : .notSent(status: status, reason: Self.refusal(url, status), wait: wait)
    case .unanswered(let reason, let mayHaveHappened):
      return mayHaveHappened
        ? .doubted(status: nil, reason: reason) : .notSent(status: nil, reason: reason, wait: 0)
    }
  }

  private func webhook(_ letter: NoticeLetter, _ body: [UInt8]) throws -> NoticeOutcome {
    let now = ProcessWorld.now()
    let secrets = try secrets()
    let keys = secrets.signing(for: letter.recipient.name, at: now)
    guard !keys.isEmpty else {
      throw Failure(
        "\(letter.recipient.name) has no secret that is valid now; `auditcli recipient rotate` draws one"
      )
    }
    let url = try url(of: letter.recipient, secrets)
    let fields = Self.fields(signing: body, letter.id, with: keys, at: now / 1000)
    switch url.post(body, fields, now: Instant(milliseconds: now)) {
    case .answered(let status, _) where (200..<300).contains(status): return .sent(status: status)
    case .answered(let status, let wait):
      return .notSent(status: status, reason: Self.refusal(url, status), wait: wait)
    // Its receiver knows it by its id, should it come twice.
    case .unanswered(let reason, _): return .notSent(status: nil, reason: reason, wait: 0)
    }
  }

  /// The fields of Standard Webhooks, signed with each of the secrets.
  private static func fields(
    signing body: [UInt8],
    _ id: String,
    with secrets: [[UInt8]],
    at now: Int64
  ) -> [(name: String, value: String)] {
    let signed = secrets.map {
      DeliverySignature(.standardWebhooks, secret: $0).fields(signing: body, id: id, now: now)
    }
    var fields = signed.first ?? []
    for place in fields.indices where fields[place].name == "webhook-signature" {
      fields[place].value = signed.map { $0[place].value }.joined(separator: " ")
    }
    return fields
  }

  private func url(of recipient: Recipient, _ secrets: RecipientSecrets) throws -> Webhook {
    guard let url = secrets.url(of: recipient.name) else {
      throw Failure(
        "the URL of \(recipient.name) is not known here; `auditcli recipient add` gives it"
      )
    }
    do throws(Webhook.Unusable) {
      return try Webhook(
        url,
        networks: recipient.networks,
        certificates: recipient.certificates
      )
    } catch {
      throw Failure("the URL of \(recipient.name): \(error)")
    }
  }

  private static func refusal(_ url: Webhook, _ status: Int) -> String {
    "\(url.host) answered with status \(status)"
  }
}
