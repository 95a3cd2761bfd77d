internal import Crypto
internal import CryptoExtras
internal import Values

/// Cards that hash, encrypt and sign, which no public export holds.
///
/// Source: `help.okta.com`, `function-reference/Encryption/encryption_NAME.htm`, whose examples are
/// tests.
enum DocumentedCryptoCards {
  static let all: [FunctionCard] = [
    FunctionCard("crypto:hash", pure: hash),
    FunctionCard("crypto:md5") { (call) throws(CardError) in try hash(&call, with: "md5") },
    FunctionCard("crypto:sha1") { (call) throws(CardError) in try hash(&call, with: "sha1") },
    FunctionCard("crypto:sha256") { (call) throws(CardError) in try hash(&call, with: "sha256") },
    FunctionCard("crypto:cipher", pure: encrypt),
    FunctionCard("crypto:aes", pure: encrypt),
    FunctionCard("crypto:decipher", pure: decrypt),
    FunctionCard("crypto:sign", pure: sign),
  ]

  /// *Hash*: the hash of a text, spelled as the card says.
  private static func hash(_ call: inout CardCall) throws(CardError) {
    let given = texts(of: call, ["algorithm", "data", "digest"])
    let hash = try hash(of: given[1].wellFormedBytes, with: given[0])
    call.setResult(["output"], to: .text(try CryptoCards.spelled(hash, as: given[2])))
  }

  /// *MD5*, *SHA1* and *SHA256*: the hash of a text in base64.
  private static func hash(_ call: inout CardCall, with name: Text) throws(CardError) {
    let data = call.text(at: 0, ["data"]) ?? .empty
    let hash = try hash(of: data.wellFormedBytes, with: name)
    call.setResult(["output"], to: .text(Base64.encode(hash)))
  }

  private static func hash(of data: [UInt8], with name: Text) throws(CardError) -> [UInt8] {
    switch name.lowercased() {
    case "md5": return Array(Insecure.MD5.hash(data: data))
    case "sha1": return Array(Insecure.SHA1.hash(data: data))
    case "sha256": return Array(SHA256.hash(data: data))
    case "sha384": return Array(SHA384.hash(data: data))
    case "sha512": return Array(SHA512.hash(data: data))
    default: throw CardError.invalidInput("There is no algorithm \"\(name)\" here.")
    }
  }

  /// *Encrypt* and *AES*: a text encrypted under a passphrase, in base64.
  private static func encrypt(_ call: inout CardCall) throws(CardError) {
    let given = texts(of: call, ["algorithm", "key", "data"])
    let cipher = try TextCipher(algorithm: given[0], passphrase: given[1].wellFormedBytes)
    let bytes = try cipher.encrypt(given[2].wellFormedBytes)
    call.setResult(["output"], to: .text(Base64.encode(bytes)))
  }

  /// *Decrypt*: what *Encrypt* was given; bytes that are no UTF-8 become U+FFFD.
  private static func decrypt(_ call: inout CardCall) throws(CardError) {
    let given = texts(of: call, ["algorithm", "key", "data"])
    let cipher = try TextCipher(algorithm: given[0], passphrase: given[1].wellFormedBytes)
    let bytes = try cipher.decrypt(LenientBase64.decode(given[2]))
    call.setResult(["output"], to: .text(Text(String(decoding: bytes, as: UTF8.self))))
  }

  /// *Sign*: the signature of a text with a private RSA key in PEM form (PKCS #1 v1.5).
  private static func sign(_ call: inout CardCall) throws(CardError) {
    let given = texts(of: call, ["algorithm", "data", "digest"])
    let group = "privateKey"
    let passphrase = call.input("passphrase", group: group)
    guard Coercion.isBlank(passphrase) else {
      throw CardError.invalidInput("A key that is itself encrypted cannot be read here.")
    }
    let keyInput =
      call.hasInput("key", group: group) ? call.input("key", group: group) : call.input("key")
    let pem = Coercion.text(of: keyInput)?.description ?? ""
    let signature = try signature(pem, of: given[1].wellFormedBytes, with: given[0])
    call.setResult(["output"], to: .text(try CryptoCards.spelled(signature, as: given[2])))
  }

  private static func signature(
    _ pem: String,
    of data: [UInt8],
    with name: Text
  ) throws(CardError) -> [UInt8] {
    let name = name.lowercased()
    guard ["sha1", "sha256", "sha384", "sha512"].contains(name) else {
      throw CardError.invalidInput("There is no algorithm \"\(name)\" for signatures here.")
    }
    do {
      let key = try _RSA.Signing.PrivateKey(unsafePEMRepresentation: pem)
      let padding = _RSA.Signing.Padding.insecurePKCS1v1_5
      let signature =
        switch name {
        case "sha1": try key.signature(for: Insecure.SHA1.hash(data: data), padding: padding)
        case "sha256": try key.signature(for: SHA256.hash(data: data), padding: padding)
        case "sha384": try key.signature(for: SHA384.hash(data: data), padding: padding)
        default: try key.signature(for: SHA512.hash(data: data), padding: padding)
        }
      return unsafe signature.withUnsafeBytes { unsafe Array($0) }
    } catch {
      throw CardError.invalidInput("The key is no private RSA key in PEM form.")
    }
  }

  private static func texts(of call: CardCall, _ keys: [String]) -> [Text] {
    call.values(keys).map { Coercion.text(of: $0) ?? .empty }
  }
}
