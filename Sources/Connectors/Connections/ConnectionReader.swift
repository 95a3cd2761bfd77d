/// Reads connection files; docs/connections.md describes them.
public struct ConnectionReader: Sendable {
  /// What the reader takes from its surroundings.
  public struct Sources: Sendable {
    let variable: @Sendable (String) -> String?
    let file: @Sendable (String) -> [UInt8]?

    /// Makes sources of a look-up of environment variables and of one of files by path.
    public init(
      variable: @escaping @Sendable (String) -> String?,
      file: @escaping @Sendable (String) -> [UInt8]?
    ) {
      self.variable = variable
      self.file = file
    }
  }

  private let sources: Sources

  /// Makes a reader.
  public init(_ sources: Sources) {
    self.sources = sources
  }

  /// Reads a file.
  ///
  /// - Parameters:
  ///   - bytes: What stands in it.
  ///   - path: Where it is; paths in it are relative to its folder.
  ///   - isPrivate: Whether nobody but its owner can read it. A file that others can read may name
  ///     credentials, but not hold them.
  /// - Throws: `ConfigurationError`.
  public func read(
    _ bytes: [UInt8],
    path: String,
    isPrivate: Bool
  ) throws(ConfigurationError) -> ConnectionFile {
    let root = try ConfigurationNode(bytes, file: path)
    let members = try root.members(known: ["connections", "descriptions"])
    let reading = Reading(
      sources: sources,
      folder: Self.folder(of: path),
      isPrivate: isPrivate
    )
    var connections: [ConnectionSettings] = []
    for node in try members["connections"]?.items() ?? [] {
      let read = try reading.connection(node)
      let twin = connections.first {
        $0.connector == read.connector && $0.name == read.name && $0.id == read.id
      }
      guard twin == nil else {
        throw node.error("\(read.connector) has a connection of that name and id already")
      }
      connections.append(read)
    }
    var descriptions: [String] = []
    for node in try members["descriptions"]?.itemsOrOne() ?? [] {
      descriptions.append(reading.path(try node.text()))
    }
    return ConnectionFile(path: path, connections: connections, descriptions: descriptions)
  }

  private static func folder(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "" }
    return String(path[...slash])
  }
}

private struct Reading {
  let sources: ConnectionReader.Sources
  let folder: String
  let isPrivate: Bool

  private static let known: Set<String> = [
    "connector", "name", "id", "url", "hosts", "networks", "token", "bearer", "basic", "oauth",
    "headers", "smtp", "timeout", "maximumResponse", "certificates",
  ]

  func path(_ text: String) -> String { text.hasPrefix("/") ? text : folder + text }

  func connection(_ node: ConfigurationNode) throws(ConfigurationError) -> ConnectionSettings {
    let members = try node.members(known: Self.known)
    guard let connector = try members["connector"]?.text() else {
      throw node.error("it must name its \"connector\", such as okta or httpfunctions")
    }
    let address = try members["url"].map { node throws(ConfigurationError) in try url(node) }
    var hosts = address.map { [$0.rule] } ?? []
    for node in try members["hosts"]?.itemsOrOne() ?? [] {
      guard let rule = HostRule(try node.text()) else {
        throw node.error(
          "it must be a host such as api.example.com, *.example.com or http://host:80"
        )
      }
      hosts.append(rule)
    }
    var networks: [Network] = []
    for node in try members["networks"]?.itemsOrOne() ?? [] {
      guard let network = Network(try node.text()) else {
        throw node.error("it must be a network such as 10.1.0.0/16 or ::1")
      }
      networks.append(network)
    }
    try refuseUnsafe(members, node, hosts)
    return ConnectionSettings(
      connector: connector,
      name: try members["name"]?.text(),
      id: try members["id"]?.text(),
      url: address?.text,
      hosts: hosts,
      addresses: AddressRules(allowed: networks),
      credential: try credential(members, node),
      fields: try fields(members["headers"]),
      mail: try members["smtp"].map { node throws(ConfigurationError) in try mail(node) },
      limits: try limits(members),
      secretNames: try secretNames(members),
      certificates: try members["certificates"].map { node throws(ConfigurationError) in
        path(try node.text())
      }
    )
  }

  private func refuseUnsafe(
    _ members: [String: ConfigurationNode],
    _ node: ConfigurationNode,
    _ hosts: [HostRule]
  ) throws(ConfigurationError) {
    let given = ["token", "bearer", "oauth", "basic", "headers"].filter { members[$0] != nil }
    if let credential = given.first, hosts.contains(where: \.isForAll) {
      throw node.error(
        "a connection with \(credential) must name its hosts: with \"*\" any host could be sent it"
      )
    }
    if members["smtp"] != nil, members["url"] == nil, let credential = given.first {
      throw node.error(
        "\(credential) is for a web service, of which there is no \"url\"; user and password of the mail "
          + "server stand in \"smtp\""
      )
    }
  }

  private func limits(
    _ members: [String: ConfigurationNode]
  ) throws(ConfigurationError) -> TransferLimits {
    var limits = TransferLimits()
    if let seconds = try members["timeout"]?.integer(1...600) {
      limits.totalMilliseconds = seconds * 1_000
      limits.connectMilliseconds = min(limits.connectMilliseconds, limits.totalMilliseconds)
    }
    if let size = try members["maximumResponse"]?.integer(1...1 << 30) { limits.bodySize = size }
    return limits
  }

  private func url(
    _ node: ConfigurationNode
  ) throws(ConfigurationError) -> (text: String, rule: HostRule) {
    var text = try node.text()
    while text.hasSuffix("/") { text.removeLast() }
    guard let parsed = ParsedURL(text), ["http", "https"].contains(parsed.scheme),
      !text.contains("?"), !text.contains("#")
    else { throw node.error("it must be an address such as https://example.okta.com") }
    guard !parsed.hasCredentials else {
      throw node.error("user and password belong into \"basic\"")
    }
    return (text, HostRule(scheme: parsed.scheme, host: parsed.host, port: parsed.port))
  }
}

// MARK: - Credentials

extension Reading {
  private func credential(
    _ members: [String: ConfigurationNode],
    _ node: ConfigurationNode
  ) throws(ConfigurationError) -> ConnectionSettings.Credential {
    let given = ["token", "bearer", "basic", "oauth"].filter { members[$0] != nil }
    guard given.count < 2 else {
      throw node.error("it has \(given.joined(separator: " and ")); one of them is enough")
    }
    if let node = members["token"] { return .token(try secret(node)) }
    if let node = members["bearer"] { return .bearer(try secret(node)) }
    if let node = members["basic"] { return try basic(node) }
    if let node = members["oauth"] { return try client(node) }
    return .none
  }

  private func basic(
    _ node: ConfigurationNode
  ) throws(ConfigurationError) -> ConnectionSettings.Credential {
    let members = try node.members(known: ["user", "password"])
    guard let user = members["user"], let password = members["password"] else {
      throw node.error("it must have \"user\" and \"password\"")
    }
    let name = user.isMapping ? try secret(user).revealed : try user.text()
    return .basic(user: name, password: try secret(password))
  }

  private func client(
    _ node: ConfigurationNode
  ) throws(ConfigurationError) -> ConnectionSettings.Credential {
    let members = try node.members(known: ["url", "id", "secret", "scope"])
    guard let address = members["url"], let id = members["id"], let key = members["secret"] else {
      throw node.error("it must have \"url\", \"id\" and \"secret\"")
    }
    return .client(
      ConnectionSettings.ClientCredentials(
        url: try url(address).text,
        id: id.isMapping ? try secret(id).revealed : try id.text(),
        secret: try secret(key),
        scope: try members["scope"]?.text()
      )
    )
  }

  /// The names of users and clients that stand where secrets do.
  private func secretNames(
    _ members: [String: ConfigurationNode]
  ) throws(ConfigurationError) -> [Secret] {
    var names: [Secret] = []
    for (member, name) in [("basic", "user"), ("oauth", "id")] {
      guard let node = members[member] else { continue }
      for (key, node) in try node.members() where key == name && node.isMapping {
        names.append(try secret(node))
      }
    }
    return names
  }

  private func fields(
    _ node: ConfigurationNode?
  ) throws(ConfigurationError) -> [(name: String, value: Secret)] {
    var fields: [(name: String, value: Secret)] = []
    for (name, node) in try node?.members() ?? [] {
      let value = try secret(node, leastLength: 1)
      guard HTTPField(name: name, value: value.revealed).isSendable else {
        throw node.error("it cannot be a field of an HTTP header")
      }
      fields.append((name, value))
    }
    return fields
  }

  private func mail(
    _ node: ConfigurationNode
  ) throws(ConfigurationError) -> ConnectionSettings.MailServer {
    let members = try node.members(known: ["host", "port", "tls", "from", "user", "password"])
    guard let host = try members["host"]?.text() else {
      throw node.error("it must name its \"host\"")
    }
    let tls = try members["tls"]?.word(MailSecurity.self) ?? .starttls
    let usual = tls == .implicit ? 465 : 587
    return ConnectionSettings.MailServer(
      host: host.lowercased(),
      port: try members["port"]?.integer(1...65_535) ?? usual,
      isImplicit: tls == .implicit,
      isPlain: tls == .none,
      from: try members["from"]?.text(),
      login: try login(members, node)
    )
  }

  private func login(
    _ members: [String: ConfigurationNode],
    _ node: ConfigurationNode
  ) throws(ConfigurationError) -> (user: String, password: Secret)? {
    switch (members["user"], members["password"]) {
    case (nil, nil): return nil
    case (let user?, let password?):
      let name = user.isMapping ? try secret(user).revealed : try user.text()
      return (name, try secret(password))
    default: throw node.error("\"user\" and \"password\" go together")
    }
  }

  /// A credential: the name of an environment variable or of a file that holds it, or, in a file that
  /// nobody else can read, itself.
  private func secret(
    _ node: ConfigurationNode,
    leastLength: Int = Scrubber.minimumLength
  ) throws(ConfigurationError) -> Secret {
    guard node.isMapping else {
      guard isPrivate else {
        throw node.error(
          "others can read this file, so no credential may stand in it: name a variable "
            + "({env: NAME}) or a file ({file: PATH}), or run chmod 600"
        )
      }
      return try checked(try node.text(), node, leastLength)
    }
    let members = try node.members(known: ["env", "file"])
    switch (members["env"], members["file"]) {
    case (let name?, nil):
      let variable = try name.text()
      guard let value = sources.variable(variable), !value.isEmpty else {
        throw name.error("the environment has no variable \(variable)")
      }
      return try checked(value, node, leastLength)
    case (nil, let file?):
      let path = path(try file.text())
      guard let bytes = sources.file(path) else { throw file.error("\(path) cannot be read") }
      guard var text = String(validating: bytes, as: UTF8.self) else {
        throw file.error("\(path) is no UTF-8 text")
      }
      while text.last?.isNewline ?? false { text.removeLast() }
      return try checked(text, node, leastLength)
    default: throw node.error("it must be {env: NAME} or {file: PATH}")
    }
  }

  private func checked(_ text: String, _ node: ConfigurationNode, _ leastLength: Int)
    throws(ConfigurationError)
    -> Secret
  {
    guard text.utf8.count >= leastLength else {
      throw node.error(
        "it is shorter than \(leastLength) characters, and could not be kept out of answers"
      )
    }
    guard text.utf8.allSatisfy({ $0 >= 32 && $0 != 127 }) else {
      throw node.error("it holds a line break or another character that no credential has")
    }
    return Secret(text)
  }
}

private enum MailSecurity: String, CaseIterable {
  case starttls
  case implicit
  case none
}
