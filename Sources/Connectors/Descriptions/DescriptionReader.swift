internal import Values

/// Reads descriptions of connectors; docs/connectors.md describes the format.
public enum DescriptionReader {
  /// Reads one description.
  ///
  /// - Parameters:
  ///   - bytes: The YAML.
  ///   - source: The file, for messages.
  /// - Returns: The description.
  /// - Throws: `ConfigurationError` with the line and member that cannot be used.
  public static func read(
    _ bytes: [UInt8],
    source: String
  ) throws(ConfigurationError) -> ConnectorDescription {
    let root = try ConfigurationNode(bytes, file: source)
    let members = try root.members(known: [
      "connector", "title", "url", "hosts", "token", "headers", "failures", "methods",
    ])
    guard let named = members["connector"] else {
      throw root.error("it must name its \"connector\", as exports do")
    }
    var names: [String] = []
    for node in try named.itemsOrOne() { names.append(try node.text()) }
    var headers: [(name: String, value: String)] = []
    for (name, node) in try members["headers"]?.members() ?? [] {
      guard HTTPField(name: name, value: try node.text()).isSendable else {
        throw node.error("it cannot be a field of an HTTP header")
      }
      headers.append((name, try node.text()))
    }
    let token = try members["token"]?.members(known: ["header", "prefix"])
    let failures = try MethodReader.failures(members["failures"], FailureRules())
    guard let listed = members["methods"] else { throw root.error("it must have \"methods\"") }
    var methods: [MethodDescription] = []
    for (name, node) in try listed.members() {
      for way in try node.itemsOrOne() {
        methods.append(try MethodReader(name: name, node: way, failures: failures).read())
      }
    }
    return ConnectorDescription(
      names: names,
      title: try members["title"]?.text() ?? names[0],
      source: source,
      tokenField: try token?["header"]?.text() ?? "Authorization",
      tokenPrefix: try token.map { members throws(ConfigurationError) in
        try members["prefix"]?.value().written.description ?? ""
      } ?? "Bearer ",
      headers: headers,
      failures: failures,
      hosts: try hosts(members["hosts"]),
      url: try members["url"]?.url().text,
      methods: methods
    )
  }

  private static func hosts(
    _ node: ConfigurationNode?
  ) throws(ConfigurationError) -> [HostRule] {
    var rules: [HostRule] = []
    for node in try node?.itemsOrOne() ?? [] {
      guard let rule = HostRule(try node.text()), !rule.isForAll else {
        throw node.error("it must be a host such as api.example.com")
      }
      rules.append(rule)
    }
    return rules
  }
}
