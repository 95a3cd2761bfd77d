internal import Values

/// Whom notices of alerts go to, and by which way.
public struct Recipient: Hashable, Sendable {
  /// How notices go out.
  public enum Way: String, Hashable, Sendable, CaseIterable {
    /// A message to a Slack channel, by a connection of the connection file.
    case slack
    /// A message to the channel of a Slack incoming webhook.
    case slackHook = "slack-hook"
    /// A mail, by a connection with a mail server.
    case mail
    /// A webhook that is signed by Standard Webhooks 1.0.
    case webhook

    /// Whether who receives it knows a repetition by its id, so that it can be sent again.
    public var isKeyed: Bool { self == .webhook }

    /// Whether the address is a URL, which is kept as a secret is.
    public var hasURL: Bool { self == .slackHook || self == .webhook }
  }

  /// What it is called on the command line.
  public let name: String
  /// How notices go out.
  public let way: Way
  /// The channel, the mail address, or the host of a URL.
  public let target: String
  /// The connection's name; nil for the connector's one without a name.
  public let connection: String?
  /// Private networks that a URL may lead into.
  public let networks: [String]
  /// A file of certificates to trust in place of the system's, for a URL.
  public let certificates: String?
  /// What it is told of.
  public let terms: NoticeTerms

  /// Makes a recipient.
  public init(
    name: String,
    way: Way,
    target: String,
    connection: String? = nil,
    networks: [String] = [],
    certificates: String? = nil,
    terms: NoticeTerms = NoticeTerms()
  ) {
    self.name = name
    self.way = way
    self.target = target
    self.connection = connection
    self.networks = networks
    self.certificates = certificates
    self.terms = terms
  }

  /// Whether a recipient can be called so: letters, digits, `-`, `_` and `.`, 100 at most.
  public static func isName(_ name: String) -> Bool { Hook.isName(name) }
}

extension Recipient {
  /// The recipient of its definition in the log, nil where it is none.
  init?(_ name: String, _ members: Object) {
    guard let way = members.textAt("way").flatMap({ Way(rawValue: $0.description) }),
      let target = members.textAt("to")
    else { return nil }
    self.init(
      name: name,
      way: way,
      target: target.description,
      connection: members.textAt("connection")?.description,
      networks: members.texts("networks").map(\.description),
      certificates: members.textAt("certificates")?.description,
      terms: NoticeTerms(members)
    )
  }

  var members: Object {
    var members: Object = ["way": .text(Text(way.rawValue)), "to": .text(Text(target))]
    if let connection { members["connection"] = .text(Text(connection)) }
    if !networks.isEmpty { members["networks"] = .list(networks.map { .text(Text($0)) }) }
    if let certificates { members["certificates"] = .text(Text(certificates)) }
    for (key, value) in terms.members { members[key] = value }
    return members
  }
}
