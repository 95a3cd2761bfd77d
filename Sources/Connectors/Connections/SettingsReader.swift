/// Reads one connection of a file.
struct SettingsReader {
  var sources: ConnectionReader.Sources
  let folder: String
  let isPrivate: Bool

  private static let known: Set<String> = [
    "connector", "name", "id", "url", "hosts", "networks", "token", "bearer", "basic", "oauth",
    "headers", "smtp", "timeout", "maximumResponse", "certificates",
  ]

  func path(_ text: String) -> String { text.hasPrefix("/") ? text : folder + text }

  /// The connection; one whose credentials cannot be had now says so when it is used, so that the
  /// others can be used.
  func settings(_ node: ConfigurationNode) throws(ConfigurationError) -> ConnectionSettings {
    do throws(ConfigurationError) {
      return try connection(node)
    } catch  where error.isOfSurroundings {
      var without = self
      without.sources = ConnectionReader.Sources(
        variable: { _ in "not there" },
        file: { _ in Array("not there".utf8) }
      )
      var settings = try without.connection(node)
      settings.missing = error
      return settings
    }
  }

  private func connection(_ node: ConfigurationNode) throws(ConfigurationError)
    -> ConnectionSettings
  {
    let members = try node.members(known: Self.known)
    guard let connector = try members["connector"]?.text() else {
      throw node.error("it must name its \"connector\", such as okta or httpfunctions")
    }
    let address = try members["url"].map { node throws(ConfigurationError) in try node.url() }
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
    if let credential = given.first, members["networks"] == nil,
      hosts.contains(where: { $0.scheme == "http" })
    {
      throw node.error(
        "\(credential) would go over http:// in clear: use https, or name the private network in \"networks\""
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
}
