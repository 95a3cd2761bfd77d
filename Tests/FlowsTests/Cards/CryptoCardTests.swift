import Flows
import Testing
import Values

@Suite struct CryptoCardTests {
  static func hmac(
    _ algorithm: Value,
    _ key: Value,
    _ data: Value,
    _ digest: Value,
    gives code: Value
  ) -> CardCase {
    CardCase(
      "\(algorithm) as \(digest)",
      "crypto:hmac",
      ["algorithm": algorithm, "key": key, "data": data, "digest": digest],
      gives: ["output": code]
    )
  }

  /// The second test case of RFC 4231, and of RFC 2202 for the older hashes.
  @Test(arguments: [
    hmac(
      "sha256",
      "Jefe",
      "what do ya want for nothing?",
      "hex",
      gives: "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
    ),
    hmac(
      "RSA-SHA256",
      "Jefe",
      "what do ya want for nothing?",
      .null,
      gives: "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
    ),
    hmac(
      "sha256",
      "Jefe",
      "what do ya want for nothing?",
      "base64",
      gives: "W9zBRr9gdU5qBCQmCJV1x1oAPwidJzmDnexYuWTsOEM="
    ),
    hmac(
      "sha1",
      "Jefe",
      "what do ya want for nothing?",
      "hex",
      gives: "effcdf6ae5eb2fa2d27416d5f184df9c259a7c79"
    ),
    hmac(
      "md5",
      "Jefe",
      "what do ya want for nothing?",
      "hex",
      gives: "750c783e6ab0b503eaa86e310a5db738"
    ),
    CardCase(
      "no such algorithm",
      "crypto:hmac",
      ["algorithm": "rot13", "key": "k", "data": "d", "digest": "hex"],
      raises: .invalidInput
    ),
    CardCase(
      "no such digest",
      "crypto:hmac",
      ["algorithm": "sha256", "key": "k", "data": "d", "digest": "octal"],
      raises: .invalidInput
    ),
  ])
  func `authentication codes are those of the standards`(_ example: CardCase) throws {
    try example.check()
  }
}
