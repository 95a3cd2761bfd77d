import Crypto
import CryptoExtras
import Flows
import Foundation
import Testing
import Values

@Suite struct TokenCardTests {
  private static let now: Value = .date("2020-09-13T12:26:40.900Z")

  /// The tokens were made by another implementation, from the same header and claims.
  @Test(arguments: [
    CardCase(
      "the time is in it",
      "jwt:sign",
      ["key": "secret", "options/algorithm": "HS256", "payload/name": "Ada"],
      answers: [now],
      gives: [
        "token": """
        eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJuYW1lIjoiQWRhIiwiaWF0IjoxNjAwMDAwMDAwfQ.WaDE00JizuWvrB6N2pvWrYEpPeDRWQ8ZlFURFeF4hao
        """
      ]
    ),
    CardCase(
      "options become claims, and a header is added to",
      "jwt:sign",
      [
        "key": "secret", "options/audience": "https://api.example.com",
        "options/issuer": "ada@example.com", "options/expiresIn": "2h", "options/jwtid": "j",
        "options/noTimestamp": true, "options/header": .text("{\"kid\":\"1\"}"),
        "options/notBefore": 60, "options/subject": "s", "options/algorithm": "HS512",
        "payload/name": "Ada",
      ],
      answers: [now],
      gives: [
        "token": """
        eyJhbGciOiJIUzUxMiIsInR5cCI6IkpXVCIsImtpZCI6IjEifQ.eyJuYW1lIjoiQWRhIiwibmJmIjoxNjAwMDAwMDYwLCJleHAiOjE2MDAwMDcyMDAsImF1ZCI6Imh0dHBzOi8vYXBpLmV4YW1wbGUuY29tIiwiaXNzIjoiYWRhQGV4YW1wbGUuY29tIiwic3ViIjoicyIsImp0aSI6ImoifQ.PATCJ2gORQ7IGaeqSICgDfc--I2QS6EQJKsFkHCa5lWTFv3EPId-5YreNCO3BcyKXwvHfk1vMFQHeOEIX-P6NA
        """
      ]
    ),
    CardCase(
      "a payload's own time counts",
      "jwt:sign",
      [
        "key": "secret", "options/algorithm": "HS384", "options/expiresIn": 10,
        "payload/iat": 100,
      ],
      gives: [
        "token": """
        eyJhbGciOiJIUzM4NCIsInR5cCI6IkpXVCJ9.eyJpYXQiOjEwMCwiZXhwIjoxMTB9.K3YdZ8F1wuZSSTHBy1C9SItvntMqxTUP9btNQsGltZPsmasIZVkVPk6ixHPzMh5_
        """
      ]
    ),
    CardCase(
      "nothing but a key",
      "jwt:sign",
      [
        "key": "secret", "options/algorithm": .null, "options/noTimestamp": true,
        "options/audience": "", "options/issuer": .null,
      ],
      gives: [
        "token": """
        eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.e30.t-IDcSemACt8x4iTMCda8Yhe3iZaWbvV5XKSTbuAn0M
        """
      ]
    ),
    CardCase(
      "no key",
      "jwt:sign",
      ["key": .null, "options/algorithm": "HS256", "options/noTimestamp": true],
      raises: .invalidInput
    ),
    CardCase(
      "no such algorithm",
      "jwt:sign",
      ["key": "k", "options/algorithm": "none"],
      raises: .invalidInput
    ),
    CardCase(
      "a key that is no private key",
      "jwt:sign",
      ["key": "secret", "options/algorithm": "RS256", "options/noTimestamp": true],
      raises: .invalidInput
    ),
    CardCase(
      "a header that is no JSON",
      "jwt:sign",
      ["key": "k", "options/algorithm": "HS256", "options/header": "kid"],
      raises: .parseError
    ),
    CardCase(
      "a header that is no object",
      "jwt:sign",
      ["key": "k", "options/algorithm": "HS256", "options/header": "[1]"],
      raises: .invalidInput
    ),
    CardCase(
      "a span that is none",
      "jwt:sign",
      ["key": "k", "options/algorithm": "HS256", "options/expiresIn": "soon"],
      raises: .invalidInput
    ),
    CardCase(
      "a span that is no whole number",
      "jwt:sign",
      ["key": "k", "options/algorithm": "HS256", "options/expiresIn": 10.5],
      raises: .invalidInput
    ),
    CardCase(
      "a claim that is there twice",
      "jwt:sign",
      ["key": "k", "options/algorithm": "HS256", "options/issuer": "a", "payload/iss": "b"],
      raises: .invalidInput
    ),
    CardCase(
      "a time that is no number",
      "jwt:sign",
      ["key": "k", "options/algorithm": "HS256", "payload/exp": "tomorrow"],
      raises: .invalidInput
    ),
  ])
  func `tokens are made of payload and options`(_ example: CardCase) throws {
    try example.check()
  }

  @Test(arguments: [
    ("", 1), ("ms", 1), ("s", 1000), (" secs", 1000), ("m", 60_000), (" minutes", 60_000),
    ("h", 3_600_000), ("hrs", 3_600_000), ("d", 86_400_000), ("w", 604_800_000),
    ("Years", 31_557_600_000),
  ])
  func `a span may be in any unit`(_ unit: String, _ milliseconds: Double) throws {
    let token = try Self.token([
      "key": "k", "options/algorithm": "HS256", "options/expiresIn": .text(Text("2\(unit)")),
      "payload/iat": 1000,
    ])
    let end = (1000 + 2 * milliseconds / 1000).rounded(.down)
    #expect(try Self.claims(token)["exp"] == .number(end))
  }

  /// RFC 7518 names the hash, and for ECDSA the curve, of each algorithm.
  @Test(arguments: ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512"])
  func `an RSA signature is one over header and payload`(_ algorithm: String) throws {
    let key = try _RSA.Signing.PrivateKey(keySize: .bits2048)
    for pem in [key.pemRepresentation, key.pkcs8PEMRepresentation] {
      let (message, bytes) = try Self.signed(algorithm, key: pem)
      let signature = _RSA.Signing.RSASignature(rawRepresentation: bytes)
      let padding: _RSA.Signing.Padding = algorithm.hasPrefix("P") ? .PSS : .insecurePKCS1v1_5
      let isValid =
        switch algorithm.suffix(3) {
        case "256":
          key.publicKey.isValidSignature(
            signature,
            for: SHA256.hash(data: message),
            padding: padding
          )
        case "384":
          key.publicKey.isValidSignature(
            signature,
            for: SHA384.hash(data: message),
            padding: padding
          )
        default:
          key.publicKey.isValidSignature(
            signature,
            for: SHA512.hash(data: message),
            padding: padding
          )
        }
      #expect(isValid)
    }
  }

  @Test func `an ECDSA signature is one over header and payload`() throws {
    let short = P256.Signing.PrivateKey()
    let (message, bytes) = try Self.signed("ES256", key: short.pemRepresentation)
    let signature = try P256.Signing.ECDSASignature(rawRepresentation: bytes)
    #expect(short.publicKey.isValidSignature(signature, for: message))
    let middle = P384.Signing.PrivateKey()
    let (second, other) = try Self.signed("ES384", key: middle.pemRepresentation)
    let longer = try P384.Signing.ECDSASignature(rawRepresentation: other)
    #expect(middle.publicKey.isValidSignature(longer, for: second))
    let long = P521.Signing.PrivateKey()
    let (third, last) = try Self.signed("ES512", key: long.pemRepresentation)
    let longest = try P521.Signing.ECDSASignature(rawRepresentation: last)
    #expect(long.publicKey.isValidSignature(longest, for: third))
    #expect(throws: CardError.self) {
      try Self.signed("ES256", key: middle.pemRepresentation)
    }
  }

  @Test func `what is asked for a signature tells the digest of the key alone`() throws {
    let key = P256.Signing.PrivateKey().pemRepresentation
    let request = try #require(
      try Self.request([
        "key": .text(Text(key)), "options/algorithm": "ES256", "options/noTimestamp": true,
      ])
    )
    let text = String(decoding: JSON.serialize(.object(request.inputs)), as: UTF8.self)
    #expect(request.method == "signature")
    #expect(request.inputs.keys == ["algorithm", "message", "keyDigest"])
    #expect(!text.contains("PRIVATE KEY"))
    let body = try #require(key.split(separator: "\n").dropFirst().first)
    #expect(!text.contains(body))
  }
}

extension TokenCardTests {
  private static func call(_ inputs: [(String, Value)]) -> CardCall {
    let fields = inputs.map { name, _ in
      let parts = name.split(separator: "/").map { Text(String($0)) }
      let field =
        parts.count == 2
        ? FieldName(group: parts[0], key: parts[1]) : FieldName(key: parts[0])
      return CardField(name: field, type: .any)
    }
    return CardCall(
      signature: CardSignature(
        inputs: fields,
        outputs: [CardField(name: FieldName(key: "token"), type: .any)]
      ),
      inputs: inputs.map(\.1)
    )
  }

  private static func sign() throws -> AmbientFunction {
    guard case .ambient(let sign)? = CardTable.standard["jwt:sign"]?.behaviour else {
      throw CardError(kind: .notFound, message: "There is no such card.")
    }
    return sign
  }

  private static func request(_ inputs: KeyValuePairs<String, Value>) throws -> AmbientRequest? {
    try sign().nextRequest(call(inputs.map { ($0.key, $0.value) }), [])
  }

  /// The token that a card makes, its request for a signature answered as a driver does.
  private static func token(_ inputs: KeyValuePairs<String, Value>) throws -> String {
    let sign = try sign()
    var call = call(inputs.map { ($0.key, $0.value) })
    var answers: [Value] = []
    if case .signature(let request)? = try sign.nextRequest(call, answers) {
      answers.append(request.sign())
    }
    try sign.finish(&call, answers)
    return Coercion.text(of: call.outputs[0])?.description ?? ""
  }

  private static func signed(
    _ algorithm: String,
    key: String
  ) throws -> (message: Data, signature: Data) {
    let token = try token([
      "key": .text(Text(key)), "options/algorithm": .text(Text(algorithm)),
      "options/noTimestamp": true, "payload/name": "Ada",
    ])
    let parts = token.split(separator: ".").map(String.init)
    try #require(parts.count == 3)
    #expect(try claims(token) == ["name": "Ada"])
    return (Data((parts[0] + "." + parts[1]).utf8), try data(parts[2]))
  }

  private static func claims(_ token: String) throws -> Object {
    let parts = token.split(separator: ".").map(String.init)
    guard parts.count == 3, case .object(let claims) = try JSON.parse(Array(data(parts[1]))) else {
      return Object()
    }
    return claims
  }

  private static func data(_ text: String) throws -> Data {
    var base64 = text.replacing("-", with: "+").replacing("_", with: "/")
    while base64.utf8.count % 4 != 0 { base64 += "=" }
    return try #require(Data(base64Encoded: base64))
  }
}
