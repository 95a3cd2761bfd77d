internal import Flows
internal import Values

/// One mail of a card while it is sent.
struct MailCall {
  let method: MethodDescription
  let request: ConnectorRequest
  let inputs: Object
  let settings: ConnectionSettings
  let scrubber: Scrubber
  let now: Instant

  /// Sends the mail.
  func perform(_ template: MailTemplate, key: Text) -> LiveReply {
    guard let server = settings.mail else {
      return failed(.invalidInput, "The connection \(settings.label) has no \"smtp\" server.")
    }
    do throws(CardError) {
      let to = try addresses(template.to)
      let copies =
        try template.copies.map { (copies) throws(CardError) in try addresses(copies) } ?? []
      let blind =
        try template.blindCopies.map { (blind) throws(CardError) in try addresses(blind) } ?? []
      guard !(to + copies + blind).isEmpty else {
        return failed(.invalidInput, "The mail has no recipient.")
      }
      let message = MailMessage(
        from: try sender(template, server),
        to: to,
        copies: copies,
        subject: template.subject.value(inputs).written,
        body: template.body.value(inputs).written,
        isHTML: isHTML(template),
        attachment: attachment(template),
        id: "\(key)@auditcli.invalid",
        date: now,
        boundary: "=_\(key)"
      )
      return try send(message, server, to: to + copies + blind)
    } catch {
      return LiveReply(.failure(error))
    }
  }

  private func send(
    _ message: MailMessage,
    _ server: ConnectionSettings.MailServer,
    to recipients: [MailAddress]
  ) throws(CardError) -> LiveReply {
    let client = MailClient(
      server: server,
      addresses: settings.addresses,
      limits: settings.limits,
      certificates: settings.certificates
    )
    do throws(TransferFailure) {
      try client.send(
        message.bytes,
        from: message.from.address,
        to: recipients.map(\.address)
      )
    } catch {
      let card = CardError(
        kind: error.cardError.kind,
        message: Text(scrubber.clean(error.message))
      )
      return LiveReply(.failure(card), isInDoubt: error.mayHaveHappened)
    }
    var outputs = Object()
    for field in request.outputs {
      let name = field.name.text
      let rule = method.rule(for: name)
      if rule?.source == .messageID { outputs[name] = .text(Text("<\(message.id)>")) }
      if case .constant(let value)? = rule?.source { outputs[name] = value }
    }
    return LiveReply(.outputs(ConnectorAnswer(outputs: outputs)))
  }

  private func failed(_ kind: CardErrorKind, _ message: String) -> LiveReply {
    LiveReply(.failure(CardError(kind: kind, message: Text(message))))
  }

  private func sender(
    _ template: MailTemplate,
    _ server: ConnectionSettings.MailServer
  ) throws(CardError) -> MailAddress {
    let written = template.from?.value(inputs).written ?? .empty
    let text = written.isEmpty ? server.from.map { Text($0) } ?? .empty : written
    guard !text.isEmpty else {
      throw CardError(
        kind: .invalidInput,
        message: Text(
          "The card names no sender, and the connection \(settings.label) has no \"from\"."
        )
      )
    }
    return try address(text)
  }

  /// The addresses of a list, or of a text with commas or semicolons between.
  private func addresses(_ template: Template) throws(CardError) -> [MailAddress] {
    let value = template.value(inputs)
    let items: [Value] = if case .list(let items) = value { items } else { [value] }
    var addresses: [MailAddress] = []
    for item in items {
      for part in MailAddress.list(item.written.description) {
        addresses.append(try address(Text(part)))
      }
    }
    return addresses
  }

  private func address(_ text: Text) throws(CardError) -> MailAddress {
    guard let address = MailAddress(text) else {
      throw CardError(kind: .invalidInput, message: "\"" + text + "\" is no mail address.")
    }
    return address
  }

  private func isHTML(_ template: MailTemplate) -> Bool {
    let word = template.html?.value(inputs).written.lowercased() ?? .empty
    return ["yes", "true", "html"].contains(word)
  }

  private func attachment(_ template: MailTemplate) -> File? {
    guard let (name, content) = template.attachment else { return nil }
    let given = name.value(inputs).written
    switch content.value(inputs) {
    case .null: return nil
    case .file(let file):
      return File(
        name: given.isEmpty ? file.name : given,
        mediaType: file.mediaType,
        content: file.content
      )
    case let value:
      return File(
        name: given.isEmpty ? "attachment" : given,
        mediaType: "application/octet-stream",
        content: value.written.bytes
      )
    }
  }
}
