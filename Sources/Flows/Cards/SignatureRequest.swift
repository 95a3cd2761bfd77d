public import Values
internal import Crypto

/// A signature that is another one each time, and so has to be recorded.
public struct SignatureRequest: Hashable, Sendable {
  /// The algorithm's name, such as `ES256` (RFC 7518, section 3.1).
  public let algorithm: Text
  /// The private key in PEM form; recordings keep its digest alone.
  let key: [UInt8]
  /// What is signed.
  let message: [UInt8]

  /// What recordings keep of the request.
  public var inputs: Object {
    [
      "algorithm": .text(algorithm), "message": .text(Text(wtf8: message)),
      "keyDigest": .text(Base64.encodeForURL(Array(SHA256.hash(data: key)))),
    ]
  }

  /// The signature in base64url, or null where the key is none of the algorithm's.
  public func sign() -> Value {
    guard let algorithm = TokenAlgorithm(algorithm),
      let signature = try? algorithm.signature(key: key, message: message)
    else { return .null }
    return .text(Base64.encodeForURL(signature))
  }
}
