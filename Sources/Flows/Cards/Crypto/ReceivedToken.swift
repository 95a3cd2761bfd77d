internal import Values

/// A JSON Web Token taken apart (RFC 7519).
struct ReceivedToken {
  let header: Object
  let claims: Object
  private let message: [UInt8]
  private let signature: [UInt8]

  /// Takes a token apart, without looking at its signature.
  ///
  /// - Throws: `CardError` of kind *Invalid Input* where it is none: three parts in base64 with dots
  ///   between, of which two are JSON objects.
  init(_ token: Text) throws(CardError) {
    let parts = token.trimmed().split(separator: ".")
    guard parts.count == 3, let header = Self.object(parts[0]), let claims = Self.object(parts[1])
    else { throw CardError.invalidInput("The token is no JSON Web Token.") }
    self.header = header
    self.claims = claims
    message = (parts[0] + "." + parts[1]).bytes
    signature = LenientBase64.decode(parts[2])
  }

  private static func object(_ part: Text) -> Object? {
    guard let text = Text(utf8: LenientBase64.decode(part)),
      case .object(let object)? = try? JSON.parse(text)
    else { return nil }
    return object
  }
}

extension ReceivedToken {
  /// Checks the signature.
  ///
  /// - Throws: `CardError` of kind *Invalid Input* where the token was signed otherwise, or by
  ///   somebody else.
  func requireSignature(algorithm: Text, key: [UInt8]) throws(CardError) {
    guard header["alg"] == .text(algorithm), let algorithm = TokenAlgorithm(algorithm) else {
      throw CardError.invalidInput("The token is not signed with \(algorithm).")
    }
    guard try algorithm.isSignature(signature, key: key, message: message) else {
      throw CardError.invalidInput("The token's signature is not valid.")
    }
  }

  /// Whether the token says from when or until when it holds.
  func needsClock(ignoringExpiration: Bool) -> Bool {
    claims["nbf"] != nil || (claims["exp"] != nil && !ignoringExpiration)
  }

  /// Checks from when and until when the token holds, in whole seconds.
  func requireTime(_ now: Instant, ignoringExpiration: Bool) throws(CardError) {
    let seconds = Double(now.wholeSeconds)
    if let start = claims["nbf"] {
      guard case .number(let start) = start else { throw Self.refused("nbf") }
      guard start <= seconds else { throw CardError.invalidInput("The token does not hold yet.") }
    }
    guard !ignoringExpiration, let end = claims["exp"] else { return }
    guard case .number(let end) = end else { throw Self.refused("exp") }
    guard seconds < end else { throw CardError.invalidInput("The token has expired.") }
  }

  private static func refused(_ claim: String) -> CardError {
    CardError.invalidInput("\"\(claim)\" of the token is no number of seconds.")
  }

  /// Checks that a claim is what is asked for; of several audiences, one has to be.
  func require(_ claim: Text, _ expected: Value) throws(CardError) {
    guard !Coercion.isBlank(expected) else { return }
    let text = Coercion.text(of: expected)
    let given = claims[claim] ?? .null
    let candidates = claim == "aud" ? Coercion.items(of: given) : [given]
    guard candidates.contains(where: { $0 == text.map(Value.text) }) else {
      throw CardError.invalidInput("\"\(claim)\" of the token is another.")
    }
  }
}
