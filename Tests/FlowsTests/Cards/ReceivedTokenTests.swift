import Crypto
import CryptoExtras
import Flows
import Foundation
import TestSupport
import Testing
import Values

/// Tokens that were made by another implementation.
@Suite struct ReceivedTokenTests {
  private static let shared: Value = """
    eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJuYW1lIjoiQWRhIiwiYXVkIjpbImEiLCJiIl0sImlzcyI6ImkiLCJzdWIiOiJzIiwibmJmIjoxNjAwMDAwMDAwLCJleHAiOjE2MDAwMDAwMTAsIm4iOjEuNX0.swrrURWobS4DWaADTRI7L4OnjkukqBUoGzZeM7vOFWI
    """
  private static let signed: Value = """
    eyJhbGciOiJSUzI1NiIsInR5cCI6IkpXVCJ9.eyJuYW1lIjoiQWRhIiwic3ViIjoicyJ9.lYEhbESDyh53ZTlgwq8IMMQn-WBrQzlDlCTqo9E1bwuxItGhNFhoudvpxx6gV_4VTN2RExNhOrnrWHgfngjchYyDHAraHXAmTVBzelDXV7-ZJ8kjE6YZsaNqj7AL1LZ2W0UpZ84yRbIjqTlpSA4H9N1H9jRDOgdKBDueFht2dq4
    """
  private static let claims: Value = [
    "name": "Ada", "aud": ["a", "b"], "iss": "i", "sub": "s", "nbf": 1_600_000_000,
    "exp": 1_600_000_010, "n": 1.5,
  ]
  private static let inTime: Value = .date("2020-09-13T12:26:40.900Z")
  private static let key = Value.text(Text(TestKey.rsa))

  private static func verifies(
    _ name: String,
    _ inputs: KeyValuePairs<String, Value>,
    answers: [Value] = [inTime],
    gives outputs: KeyValuePairs<String, Value>
  ) -> CardCase {
    CardCase(name, "jwt:verify", inputs, answers: answers, gives: outputs)
  }

  private static func refuses(
    _ name: String,
    _ inputs: KeyValuePairs<String, Value>,
    answers: [Value] = [inTime],
    _ error: CardErrorKind = .invalidInput
  ) -> CardCase {
    CardCase(name, "jwt:verify", inputs, answers: answers, raises: error)
  }

  static let decoded: [CardCase] =
    [
      CardCase(
        "header and claims",
        "jwt:decode",
        ["token": shared],
        gives: [
          "header": ["alg": "HS256", "typ": "JWT"], "payload": claims, "payload/name": "Ada",
          "iss": "i", "payload/none": .null, "other/name": .null,
        ]
      ),
      CardCase(
        "whoever signed it",
        "jwt:decode",
        ["token": " eyJhbGciOiJub25lIn0.eyJuYW1lIjoiQWRhIn0. "],
        gives: ["header": ["alg": "none"], "payload": ["name": "Ada"]]
      ),
      CardCase("unknown", "jwt:decode", ["token": .unanswered], gives: ["payload": .unanswered]),
    ]
    + (["", "a.b", "a.b.c", "e30.e30", "e30.W10.", "e30.e30.x.y", "!.!.!"] as [Value]).map {
      CardCase("\($0)", "jwt:decode", ["token": $0], raises: .invalidInput)
    }

  static let verified: [CardCase] = [
    verifies(
      "a shared secret",
      ["token": shared, "key": "secret"],
      gives: ["decoded": claims, "decoded/name": "Ada"]
    ),
    verifies(
      "who and for whom",
      [
        "token": shared, "key": "secret", "options/audience": "b", "options/issuer": "i",
        "options/subject": "s", "options/algorithm": "HS256",
      ],
      gives: ["sub": "s"]
    ),
    verifies(
      "in any time",
      ["token": shared, "key": "secret", "options/ignoreExpiration": true],
      answers: [.date("2030-01-01T00:00:00Z")],
      gives: ["name": "Ada"]
    ),
    verifies(
      "RSA, without a clock",
      ["token": signed, "key": key, "options/algorithm": "RS256"],
      answers: [],
      gives: ["decoded": ["name": "Ada", "sub": "s"]]
    ),
  ]

  static let refused: [CardCase] = [
    refuses("another secret", ["token": shared, "key": "other"], answers: []),
    refuses("no secret", ["token": shared, "key": .null], answers: []),
    refuses("no token", ["token": "", "key": "secret"], answers: []),
    refuses(
      "another algorithm",
      ["token": shared, "key": "secret", "options/algorithm": "HS512"],
      answers: []
    ),
    refuses(
      "an algorithm that is none",
      [
        "token": "eyJhbGciOiJub25lIn0.eyJuYW1lIjoiQWRhIn0.", "key": "secret",
        "options/algorithm": "none",
      ],
      answers: []
    ),
    refuses("a public key taken for a secret", ["token": signed, "key": key], answers: []),
    refuses(
      "no key of RSA",
      ["token": signed, "key": "secret", "options/algorithm": "RS256"],
      answers: []
    ),
    refuses(
      "too late",
      ["token": shared, "key": "secret"],
      answers: [.date("2020-09-13T12:26:50Z")]
    ),
    refuses(
      "too early",
      ["token": shared, "key": "secret", "options/ignoreExpiration": true],
      answers: [.date("2020-09-13T12:26:39Z")]
    ),
    refuses(
      "a time that is no number",
      [
        "token":
          "eyJhbGciOiJIUzI1NiJ9.eyJleHAiOiJzb29uIn0.H_hTOv4NubbIYQf2AtmU433D1MDiPv2vmqrjDkx4pT8",
        "key": "secret",
      ]
    ),
    refuses("for others", ["token": shared, "key": "secret", "options/audience": "c"]),
    refuses("from another", ["token": shared, "key": "secret", "options/issuer": "j"]),
    refuses("about another", ["token": shared, "key": "secret", "options/subject": "t"]),
    refuses("a damaged answer", ["token": shared, "key": "secret"], answers: [7]),
    refuses(
      "no truth",
      ["token": shared, "key": "secret", "options/ignoreExpiration": "maybe"],
      answers: [],
      .invalidTypeConversion
    ),
  ]

  @Test(arguments: decoded + verified + refused)
  func `tokens are read and checked`(_ example: CardCase) throws {
    try example.check()
  }
}

extension ReceivedTokenTests {
  private static func encoded(_ data: some Sequence<UInt8>) -> String {
    Base64.encodeForURL(Array(data)).description
  }

  /// Checks a token that is signed here, and one byte of it changed.
  private func check(
    _ algorithm: String,
    keys: [String],
    sign: (Data) throws -> Data
  ) throws {
    let header = Self.encoded("{\"alg\":\"\(algorithm)\"}".utf8)
    let message = header + "." + Self.encoded("{\"name\":\"Ada\"}".utf8)
    var signature = try sign(Data(message.utf8))
    for key in keys {
      let inputs: KeyValuePairs<String, Value> = [
        "token": .text(Text(message + "." + Self.encoded(signature))), "key": .text(Text(key)),
        "options/algorithm": .text(Text(algorithm)),
      ]
      try Self.verifies(algorithm, inputs, answers: [], gives: ["name": "Ada"]).check()
    }
    signature[0] ^= 1
    for token in [message + "." + Self.encoded(signature), message + ".AAAA", message + "."] {
      try Self.refuses(
        algorithm,
        [
          "token": .text(Text(token)), "key": .text(Text(keys[0])),
          "options/algorithm": .text(Text(algorithm)),
        ],
        answers: []
      ).check()
    }
  }

  @Test(arguments: ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512"])
  func `RSA signatures are checked with either key`(_ algorithm: String) throws {
    // The longest signature with a salt does not fit into the short key.
    let key =
      algorithm == "PS512"
      ? try _RSA.Signing.PrivateKey(keySize: .bits2048)
      : try _RSA.Signing.PrivateKey(unsafePEMRepresentation: TestKey.rsa)
    let padding: _RSA.Signing.Padding = algorithm.hasPrefix("P") ? .PSS : .insecurePKCS1v1_5
    try check(algorithm, keys: [key.publicKey.pemRepresentation, key.pemRepresentation]) {
      message in
      switch algorithm.suffix(3) {
      case "256":
        try key.signature(for: SHA256.hash(data: message), padding: padding).rawRepresentation
      case "384":
        try key.signature(for: SHA384.hash(data: message), padding: padding).rawRepresentation
      default:
        try key.signature(for: SHA512.hash(data: message), padding: padding).rawRepresentation
      }
    }
  }

  @Test func `ECDSA signatures are checked with either key`() throws {
    let short = P256.Signing.PrivateKey()
    try check("ES256", keys: [short.publicKey.pemRepresentation, short.pemRepresentation]) {
      try short.signature(for: $0).rawRepresentation
    }
    let middle = P384.Signing.PrivateKey()
    try check("ES384", keys: [middle.publicKey.pemRepresentation, middle.pemRepresentation]) {
      try middle.signature(for: $0).rawRepresentation
    }
    let long = P521.Signing.PrivateKey()
    try check("ES512", keys: [long.publicKey.pemRepresentation, long.pemRepresentation]) {
      try long.signature(for: $0).rawRepresentation
    }
  }
}
