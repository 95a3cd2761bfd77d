internal import Crypto
internal import CryptoExtras
internal import Values

/// How a JSON Web Token is signed (RFC 7518, section 3.1).
struct TokenAlgorithm: Hashable, Sendable {
  /// The kind of key and signature.
  enum Family: String, Sendable {
    /// A code with a shared secret.
    case shared = "HS"
    /// RSA with PKCS #1 v1.5.
    case rsa = "RS"
    /// RSA with PSS, whose salt is random.
    case pss = "PS"
    /// ECDSA, which draws a random number too.
    case ecdsa = "ES"
  }

  let family: Family
  /// The length of the hash in bits: 256, 384 or 512.
  let bits: Int

  /// The algorithm of that name, such as `RS256`; nil where there is none.
  init?(_ name: Text) {
    let name = name.description
    guard name.utf8.count == 5, let family = Family(rawValue: String(name.prefix(2))),
      let bits = Int(name.suffix(3)), [256, 384, 512].contains(bits)
    else { return nil }
    self.family = family
    self.bits = bits
  }

  /// The name as headers of tokens give it.
  var name: Text { Text("\(family.rawValue)\(bits)") }

  /// Whether the same key and message have another signature each time.
  var isRandom: Bool { family == .pss || family == .ecdsa }
}

// MARK: - Signing

extension TokenAlgorithm {
  /// The signature over a message.
  ///
  /// - Throws: `CardError` of kind *Invalid Input* where the key is none of the algorithm's.
  func signature(key: [UInt8], message: [UInt8]) throws(CardError) -> [UInt8] {
    guard family != .shared else {
      guard !key.isEmpty else { throw CardError.invalidInput("Signing needs a key.") }
      return try CryptoCards.code(algorithm: Text("sha\(bits)"), key: key, data: message)
    }
    do {
      return try signature(pem: String(decoding: key, as: UTF8.self), message)
    } catch {
      throw CardError.invalidInput("The key is no private key in PEM form for \(name).")
    }
  }

  /// The bytes are copied out of what the library lends: `Data` would bring Foundation along.
  private func signature(pem: String, _ message: [UInt8]) throws -> [UInt8] {
    guard family == .ecdsa else {
      let key = try _RSA.Signing.PrivateKey(unsafePEMRepresentation: pem)
      let padding: _RSA.Signing.Padding = family == .pss ? .PSS : .insecurePKCS1v1_5
      let signature =
        switch bits {
        case 256: try key.signature(for: SHA256.hash(data: message), padding: padding)
        case 384: try key.signature(for: SHA384.hash(data: message), padding: padding)
        default: try key.signature(for: SHA512.hash(data: message), padding: padding)
        }
      return unsafe signature.withUnsafeBytes { unsafe Array($0) }
    }
    // RFC 7518, section 3.4: each length has its own curve.
    switch bits {
    case 256:
      let key = try P256.Signing.PrivateKey(pemRepresentation: pem)
      return unsafe try key.signature(for: message).withUnsafeBytes { unsafe Array($0) }
    case 384:
      let key = try P384.Signing.PrivateKey(pemRepresentation: pem)
      return unsafe try key.signature(for: message).withUnsafeBytes { unsafe Array($0) }
    default:
      let key = try P521.Signing.PrivateKey(pemRepresentation: pem)
      return unsafe try key.signature(for: message).withUnsafeBytes { unsafe Array($0) }
    }
  }
}
