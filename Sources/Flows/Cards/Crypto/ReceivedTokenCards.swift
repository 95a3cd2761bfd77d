internal import Values

/// The cards that read JSON Web Tokens, as the package `jsonwebtoken` of npm does.
///
/// Source: `help.okta.com`, `function-reference/JWT/jwt_decode.htm` and `jwt_verify.htm`.
enum ReceivedTokenCards {
  static let all: [FunctionCard] = [
    FunctionCard("jwt:decode", pure: decode),
    FunctionCard("jwt:verify", behaviour: .ambient(verify)),
  ]

  /// *Decode*: header and claims of a token, whoever signed it.
  private static func decode(_ call: inout CardCall) throws(CardError) {
    let token = try ReceivedToken(call.text(at: 0, ["token"]) ?? .empty)
    set(&call, token.claims, as: "payload")
    call.set("header", to: .object(token.header))
  }

  /// *Verify*: the claims of a token whose signature, time, audience, issuer and subject are checked.
  private static let verify = AmbientFunction(
    nextRequest: { (call, answers) throws(CardError) in
      let token = try signed(call)
      let needsClock = token.needsClock(ignoringExpiration: try ignoresExpiration(call))
      return answers.isEmpty && needsClock ? .now : nil
    },
    finish: { (call, answers) throws(CardError) in
      let token = try signed(call)
      if let answer = answers.first {
        guard case .date(let now) = answer else {
          throw CardError.invalidInput("The answer to a request for the present time is no date.")
        }
        try token.requireTime(now, ignoringExpiration: try ignoresExpiration(call))
      }
      for (option, claim) in [("audience", "aud"), ("issuer", "iss"), ("subject", "sub")] {
        try token.require(Text(claim), call.input(option, group: options))
      }
      set(&call, token.claims, as: "decoded")
    }
  )

  private static let options = "options"

  private static func signed(_ call: CardCall) throws(CardError) -> ReceivedToken {
    let token = try ReceivedToken(call.text("token") ?? .empty)
    let algorithm = Coercion.text(of: call.input("algorithm", group: options)) ?? .empty
    try token.requireSignature(
      algorithm: algorithm.isEmpty ? "HS256" : algorithm,
      key: (call.text("key") ?? .empty).wellFormedBytes
    )
    return token
  }

  private static func ignoresExpiration(_ call: CardCall) throws(CardError) -> Bool {
    let value = call.input("ignoreExpiration", group: options)
    guard let ignores = Coercion.boolean(of: value) else {
      throw CardError.invalidConversion(of: value, to: "true or false")
    }
    return ignores
  }

  /// Sets the output of all claims, and those that an author added for single ones.
  private static func set(_ call: inout CardCall, _ claims: Object, as name: Text) {
    for (place, field) in call.signature.outputs.enumerated() {
      switch field.name {
      case FieldName(key: name): call.outputs[place] = .object(claims)
      case let own where own.group == nil || own.group == name:
        call.outputs[place] = claims[own.key] ?? .null
      default: break
      }
    }
  }
}
