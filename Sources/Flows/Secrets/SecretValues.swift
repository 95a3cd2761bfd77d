public import Values

/// The secrets that a run has, by their names.
///
/// A run without some of them goes on with the reference in the place of the secret.
public struct SecretValues: Sendable {
  let digest: SecretDigest?
  let values: [Text: Text]

  /// Makes the secrets of a run.
  ///
  /// - Parameters:
  ///   - digest: What makes digests; without it, recordings say `missing` in place of each.
  ///   - values: The secrets.
  public init(digest: SecretDigest?, values: [Text: Text]) {
    self.digest = digest
    self.values = values
  }

  /// No secret at all.
  public static let none = SecretValues(digest: nil, values: [:])

  /// What stands in recordings in place of a value that was computed from secrets.
  func cover(_ value: Value, _ label: Text) -> Value {
    switch value {
    // What can be decided with a secret is no secret.
    case .null, .boolean, .unknown: value
    case .number, .text, .date, .list, .object, .file:
      .text(SecretReference.text(label, digest?.digest(of: value) ?? "missing"))
    }
  }
}

extension SecretValues: CustomStringConvertible, CustomReflectable {
  /// How many there are, and nothing of them.
  public var description: String { "[\(values.count) secrets]" }
  /// Nothing.
  public var customMirror: Mirror { Mirror(self, children: []) }
}
