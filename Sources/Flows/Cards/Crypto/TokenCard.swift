internal import Values

/// *Sign*: a JSON Web Token of the payload and the options (RFC 7519), as the package `jsonwebtoken` of npm
/// makes it.
enum TokenCard {
  static let all: [FunctionCard] = [FunctionCard("jwt:sign", behaviour: .ambient(sign))]

  private static let sign = AmbientFunction(
    nextRequest: { (call, answers) throws(CardError) in
      let token = try TokenDraft(call)
      if token.needsClock, answers.isEmpty { return .now }
      guard token.algorithm.isRandom, answers.count == (token.needsClock ? 1 : 0) else {
        return nil
      }
      let message = try token.message(at: instant(token, answers))
      // What is wrong with the key is an error of the card, which no answer can be.
      _ = try token.algorithm.signature(key: token.key, message: message)
      return .signature(
        SignatureRequest(algorithm: token.algorithm.name, key: token.key, message: message)
      )
    },
    finish: { (call, answers) throws(CardError) in
      let token = try TokenDraft(call)
      let message = try token.message(at: instant(token, answers))
      let signature = try signature(token, message, answers)
      call.set("token", to: .text(Text(wtf8: message) + "." + signature))
    }
  )

  private static func signature(
    _ token: TokenDraft,
    _ message: [UInt8],
    _ answers: [Value]
  ) throws(CardError) -> Text {
    guard token.algorithm.isRandom else {
      return Base64.encodeForURL(
        try token.algorithm.signature(key: token.key, message: message)
      )
    }
    guard case .text(let signature)? = answers.last else {
      throw CardError.invalidInput("The answer to a request for a signature is no text.")
    }
    return signature
  }

  /// When the token is made, nil where that does not matter.
  private static func instant(
    _ token: TokenDraft,
    _ answers: [Value]
  ) throws(CardError) -> Instant? {
    guard token.needsClock else { return nil }
    guard case .date(let now)? = answers.first else {
      throw CardError.invalidInput("The answer to a request for the present time is no date.")
    }
    return now
  }
}
