internal import ArgumentParser
internal import Audit
internal import Connectors
internal import EventStore
internal import Values

struct HookTestCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "test",
    abstract: "Deliver a preview to a hook, as its sender would.",
    discussion: """
      Asks first whether the address is the hook's, as Okta does once, then delivers an event: a made-up \
      one of the hook's first type, or what a file holds. It is a delivery like any other: it is kept, \
      and starts the flows that wait for it.

      EXIT STATUS
        2  it was not taken in

      EXAMPLES
        auditcli hook test breached-credentials --secret-file secret
        auditcli hook test slack --event message.json --url https://audit.example.com
      """
  )

  @OptionGroup var global: GlobalOptions
  @OptionGroup var secrets: HookSecretOptions
  @OptionGroup var given: GivenSecretOptions

  @Option(help: ArgumentHelp("The server, without a path.", valueName: "url"))
  var url = "http://127.0.0.1:8080"

  @Option(help: ArgumentHelp("A file with what is delivered.", valueName: "file"))
  var event: String?

  @Option(
    help: ArgumentHelp("Certificates to trust in place of the system's.", valueName: "file")
  )
  var certificates: String?

  @Argument(help: ArgumentHelp("The hook.", valueName: "name"))
  var name: String

  func run() throws {
    let log = try global.openForReading()
    let hook = try HookRegistry(log).hook(name).hook
    let secret = try secret(for: hook)
    let body = try event.map { try InputFile($0).bytes } ?? preview(for: hook)
    let address = url.trimmingSuffix("/") + HookAnswer.paths(of: hook)[0]
    let sender = DeliveryPreview(certificates: certificates)
    var isTaken = true
    if hook.format == .oktaEventHook {
      let challenge = Base64.encodeForURL(ProcessWorld.entropy(16)).description
      let answer = try sender.send(
        "GET",
        address,
        proof(of: hook, secret, []) + [("x-okta-verification-challenge", challenge)],
        body: nil
      )
      let isEchoed = answer.status == 200 && Self.verification(answer.body) == challenge
      isTaken = isEchoed
      tell("verification", answer, isEchoed)
    }
    let answer = try sender.send(
      "POST",
      address,
      proof(of: hook, secret, body) + [("Content-Type", "application/json")],
      body: body
    )
    isTaken = isTaken && (200..<300).contains(answer.status)
    let isDelivered = (200..<300).contains(answer.status)
    let isFiltered = isDelivered && Self.isKeptOut(body, by: hook)
    isTaken = isTaken && !isFiltered
    tell("delivery", answer, isDelivered, isFiltered: isFiltered)
    Coverage(size: try log.size().count).write(json: global.json)
    if !isTaken { throw ExitStatus.found.exit }
  }
}

extension HookTestCommand {
  private func secret(for hook: Hook) throws -> [UInt8] {
    if hook.proof == .nothing { return [] }
    if given.secretFile != nil { return try given.secret(for: hook).bytes }
    let known = try secrets.secrets(global).read().valid(of: hook.name, at: ProcessWorld.now())
    guard case .secret(let secret)? = known.first?.kept else {
      throw Failure(
        "of the secret of \(hook.name) only a digest is kept: name a file that holds it with --secret-file"
      )
    }
    return secret
  }

  private func proof(
    of hook: Hook,
    _ secret: [UInt8],
    _ body: [UInt8]
  ) -> [(name: String, value: String)] {
    let text = String(decoding: secret, as: UTF8.self)
    return switch hook.proof {
    case .nothing: []
    case .header: [(hook.field, text)]
    case .token: [("x-auditcli-token", text)]
    case .slack, .typeform, .standardWebhooks, .github, .stripe:
      DeliverySignature(hook.proof, secret: secret).fields(
        signing: body,
        id: "preview",
        now: ProcessWorld.now() / 1000
      )
    }
  }

  /// A delivery of Okta's with one event of the hook's first type.
  private func preview(for hook: Hook) throws -> [UInt8] {
    guard hook.format == .oktaEventHook, let type = hook.events.first?.type else {
      throw Failure("name what is delivered to \(hook.name) with --event FILE")
    }
    let now = Instant(milliseconds: ProcessWorld.now()).iso8601
    let id = Text("preview-") + Base64.encodeForURL(ProcessWorld.entropy(12))
    let event: Value = [
      "uuid": .text(id), "published": .text(now), "eventType": .text(Text(type)), "version": "0",
      "severity": "INFO", "displayMessage": "A preview that nobody caused",
      "actor": [
        "id": "preview", "type": "User", "alternateId": "preview@example.com",
        "displayName": "Preview",
      ], "outcome": ["result": "SUCCESS"], "target": [],
    ]
    return JSON.serialize([
      "eventType": "com.okta.event_hook", "eventTypeVersion": "1.0", "cloudEventsVersion": "0.1",
      "source": "https://preview.example.com/api/v1/eventHooks/preview",
      "eventId": .text("delivery-of-" + id),
      "data": ["events": [event]], "eventTime": .text(now), "contentType": "application/json",
    ])
  }

  /// Whether the hook's filter lets nothing of a delivery through; what cannot be read is no delivery.
  private static func isKeptOut(_ body: [UInt8], by hook: Hook) -> Bool {
    guard !hook.events.isEmpty else { return false }
    let isLetThrough = try? JSONReader().withDocument(body) { root in
      guard let events = root["data"]?["events"], events.kind == .array else {
        return hook.delivers(root)
      }
      return events.items.contains { hook.delivers($0) }
    }
    return isLetThrough == false
  }

  private static func verification(_ body: [UInt8]) -> String? {
    guard case .object(let members)? = try? JSON.parse(body),
      case .text(let text)? = members["verification"]
    else { return nil }
    return text.description
  }

  private func tell(
    _ what: String,
    _ answer: DeliveryPreview.Answer,
    _ isTaken: Bool,
    isFiltered: Bool = false
  ) {
    let text = String(decoding: answer.body.prefix(1000), as: UTF8.self)
    if global.json {
      Output.json([
        "step": .text(Text(what)), "status": .number(Double(answer.status)),
        "taken": .boolean(isTaken), "filtered": .boolean(isFiltered), "answer": .text(Text(text)),
      ])
    } else {
      let said =
        isFiltered ? "kept out by the hook's filter" : isTaken ? "taken" : text.visible
      let line = "\(what)  \(answer.status)  \(said)"
      Output.line(isTaken && !isFiltered ? line : Style.bad(line))
    }
  }
}

extension String {
  fileprivate func trimmingSuffix(_ suffix: String) -> String {
    hasSuffix(suffix) ? String(dropLast(suffix.count)) : self
  }
}
