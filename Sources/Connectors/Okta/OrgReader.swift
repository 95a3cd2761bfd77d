internal import Values

/// Reads what the org behind a connection of Okta tells, as it is told: addresses in, bytes out.
///
/// It asks the host of the connection's `url` and no other, follows no redirect, and keeps the connection's
/// bounds. An answer in which the org sends the connection's own credential back is not handed on.
public struct OrgReader: Sendable {
  /// What the connection is called in messages.
  public let label: String
  /// The address of the org, without a slash at its end.
  public let url: String
  private let settings: ConnectionSettings
  private let description: ConnectorDescription
  private let tokens: TokenCache
  private let surroundings: Surroundings

  init(
    _ settings: ConnectionSettings,
    url: String,
    _ description: ConnectorDescription,
    _ tokens: TokenCache,
    _ surroundings: Surroundings
  ) {
    label = settings.label
    self.url = url
    self.settings = settings
    self.description = description
    self.tokens = tokens
    self.surroundings = surroundings
  }

  /// Shorter secrets can stand in an answer by chance.
  private static let tellingLength = 16

  /// Asks for an address: a whole one, or a path from `/` on with what stands behind it.
  ///
  /// - Throws: `OrgFailure` where no whole answer came.
  public func get(_ address: String) throws(OrgFailure) -> OrgAnswer {
    do throws(TransferFailure) {
      var reply = try send(address)
      if reply.status == 401, case .client(let client) = settings.credential {
        tokens.forget(client.label)
        reply = try send(address)
      }
      try refuseSecrets(reply)
      return answer(reply)
    } catch {
      throw Self.failure(error)
    }
  }

  private func send(_ address: String) throws(TransferFailure) -> HTTPReply {
    var token: Secret?
    if case .client(let client) = settings.credential {
      token = try TokenRequest(
        settings: settings,
        client: client,
        cache: tokens,
        now: surroundings.now()
      ).token()
    }
    let builder = CallBuilder(description: description, settings: settings, token: token)
    return try settings.http.send(try builder.reading(address, at: url))
  }

  private func answer(_ reply: HTTPReply) -> OrgAnswer {
    let links = reply.fields.filter { $0.name == "link" }.map(\.value)
    return OrgAnswer(
      status: reply.status,
      body: reply.body,
      next: links.lazy.compactMap(LinkField.next).first,
      waitMilliseconds: [429, 503].contains(reply.status)
        ? RetryAfter.milliseconds(reply, now: surroundings.now()) : 0,
      redirect: (300..<400).contains(reply.status) ? reply.field("location") : nil,
      isCutShort: reply.field("x-auditcli-cut-short") == "true"
    )
  }

  private func refuseSecrets(_ reply: HTTPReply) throws(TransferFailure) {
    for secret in settings.secrets + tokens.secrets
    where secret.revealed.utf8.count >= Self.tellingLength {
      guard reply.body.firstRange(of: Array(secret.revealed.utf8)) == nil else {
        throw TransferFailure(
          reason: .refused,
          message:
            "The answer of \(url) holds the credential of the connection \(label); nothing of it "
            + "is kept.",
          mayHaveHappened: false
        )
      }
    }
  }

  private static func failure(_ error: TransferFailure) -> OrgFailure {
    switch error.reason {
    case .hostRefused, .url: .elsewhere(error.message)
    case .size: .tooLong(error.message)
    case .name, .connection, .timeout, .malformed, .cut: .passing(error.message)
    case .addressRefused, .input, .certificate, .refused: .lasting(error.message)
    }
  }
}

extension LiveConnectors {
  /// What reads the org behind a connection of Okta.
  ///
  /// - Parameter name: The connection's name or id; nil where there is only one.
  /// - Returns: The reader.
  /// - Throws: `MissingRoute` where there is none, or it is not clear which.
  public func orgReader(named name: String?) throws(MissingRoute) -> OrgReader {
    let connector = Text("okta")
    if connections.path.isEmpty { throw MissingRoute.noFile(connector: connector) }
    let all = connections.connections.filter { $0.connector == "okta" }
    let meant = all.filter { name == nil || $0.name == name || $0.id == name }
    guard let settings = meant.first else {
      throw MissingRoute.connection(connector: connector, name: name.map { Text($0) })
    }
    guard meant.count == 1 else {
      throw MissingRoute.ambiguous(connector: connector, meant.map { Text($0.label) })
    }
    if let missing = settings.missing {
      throw MissingRoute.credential(connection: Text(settings.label), reason: "\(missing)")
    }
    guard let description = catalog.connectors.first(where: { $0.isCalled("okta") }),
      let url = settings.url ?? description.url
    else { throw MissingRoute.server(connection: Text(settings.label), member: "url") }
    return OrgReader(settings, url: url, description, tokens, surroundings)
  }
}
