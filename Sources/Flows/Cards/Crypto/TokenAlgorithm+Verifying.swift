internal import Crypto
internal import CryptoExtras
internal import Values

extension TokenAlgorithm {
  /// Whether a signature is one over a message.
  ///
  /// The key is the shared secret, or a public or private key in PEM form.
  ///
  /// - Throws: `CardError` of kind *Invalid Input* where the key is none of the algorithm's.
  func isSignature(
    _ signature: [UInt8],
    key: [UInt8],
    message: [UInt8]
  ) throws(CardError) -> Bool {
    guard family != .shared else {
      let code = try self.signature(key: key, message: message)
      // Every byte is looked at, so that time does not tell how many agree.
      let differences = zip(code, signature).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) }
      return code.count == signature.count && differences == 0
    }
    let pem = String(decoding: key, as: UTF8.self)
    do {
      return family == .ecdsa
        ? try isCurveSignature(signature, pem, message)
        : try isRSASignature(signature, pem, message)
    } catch {
      throw CardError.invalidInput("The key is no key in PEM form for \(name).")
    }
  }

  private func isRSASignature(
    _ bytes: [UInt8],
    _ pem: String,
    _ message: [UInt8]
  ) throws -> Bool {
    let key =
      try (try? _RSA.Signing.PublicKey(unsafePEMRepresentation: pem))
      ?? _RSA.Signing.PrivateKey(unsafePEMRepresentation: pem).publicKey
    let padding: _RSA.Signing.Padding = family == .pss ? .PSS : .insecurePKCS1v1_5
    let signature = _RSA.Signing.RSASignature(rawRepresentation: bytes)
    return switch bits {
    case 256:
      key.isValidSignature(signature, for: SHA256.hash(data: message), padding: padding)
    case 384:
      key.isValidSignature(signature, for: SHA384.hash(data: message), padding: padding)
    default:
      key.isValidSignature(signature, for: SHA512.hash(data: message), padding: padding)
    }
  }

  /// RFC 7518, section 3.4: each length has its own curve.
  private func isCurveSignature(
    _ bytes: [UInt8],
    _ pem: String,
    _ message: [UInt8]
  ) throws -> Bool {
    switch bits {
    case 256:
      let key =
        try (try? P256.Signing.PublicKey(pemRepresentation: pem))
        ?? P256.Signing.PrivateKey(pemRepresentation: pem).publicKey
      guard let signature = try? P256.Signing.ECDSASignature(rawRepresentation: bytes) else {
        return false
      }
      return key.isValidSignature(signature, for: message)
    case 384:
      let key =
        try (try? P384.Signing.PublicKey(pemRepresentation: pem))
        ?? P384.Signing.PrivateKey(pemRepresentation: pem).publicKey
      guard let signature = try? P384.Signing.ECDSASignature(rawRepresentation: bytes) else {
        return false
      }
      return key.isValidSignature(signature, for: message)
    default:
      let key =
        try (try? P521.Signing.PublicKey(pemRepresentation: pem))
        ?? P521.Signing.PrivateKey(pemRepresentation: pem).publicKey
      guard let signature = try? P521.Signing.ECDSASignature(rawRepresentation: bytes) else {
        return false
      }
      return key.isValidSignature(signature, for: message)
    }
  }
}
