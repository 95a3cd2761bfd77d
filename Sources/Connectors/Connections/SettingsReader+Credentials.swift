/// Credentials, where they stand and where they are named.
extension SettingsReader {
  func credential(
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
        url: try address.url().text,
        id: id.isMapping ? try secret(id).revealed : try id.text(),
        secret: try secret(key),
        scope: try members["scope"]?.text()
      )
    )
  }

  /// The names of users and clients that stand where secrets do.
  func secretNames(
    _ members: [String: ConfigurationNode]
  ) throws(ConfigurationError) -> [Secret] {
    var names: [Secret] = []
    for (member, name) in [("basic", "user"), ("oauth", "id"), ("smtp", "user")] {
      guard let node = members[member] else { continue }
      for (key, node) in try node.members() where key == name && node.isMapping {
        names.append(try secret(node))
      }
    }
    return names
  }

  func fields(
    _ node: ConfigurationNode?
  ) throws(ConfigurationError) -> [(name: String, value: Secret)] {
    var fields: [(name: String, value: Secret)] = []
    for (name, node) in try node?.members() ?? [] {
      let value = try secret(node, .headerField)
      guard HTTPField(name: name, value: value.revealed).isSendable else {
        throw node.error("it cannot be a field of an HTTP header")
      }
      fields.append((name, value))
    }
    return fields
  }

  func mail(
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
  func secret(
    _ node: ConfigurationNode,
    _ use: SecretUse = .credential
  ) throws(ConfigurationError) -> Secret {
    guard node.isMapping else {
      guard isPrivate else {
        throw node.error(
          "others can read this file, so no credential may stand in it: name a variable "
            + "({env: NAME}) or a file ({file: PATH}), or run chmod 600"
        )
      }
      return try checked(try node.text(), node, use)
    }
    let members = try node.members(known: ["env", "file"])
    switch (members["env"], members["file"]) {
    case (let name?, nil):
      let variable = try name.text()
      guard let value = sources.variable(variable), !value.isEmpty else {
        throw name.error("the environment has no variable \(variable), or it is empty")
          .ofSurroundings
      }
      return try checked(value, node, use)
    case (nil, let file?):
      let path = path(try file.text())
      guard let bytes = sources.file(path) else {
        throw file.error("\(path) cannot be read").ofSurroundings
      }
      guard var text = String(validating: bytes, as: UTF8.self) else {
        throw file.error("\(path) is no UTF-8 text")
      }
      while text.last?.isNewline ?? false { text.removeLast() }
      return try checked(text, node, use)
    default: throw node.error("it must be {env: NAME} or {file: PATH}")
    }
  }

  private func checked(_ text: String, _ node: ConfigurationNode, _ use: SecretUse)
    throws(ConfigurationError)
    -> Secret
  {
    if use == .ofFlow { return Secret(text) }
    guard use == .headerField || text.utf8.count >= Scrubber.minimumLength else {
      throw node.error(
        "it is shorter than \(Scrubber.minimumLength) characters, and could not be kept out of answers"
      )
    }
    guard text.utf8.allSatisfy({ $0 >= 32 && $0 != 127 }) else {
      throw node.error("it holds a line break or another character that no credential has")
    }
    return Secret(text)
  }
}

/// What a secret is for.
enum SecretUse {
  /// It proves a connection.
  case credential
  /// It stands in a field of a header, of which some are short.
  case headerField
  /// It stood in a flow, where anything may stand.
  case ofFlow
}

private enum MailSecurity: String, CaseIterable {
  case starttls
  case implicit
  case none
}

extension ConfigurationError {
  /// The same, of a file that is in order.
  fileprivate var ofSurroundings: ConfigurationError {
    var error = self
    error.isOfSurroundings = true
    return error
  }
}
