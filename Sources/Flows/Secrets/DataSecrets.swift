public import Values

/// Covers secrets in what comes from outside: what events bring, and what starts a run.
///
/// They are told by the names that they stand under and by what they look like, as those of flows are.
public struct DataSecrets: Sendable {
  /// A value or document with covers in the place of secrets.
  public struct Covered<Data> {
    /// The data.
    public let data: Data
    /// What the secrets stood under, without repeats.
    public let names: [Text]
  }

  private let digest: SecretDigest

  /// Makes one whose digests have a key.
  public init(_ digest: SecretDigest) {
    self.digest = digest
  }

  /// A value with its secrets covered; nil where it holds none.
  ///
  /// - Complexity: O(*n*) in the size of the value.
  public func covered(_ value: Value) -> Covered<Value>? {
    let found = secrets(in: value)
    guard !found.isEmpty else { return nil }
    let covers = DataCovers(found, digest)
    return Covered(data: covers.cover(value), names: covers.names)
  }

  /// A JSON document with the secrets in its texts covered, every other byte as it was; nil where it holds
  /// none.
  ///
  /// - Complexity: O(*n*) in its length.
  public func covered(json bytes: [UInt8]) -> Covered<[UInt8]>? {
    let document = DocumentSecrets(bytes)
    var found = document.found
    if document.mayHavePairs, let value = try? JSON.parse(bytes) { found += secrets(in: value) }
    guard !found.isEmpty else { return nil }
    let covers = DataCovers(found, digest)
    return Covered(data: covers.cover(json: bytes), names: covers.names)
  }

  private func secrets(in value: Value) -> [ValueSecrets.Found] {
    var found = ValueSecrets.secrets(in: value, name: .empty, isNamed: false, inHeader: false)
    if case .object(let object) = value {
      for (key, member) in object where SecretNames.isSecret(key, .delivery) {
        found += ValueSecrets.secrets(in: member, name: key, isNamed: true, inHeader: false)
      }
    }
    return found
  }
}
