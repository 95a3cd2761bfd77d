import Flows
import TestSupport
import Testing
import Values

/// Hashing, encrypting and signing; what the pages give no example for was made by another
/// implementation.
@Suite struct DocumentedCryptoCardTests {
  @Test(arguments: hashes + ciphers + refusals + signatures)
  func `texts are hashed, encrypted and signed`(_ example: CardCase) throws {
    try example.check()
  }

  private static let message: Value = "My secret message!"

  private static func hash(_ algorithm: Value, _ digest: Value, _ hash: Value) -> CardCase {
    CardCase(
      "\(algorithm) as \(digest)",
      "crypto:hash",
      ["algorithm": algorithm, "data": message, "digest": digest],
      gives: ["output": hash]
    )
  }

  static let hashes: [CardCase] = [
    hash("sha256", "base64", "KhyfFBt0DKFo4WcWbzrP+3FOAKe9Kp+c0BWZ3akwlE8="),
    hash("sha1", "base64", "lNBov7ymyuPjlDggRFhY+Opgb8c="),
    hash("MD5", "base64", "Upi/I0chXQ7ko4FGFoatiQ=="),
    hash("md5", .null, "5298bf2347215d0ee4a381461686ad89"),
    CardCase("MD5", "crypto:md5", ["data": message], gives: ["output": "Upi/I0chXQ7ko4FGFoatiQ=="]),
    CardCase(
      "SHA1",
      "crypto:sha1",
      ["data": message],
      gives: ["output": "lNBov7ymyuPjlDggRFhY+Opgb8c="]
    ),
    CardCase(
      "SHA256",
      "crypto:sha256",
      ["text": message],
      gives: ["hash": "KhyfFBt0DKFo4WcWbzrP+3FOAKe9Kp+c0BWZ3akwlE8="]
    ),
    CardCase(
      "UTF-8",
      "crypto:hash",
      ["algorithm": "sha1", "data": "é", "digest": "hex"],
      gives: ["output": "bf15be717ac1b080b4f1c456692825891ff5073d"]
    ),
    CardCase("null", "crypto:md5", ["data": .null], gives: ["output": "1B2M2Y8AsgTpgAmY7PhCfg=="]),
    CardCase("unknown", "crypto:md5", ["data": .unanswered], gives: ["output": .unanswered]),
  ]

  private static func cipher(_ algorithm: Value, _ encrypted: Value) -> [CardCase] {
    [
      CardCase(
        "\(algorithm)",
        "crypto:cipher",
        ["algorithm": algorithm, "key": "my secret key", "data": message],
        gives: ["output": encrypted]
      ),
      CardCase(
        "\(algorithm)",
        "crypto:decipher",
        ["algorithm": algorithm, "key": "my secret key", "data": encrypted],
        gives: ["output": message]
      ),
    ]
  }

  static let ciphers: [CardCase] =
    cipher("aes-256-cbc", "hrDDPCtB0Cijc8EFAHhABiYEKdYBgt+e63RGV288SOI=")
    + cipher("aes-128-cbc", "RTOnd5dSDvH8TXF/fiHQ7JuLuxxCpk4nAAfzg/1rHTY=")
    + cipher("aes-256-ecb", "jlK/110oxB7R9aHhP+QDju0/Kb0cxZRNjzT0yihKTds=")
    + cipher("AES-128-ECB", "4UbOrz2NohS0VCy/8i5fr6AtkOmMDEZa5O/CmJSWd4A=") + [
      CardCase(
        "the page's example",
        "crypto:aes",
        ["algorithm": "aes-128-cbc", "key": "my secret key", "data": message],
        gives: ["output": "RTOnd5dSDvH8TXF/fiHQ7JuLuxxCpk4nAAfzg/1rHTY="]
      ),
      CardCase(
        "unknown",
        "crypto:cipher",
        ["algorithm": "aes-128-cbc", "key": .unanswered, "data": message],
        gives: ["output": .unanswered]
      ),
    ]

  private static func refuses(
    _ name: String,
    _ algorithm: Value,
    _ key: Value,
    _ data: Value
  ) -> CardCase {
    CardCase(
      name,
      "crypto:decipher",
      ["algorithm": algorithm, "key": key, "data": data],
      raises: .invalidInput
    )
  }

  private static let encrypted: Value = "hrDDPCtB0Cijc8EFAHhABiYEKdYBgt+e63RGV288SOI="

  static let refusals: [CardCase] = [
    refuses("another key", "aes-256-cbc", "other", encrypted),
    refuses("another algorithm", "aes-128-cbc", "my secret key", encrypted),
    refuses("a text cut off", "aes-256-cbc", "my secret key", "hrDDPCtB0Cijc8EFAHhABiYEKdYB"),
    refuses("no text", "aes-256-cbc", "my secret key", .null),
    refuses("DES", "des-cbc", "my secret key", encrypted),
    refuses("no algorithm", .null, "my secret key", encrypted),
    CardCase(
      "no hash",
      "crypto:hash",
      ["algorithm": "crc32", "data": message, "digest": "hex"],
      raises: .invalidInput
    ),
    CardCase(
      "no digest",
      "crypto:hash",
      ["algorithm": "md5", "data": message, "digest": "octal"],
      raises: .invalidInput
    ),
  ]

  private static let key = Value.text(Text(TestKey.rsa))

  private static func signature(_ algorithm: Value, _ signature: Value) -> CardCase {
    CardCase(
      "\(algorithm)",
      "crypto:sign",
      [
        "algorithm": algorithm, "data": message, "digest": "base64", "privateKey/key": key,
        "privateKey/passphrase": "",
      ],
      gives: ["output": signature]
    )
  }

  private static func refuses(
    _ name: String,
    _ algorithm: Value,
    key: Value,
    passphrase: Value = .null
  ) -> CardCase {
    CardCase(
      name,
      "crypto:sign",
      [
        "algorithm": algorithm, "data": message, "digest": "hex", "privateKey/key": key,
        "privateKey/passphrase": passphrase,
      ],
      raises: .invalidInput
    )
  }

  static let signatures: [CardCase] = [
    signature(
      "sha1",
      """
      fBgbCk4kJ6bP93RQYuRrGhZKP39i789uCPaA1+r49eblijhc6Xi6/o9qwEUnUqPHgzZ7aUfP89o6fpU4Sj2fPhS5pqq9zkuE5QZ/lSOimY7HaevtZhC53eujv8PtJ0wq7GdCTG2J4eeUYcFXrGhWKMC+VQFzdAA4S29+avPkJBM=
      """
    ),
    signature(
      "sha256",
      """
      jv+n+fSxSE6nbRcui5lMk0gpAgb+W9WjA8f7RKEQd6kuG+OLQ8Xk5hWBhaPVctwbtTSUbLhGcrVnlDd2mTRnN7m1qvDcXeekpnn66B6cECNXYU8ii1jExbJCM2WPjNVgMEEe9hphP5r6JDwm0qUdV87mQFMy4TxkzQoy3DwzJI4=
      """
    ),
    signature(
      "sha512",
      """
      a0FuUDyUZvxafxuZq+bd7zBU+Hljtvh2qOaJTL6dODp0ef7o1Y2WR0xhtc6UobRiWnZCR2cnxV22Wbro+Jj03Q5SZDYfiwDa5tY6GZHVfvyu3DYPvVxibTY/ETMdhGdJus5i3nvHOT3sWMmlgVK2+p9dXX6Dvxa43jkzpd5nYL0=
      """
    ),
    refuses("no key", "sha256", key: .null),
    refuses("another text", "sha256", key: "secret"),
    refuses("no algorithm", .null, key: key),
    refuses("an encrypted key", "sha256", key: key, passphrase: "p"),
  ]
}

extension DocumentedCryptoCardTests {
  @Test(arguments: [0, 1, 15, 16, 17, 32, 1000])
  func `texts of any length come back`(_ length: Int) throws {
    for algorithm: Value in ["aes-128-cbc", "aes-128-ecb", "aes-256-cbc", "aes-256-ecb"] {
      let text = Value.text(Text(String(repeating: "x", count: length)))
      let encrypt = CardCase(
        "",
        "crypto:cipher",
        ["algorithm": algorithm, "key": "k", "data": text],
        gives: ["output": .null]
      )
      let encrypted = try encrypt.run(#require(CardTable.standard["crypto:cipher"]))[0]
      let decrypt = CardCase(
        "",
        "crypto:decipher",
        ["algorithm": algorithm, "key": "k", "data": encrypted],
        gives: ["output": text]
      )
      try decrypt.check()
    }
  }
}
