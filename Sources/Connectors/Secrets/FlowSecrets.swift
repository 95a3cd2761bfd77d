public import Flows
public import Values

/// The secrets that stand in flows, as a connection file has them, and the key of their digests.
public struct FlowSecrets: Sendable {
  /// The names, in the order in which the file has them.
  public let names: [Text]
  private let secrets: [Text: Result<Secret, ConfigurationError>]
  private let key: Result<[UInt8], ConfigurationError>?

  init(
    _ secrets: [(name: Text, value: Result<Secret, ConfigurationError>)],
    key: Result<[UInt8], ConfigurationError>?
  ) {
    names = secrets.map(\.name)
    self.secrets = Dictionary(secrets.map { ($0.name, $0.value) }) { first, _ in first }
    self.key = key
  }

  /// No secrets, and no key.
  public static let none = FlowSecrets([], key: nil)
}

extension FlowSecrets {
  /// What makes digests; nil where the file has no key.
  ///
  /// - Throws: `ConfigurationError` where the key cannot be had now.
  public func digest() throws(ConfigurationError) -> SecretDigest? {
    guard let key else { return nil }
    return SecretDigest(key: try key.get())
  }

  /// The secret of a name; nil where there is none.
  ///
  /// - Throws: `ConfigurationError` where the variable or file that holds it is not there.
  public func secret(named name: Text) throws(ConfigurationError) -> Text? {
    guard let found = secrets[name] else { return nil }
    return Text(try found.get().revealed)
  }

  /// The name that the file has for a secret, nil where it has none; of several the first.
  public func name(of secret: Text) -> Text? {
    names.first { name in
      if case .success(let own)? = secrets[name] { Text(own.revealed) == secret } else { false }
    }
  }

  /// What a run may have: the secrets that can be had now.
  ///
  /// - Throws: `ConfigurationError` where the key cannot be had now.
  public func values() throws(ConfigurationError) -> SecretValues {
    var values: [Text: Text] = [:]
    for (name, secret) in secrets {
      if case .success(let secret) = secret { values[name] = Text(secret.revealed) }
    }
    return SecretValues(digest: try digest(), values: values)
  }

  /// The secrets that cannot be had now, and why.
  public var missing: [ConfigurationError] {
    var found: [ConfigurationError] = []
    if case .failure(let error)? = key { found.append(error) }
    for name in names { if case .failure(let error)? = secrets[name] { found.append(error) } }
    return found
  }

  /// What must be kept out of the answers of services.
  var revealed: [String] {
    secrets.values.compactMap { if case .success(let secret) = $0 { secret.revealed } else { nil } }
  }
}
