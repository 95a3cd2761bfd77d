internal import Values

/// The secrets that stand in flows.
extension SettingsReader {
  /// Reads `secrets` and `secretKey`; one that cannot be had now says so when a flow needs it.
  func flowSecrets(
    _ members: [String: ConfigurationNode]
  ) throws(ConfigurationError) -> FlowSecrets {
    var secrets: [(Text, Result<Secret, ConfigurationError>)] = []
    for (name, node) in try members["secrets"]?.members() ?? [] {
      guard Self.isName(name) else {
        throw node.error("the name of a secret has letters, digits, points, hyphens and _")
      }
      secrets.append(
        (
          Text(name),
          try lasting { () throws(ConfigurationError) in
            try secret(node, .ofFlow)
          }
        )
      )
    }
    return FlowSecrets(secrets, key: try members["secretKey"].map(key))
  }

  private func key(
    _ node: ConfigurationNode
  ) throws(ConfigurationError) -> Result<[UInt8], ConfigurationError> {
    try lasting { () throws(ConfigurationError) in
      let digits = Array(try secret(node, .ofFlow).revealed.utf8)
      let values = digits.compactMap { UInt8(String(UnicodeScalar($0)), radix: 16) }
      guard values.count == 64, digits.count == 64 else {
        throw node.error("the key of digests has 64 hexadecimal digits")
      }
      return stride(from: 0, to: 64, by: 2).map { values[$0] << 4 | values[$0 + 1] }
    }
  }

  /// What is read, or that its variable or file is not there; a file that is not in order is refused.
  private func lasting<Value>(
    _ read: () throws(ConfigurationError) -> Value
  ) throws(ConfigurationError) -> Result<Value, ConfigurationError> {
    do throws(ConfigurationError) {
      return .success(try read())
    } catch {
      guard error.isOfSurroundings else { throw error }
      return .failure(error)
    }
  }

  private static func isName(_ name: String) -> Bool {
    !name.isEmpty && name.utf8.count <= 200
      && name.utf8.allSatisfy {
        (48...57).contains($0) || (65...90).contains($0) || (97...122).contains($0)
          || [UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "_")].contains($0)
      }
  }
}
