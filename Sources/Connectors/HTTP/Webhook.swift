public import Values

/// A URL that a person named and messages are posted to.
///
/// It is kept to the rules of connections: the certificate is checked, redirects are not followed, time and
/// sizes are bounded, and private networks are reached only where they are named.
public struct Webhook: Sendable {
  /// The URL cannot be posted to.
  public struct Unusable: Error, Hashable, CustomStringConvertible {
    /// What is wrong with it; nothing of the URL is in it.
    public let description: String
  }

  /// What came of posting.
  public enum Reply: Hashable, Sendable {
    /// An answer came, and asks to wait for so many milliseconds.
    case answered(status: Int, wait: Double)
    /// No whole answer came; whether the request may have been taken all the same.
    case unanswered(reason: String, mayHaveHappened: Bool)
  }

  private let url: ParsedURL
  private let client: HTTPClient

  /// Takes a URL.
  ///
  /// - Parameters:
  ///   - url: The URL; `http` leads into the networks that are named, and nowhere else.
  ///   - networks: Private networks that it may lead into, such as `10.1.0.0/16`.
  ///   - certificates: A file of certificates to trust in place of the system's.
  /// - Throws: `Unusable`.
  public init(_ url: String, networks: [String], certificates: String?) throws(Unusable) {
    guard let parsed = ParsedURL(url), ["https", "http"].contains(parsed.scheme) else {
      throw Unusable(description: "it is no URL of https")
    }
    guard !parsed.hasCredentials else {
      throw Unusable(description: "it has a user or a password, which belong elsewhere")
    }
    guard parsed.scheme == "https" || !networks.isEmpty else {
      throw Unusable(
        description: "http would go in clear: use https, or name its private network"
      )
    }
    var allowed: [Network] = []
    for text in networks {
      guard let network = Network(text) else {
        throw Unusable(description: "\(text) is no network such as 10.1.0.0/16 or ::1")
      }
      allowed.append(network)
    }
    let rules = AddressRules(allowed: allowed, isLimited: parsed.scheme == "http")
    let host = parsed.host.filter { $0 != "[" && $0 != "]" }
    if rules.isLimited, let address = NetworkAddress(host), !rules.allows(address) {
      throw Unusable(
        description: "http would go in clear: its address is in no network that is named"
      )
    }
    self.url = parsed
    client = HTTPClient(
      addresses: rules,
      limits: TransferLimits(),
      certificates: certificates
    )
  }

  /// Its host, with the port where it is not the usual one.
  public var host: String { url.authority }

  /// Posts a body, and waits for the answer.
  ///
  /// - Parameters:
  ///   - body: The body, as JSON.
  ///   - fields: Header fields beside its type.
  ///   - now: The time, to which dates in the answer are compared.
  /// - Returns: What came of it; no part of the URL but the host is in it.
  public func post(
    _ body: [UInt8],
    _ fields: [(name: String, value: String)],
    now: Instant
  ) -> Reply {
    do throws(TransferFailure) {
      let reply = try client.send(
        HTTPCall(
          method: "POST",
          url: url,
          fields: [HTTPField(name: "Content-Type", value: "application/json")]
            + fields.map { HTTPField(name: $0.name, value: $0.value) },
          body: body
        )
      )
      return .answered(
        status: reply.status,
        wait: RetryAfter.milliseconds(reply, now: now)
      )
    } catch {
      return .unanswered(reason: error.message, mayHaveHappened: error.mayHaveHappened)
    }
  }
}
