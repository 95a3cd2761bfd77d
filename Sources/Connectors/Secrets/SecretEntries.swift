public import Values
internal import Yams

/// Adds secrets to the text of a connection file and leaves all else in it as it is, comments among it.
public struct SecretEntries: Sendable {
  private let secrets: [(name: Text, secret: Text)]
  private let key: [UInt8]?

  /// What to add.
  ///
  /// - Parameters:
  ///   - secrets: Names that the file does not have yet, with their secrets.
  ///   - key: The key of digests, where the file has none yet.
  public init(_ secrets: [(name: Text, secret: Text)], key: [UInt8]?) {
    self.secrets = secrets
    self.key = key
  }

  /// The file's bytes with the secrets in it.
  ///
  /// - Parameters:
  ///   - bytes: The file as it is; nil where there is none.
  ///   - path: Where it is, for messages.
  /// - Returns: The bytes to put in the place of the file's.
  /// - Throws: `ConfigurationError` where it is written so that nothing can be added without changing the rest.
  public func added(to bytes: [UInt8]?, path: String) throws(ConfigurationError) -> [UInt8] {
    guard let bytes, !bytes.isEmpty else {
      return Array((Self.heading + keyLine + "secrets:\n" + lines(indent: 2)).utf8)
    }
    let before = try Self.root(bytes, path)
    let place = try place(in: before, path)
    let lines = bytes.split(separator: Self.lineFeed, omittingEmptySubsequences: false)
    var result: [UInt8] = []
    for (number, line) in lines.enumerated() {
      if let place, place.line == number { result += Array(self.lines(indent: place.indent).utf8) }
      result += line
      if number < lines.count - 1 { result.append(Self.lineFeed) }
    }
    if result.last != Self.lineFeed { result.append(Self.lineFeed) }
    if place == nil, !secrets.isEmpty {
      result += Array(("secrets:\n" + self.lines(indent: 2)).utf8)
    }
    result += Array(keyLine.utf8)
    try check(before, try Self.root(result, path), path)
    return result
  }

  private static let lineFeed = UInt8(ascii: "\n")

  private static let heading = """
    # Secrets that stood in flows, put here by `auditcli flow add`: docs/connections.md of auditcli.
    # Each may be {env: NAME} or {file: PATH} as well. Keep the key: version ids depend on it.

    """
}

extension SecretEntries {
  private var keyLine: String {
    guard let key else { return "" }
    let digits = key.map { byte in
      String(byte >> 4, radix: 16) + String(byte & 15, radix: 16)
    }
    return "secretKey: \"\(digits.joined())\"\n"
  }

  private func lines(indent: Int) -> String {
    secrets.map { name, secret in
      // A text in JSON is one in YAML too.
      String(repeating: " ", count: indent) + "\(name): \(JSON.text(.text(secret)))\n"
    }.joined()
  }

  private static func root(
    _ bytes: [UInt8],
    _ path: String
  ) throws(ConfigurationError) -> ConfigurationNode {
    let root = try ConfigurationNode(bytes, file: path)
    guard case .mapping(let mapping) = root.node, mapping.style != .flow else {
      throw root.error("secrets can be added only where each member has its own line")
    }
    return root
  }

  /// Where the first of the file's secrets stands, nil where it has none yet.
  private func place(
    in root: ConfigurationNode,
    _ path: String
  ) throws(ConfigurationError) -> (line: Int, indent: Int)? {
    guard let node = try root.members().first(where: { $0.name == "secrets" })?.node else {
      return nil
    }
    guard case .mapping(let mapping) = node.node, mapping.style != .flow,
      let mark = mapping.first?.key.mark, mark.column > 1
    else {
      throw node.error("secrets can be added only where each has its own line, below \"secrets:\"")
    }
    return (mark.line - 1, mark.column - 1)
  }

  /// That nothing else in the file means something else now.
  private func check(
    _ before: ConfigurationNode,
    _ after: ConfigurationNode,
    _ path: String
  ) throws(ConfigurationError) {
    let (old, new) = (try Self.members(before), try Self.members(after))
    var expected = old
    for (name, secret) in secrets {
      expected.secrets[name.description] = Node(secret.description)
    }
    let isSame =
      expected.secrets.count == new.secrets.count
      && expected.secrets.allSatisfy { name, node in
        node.scalar != nil
          ? node.scalar?.string == new.secrets[name]?.scalar?.string : node == new.secrets[name]
      }
    guard isSame, old.others == new.others else {
      throw before.error("secrets cannot be added to the file as it is written; add them by hand")
    }
  }

  private static func members(
    _ root: ConfigurationNode
  ) throws(ConfigurationError) -> (secrets: [String: Node], others: [String: Node]) {
    var found: (secrets: [String: Node], others: [String: Node]) = ([:], [:])
    for (name, member) in try root.members() {
      if name == "secrets" {
        for (name, secret) in try member.members() { found.secrets[name] = secret.node }
      } else if name != "secretKey" {
        found.others[name] = member.node
      }
    }
    return found
  }
}
