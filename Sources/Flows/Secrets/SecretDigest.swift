internal import Crypto
public import Values

/// Digests of secrets, keyed so that nobody can try out short ones without the key.
///
/// The key lies beside the secrets in the connection file and not in the store: who has the store alone can
/// neither read a secret nor tell whether a guess is right. Equal values have equal digests under one key.
public struct SecretDigest: Sendable {
  /// How many bytes a key has.
  public static let keyLength = 32
  private static let length = 16

  private let key: [UInt8]

  /// Digests under a key.
  public init(key: [UInt8]) {
    self.key = key
  }

  /// The first half of the HMAC-SHA-256 of the value as recordings write it, in base64url.
  ///
  /// - Complexity: O(*n*) in the size of the value.
  public func digest(of value: Value) -> Text {
    let code = HMAC<SHA256>.authenticationCode(
      for: Array("auditcli secret\n".utf8)
        + CanonicalJSON.serialize(RecordedValue.encodeTree(value)),
      using: SymmetricKey(data: key)
    )
    return Base64.encodeForURL(Array(code.prefix(Self.length)))
  }

  /// A reference to a secret.
  public func reference(to secret: Text, named name: Text) -> SecretReference {
    SecretReference(name: name, digest: digest(of: .text(secret)))
  }
}

extension SecretDigest: CustomStringConvertible, CustomReflectable {
  /// That there is a key, and nothing of it.
  public var description: String { "[key]" }
  /// Nothing.
  public var customMirror: Mirror { Mirror(self, children: []) }
}
