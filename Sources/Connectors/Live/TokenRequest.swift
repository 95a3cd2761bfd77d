internal import Values

/// Asks for a bearer token with a client's own credentials (RFC 6749, section 4.4).
struct TokenRequest {
  let settings: ConnectionSettings
  let client: ConnectionSettings.ClientCredentials
  let cache: TokenCache
  let now: Instant

  /// A token that holds.
  ///
  /// - Throws: `TransferFailure`, with nothing done that the card asked for.
  func token() throws(TransferFailure) -> Secret {
    if let held = cache.token(for: client.label, now: now) { return held }
    guard let url = ParsedURL(client.url) else {
      throw failure("\(client.url) is no address")
    }
    var form: Object = [
      "grant_type": "client_credentials", "client_id": .text(Text(client.id)),
      "client_secret": .text(Text(client.secret.revealed)),
    ]
    form["scope"] = client.scope.map { .text(Text($0)) }
    let reply: HTTPReply
    do throws(TransferFailure) {
      reply = try settings.http.send(
        HTTPCall(
          method: "POST",
          url: url,
          fields: [
            HTTPField(name: "Content-Type", value: "application/x-www-form-urlencoded"),
            HTTPField(name: "Accept", value: "application/json"),
          ],
          body: PercentEncoding.encode(form).bytes
        )
      )
    } catch {
      throw error.withoutEffect
    }
    guard reply.status == 200, case .object(let answer)? = try? JSON.parse(reply.body),
      case .text(let text)? = answer["access_token"], !text.isEmpty,
      text.bytes.allSatisfy({ $0 > 32 && $0 < 127 })
    else { throw failure("\(url.host) answered with status \(reply.status)") }
    let token = Secret(text.description)
    var seconds: Double = 300
    if case .number(let given)? = answer["expires_in"], given > 0 { seconds = min(given, 86_400) }
    // A minute early, so that none runs out on its way.
    let until = now.adding(milliseconds: Int64(max(0, seconds - 60) * 1_000)) ?? now
    cache.keep(token, for: client.label, until: until)
    return token
  }

  private func failure(_ reason: String) -> TransferFailure {
    TransferFailure(
      reason: .refused,
      message: "The connection \(settings.label) gets no token: \(reason).",
      mayHaveHappened: false
    )
  }
}
