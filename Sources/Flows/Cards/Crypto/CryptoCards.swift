internal import Crypto
internal import Values

/// The cards that compute authentication codes.
enum CryptoCards {
  static let all: [FunctionCard] = [
    FunctionCard("crypto:hmac") { (call) throws(CardError) in
      let code = try code(
        algorithm: call.text("algorithm") ?? .empty,
        key: (call.text("key") ?? .empty).wellFormedBytes,
        data: (call.text("data") ?? .empty).wellFormedBytes
      )
      call.set("output", to: .text(try spelled(code, as: call.text("digest") ?? .empty)))
    }
  ]

  /// The authentication code of data.
  ///
  /// - Throws: `CardError` of kind *Invalid Input* for an algorithm that is not here.
  static func code(
    algorithm: Text,
    key: [UInt8],
    data: [UInt8]
  ) throws(CardError) -> [UInt8] {
    let key = SymmetricKey(data: key)
    // OpenSSL's names of signatures stand for their hashes alone.
    let name = algorithm.lowercased().replacing("rsa-", with: "", all: false)
    return switch name {
    case "md5": Array(HMAC<Insecure.MD5>.authenticationCode(for: data, using: key))
    case "sha1": Array(HMAC<Insecure.SHA1>.authenticationCode(for: data, using: key))
    case "sha256": Array(HMAC<SHA256>.authenticationCode(for: data, using: key))
    case "sha384": Array(HMAC<SHA384>.authenticationCode(for: data, using: key))
    case "sha512": Array(HMAC<SHA512>.authenticationCode(for: data, using: key))
    default: throw CardError.invalidInput("There is no algorithm \"\(algorithm)\" here.")
    }
  }

  /// Bytes as the card's `digest` says: in hexadecimal unless it says otherwise.
  static func spelled(_ code: [UInt8], as digest: Text) throws(CardError) -> Text {
    switch digest {
    case "base64": return Base64.encode(code)
    case "", "hex":
      let digits = Array("0123456789abcdef".utf8)
      return Text(wtf8: code.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] })
    case "binary": return Text(utf16: code.map(UInt16.init))
    default: throw CardError.invalidInput("There is no digest \"\(digest)\".")
    }
  }
}
