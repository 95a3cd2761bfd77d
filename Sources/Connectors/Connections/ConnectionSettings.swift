/// How one connection of a flow reaches its service.
public struct ConnectionSettings: Sendable {
  /// How a connection proves who it is.
  enum Credential: Sendable {
    case none
    /// A token, which goes where the connector's description says.
    case token(Secret)
    /// A bearer token (RFC 6750).
    case bearer(Secret)
    /// A user and a password (RFC 7617).
    case basic(user: String, password: Secret)
    /// A token that is asked for with the client's own credentials (RFC 6749, section 4.4).
    case client(ClientCredentials)
  }

  /// What a token is asked for with.
  struct ClientCredentials: Sendable {
    let url: String
    let id: String
    let secret: Secret
    let scope: String?

    /// What tells one asking from another.
    var label: String { "\(url)\n\(id)\n\(scope ?? "")" }
  }

  /// How mail is sent.
  struct MailServer: Sendable {
    let host: String
    let port: Int
    /// TLS from the first byte; else by `STARTTLS`.
    let isImplicit: Bool
    /// No TLS, whatever the server offers.
    let isPlain: Bool
    /// The address that mail comes from where the card names none.
    let from: String?
    /// Who logs in; nil where nobody does.
    let login: (user: String, password: Secret)?
  }

  /// The connector, such as `okta`.
  public let connector: String
  /// The name that flows give the connection; nil where it serves all connections of its connector.
  let name: String?
  /// The id that exports give the connection.
  let id: String?
  /// The address of the service, without a slash at its end.
  let url: String?
  /// The hosts that it may reach.
  let hosts: [HostRule]
  let addresses: AddressRules
  let credential: Credential
  /// Fields that go with every request.
  let fields: [(name: String, value: Secret)]
  let mail: MailServer?
  let limits: TransferLimits
  /// Names of users and clients that were given as secrets are.
  let secretNames: [Secret]
  /// Why a credential cannot be had; nil where all can.
  public internal(set) var missing: ConfigurationError?
  /// A file of certificates to trust in place of the system's.
  let certificates: String?

  /// What sends its requests.
  var http: HTTPClient {
    HTTPClient(addresses: addresses, limits: limits, certificates: certificates)
  }

  /// What must never be written down.
  var secrets: [Secret] {
    var found = fields.map(\.value) + secretNames
    if let login = mail?.login { found.append(login.password) }
    switch credential {
    case .none: break
    case .token(let secret), .bearer(let secret), .basic(_, let secret): found.append(secret)
    case .client(let client): found.append(client.secret)
    }
    return found
  }

  /// What the connection is called in messages.
  public var label: String { name ?? id ?? connector }
}
