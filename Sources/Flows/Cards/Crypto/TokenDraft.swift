internal import Values

/// What a token is made of, as the inputs of *Sign* give it.
struct TokenDraft {
  let algorithm: TokenAlgorithm
  let key: [UInt8]
  private let header: Object
  private let payload: Object
  private let noTimestamp: Bool
  private let notBefore: TokenSpan?
  private let expiresIn: TokenSpan?

  /// The options that become claims, in the order in which they do (RFC 7519, section 4.1).
  private static let claims = [
    ("audience", "aud"), ("issuer", "iss"), ("subject", "sub"), ("jwtid", "jti"),
  ]

  init(_ call: CardCall) throws(CardError) {
    header = try Self.header(call)
    guard case .text(let name)? = header["alg"], let algorithm = TokenAlgorithm(name) else {
      let name = header["alg"].flatMap { Coercion.text(of: $0) } ?? .empty
      throw CardError.invalidInput("There is no algorithm \"\(name)\".")
    }
    self.algorithm = algorithm
    key = (call.text("key") ?? .empty).wellFormedBytes
    let noTimestamp = call.input("noTimestamp", group: Self.options)
    self.noTimestamp = Coercion.boolean(of: noTimestamp) ?? false
    notBefore = try TokenSpan(call.input("notBefore", group: Self.options), "notBefore")
    expiresIn = try TokenSpan(call.input("expiresIn", group: Self.options), "expiresIn")
    payload = Object(call.inputs(inGroup: "payload").map { ($0.key, $0.value) })
    for (option, claim) in [("notBefore", "nbf"), ("expiresIn", "exp")] + Self.claims
    where payload[Text(claim)] != nil && !Self.isLeftOut(call.input(option, group: Self.options)) {
      throw CardError.invalidInput("The payload has \"\(claim)\" already, which \(option) sets.")
    }
    for claim in ["iat", "nbf", "exp"] {
      guard let value = payload[Text(claim)] else { continue }
      guard case .number = value else {
        throw CardError.invalidInput("\"\(claim)\" of the payload is no number of seconds.")
      }
    }
    named = Self.claims.compactMap { option, claim in
      let value = call.input(option, group: Self.options)
      return Self.isLeftOut(value) ? nil : (Text(claim), value)
    }
  }

  private let named: [(Text, Value)]
  private static let options = "options"

  /// Whether the token tells when it was made, or counts from then.
  var needsClock: Bool {
    ownTime == nil && (!noTimestamp || notBefore != nil || expiresIn != nil)
  }
}

extension TokenDraft {
  /// The payload's own `iat`; 0 counts as none, as in JavaScript.
  private var ownTime: Double? {
    guard case .number(let number)? = payload["iat"], number != 0 else { return nil }
    return number
  }

  /// The header and the payload as they are signed (RFC 7515, section 5.1).
  func message(at now: Instant?) throws(CardError) -> [UInt8] {
    var claims = payload
    var issued = Double(now?.wholeSeconds ?? 0)
    if let ownTime { issued = ownTime }
    claims["iat"] = noTimestamp ? nil : .number(issued)
    if let notBefore { claims["nbf"] = .number(notBefore.end(from: issued)) }
    if let expiresIn { claims["exp"] = .number(expiresIn.end(from: issued)) }
    for (claim, value) in named { claims[claim] = value }
    let parts = [header, claims].map { Base64.encodeForURL(JSON.serialize(.object($0))) }
    return Text.joined(parts, separator: ".").bytes
  }

  private static func header(_ call: CardCall) throws(CardError) -> Object {
    let algorithm = Coercion.text(of: call.input("algorithm", group: options)) ?? .empty
    var header: Object = [
      "alg": .text(algorithm == .empty ? "HS256" : algorithm), "typ": "JWT",
    ]
    let given = call.input("header", group: options)
    guard !isLeftOut(given) else { return header }
    let parsed: Value
    if case .text(let text) = given { parsed = try CardError.parsing(text) } else { parsed = given }
    guard case .object(let members) = parsed else {
      throw CardError.invalidInput("The header is no object.")
    }
    for (key, value) in members { header[key] = value }
    return header
  }

  private static func isLeftOut(_ value: Value) -> Bool {
    switch value {
    case .null: true
    case .text(let text): text == .empty
    default: false
    }
  }
}
