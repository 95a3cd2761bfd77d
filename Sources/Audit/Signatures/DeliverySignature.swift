internal import Crypto
internal import Foundation

/// Checks signatures of deliveries, over the bytes as they came and in constant time.
///
/// Sources: Slack "Verifying requests", Typeform "Secure your webhooks", GitHub "Validating webhook
/// deliveries", Stripe "Verify signatures manually", Standard Webhooks 1.0.
public struct DeliverySignature: Sendable {
  /// How far the signed time may be from now, in seconds.
  public static let window: Int64 = 300

  let proof: DeliveryProof
  let secret: [UInt8]

  /// Makes a check.
  ///
  /// - Parameters:
  ///   - proof: How the sender signs.
  ///   - secret: What it signs with, in the text that the sender's settings show.
  public init(_ proof: DeliveryProof, secret: [UInt8]) {
    self.proof = proof
    self.secret = secret
  }

  /// Checks a delivery.
  ///
  /// - Parameters:
  ///   - fields: The header fields by their lower-case names.
  ///   - body: The body's bytes.
  ///   - now: Seconds since 1970.
  /// - Throws: `DeliveryRefusal`, where it is not signed with the secret, or too long ago.
  /// - Complexity: O(*n*) in the length of the body.
  public func check(
    _ fields: [String: String],
    body: [UInt8],
    now: Int64
  ) throws(DeliveryRefusal) {
    let fields = SignatureFields(fields)
    switch proof {
    case .slack: try checkSlack(fields, body, now)
    case .typeform:
      let code = try fields.code("typeform-signature", after: "sha256=") { Data(base64Encoded: $0) }
      try check([code], of: body, under: secret)
    case .github:
      let code = try fields.code(
        "x-hub-signature-256",
        after: "sha256=",
        SignatureFields.hexadecimal
      )
      try check([code], of: body, under: secret)
    case .stripe: try checkStripe(fields, body, now)
    case .standardWebhooks: try checkStandard(fields, body, now)
    case .header, .token, .nothing: throw .noSecret
    }
  }

  private func checkSlack(
    _ fields: SignatureFields,
    _ body: [UInt8],
    _ now: Int64
  ) throws(DeliveryRefusal) {
    let time = try fields.text("x-slack-request-timestamp")
    let code = try fields.code("x-slack-signature", after: "v0=", SignatureFields.hexadecimal)
    try fields.checkTime(time, of: "x-slack-request-timestamp", now)
    try check([code], of: Array("v0:\(time):".utf8) + body, under: secret)
  }

  private func checkStripe(
    _ fields: SignatureFields,
    _ body: [UInt8],
    _ now: Int64
  ) throws(DeliveryRefusal) {
    let name = "stripe-signature"
    let parts = try fields.text(name).split(separator: ",").map {
      $0.split(separator: "=", maxSplits: 1).map(String.init)
    }
    guard let time = parts.first(where: { $0.count == 2 && $0[0] == "t" })?[1] else {
      throw .malformed(field: name)
    }
    let codes = parts.compactMap { part in
      part.count == 2 && part[0] == "v1" ? SignatureFields.hexadecimal(part[1]) : nil
    }
    try fields.checkTime(time, of: name, now)
    try check(codes, of: Array("\(time).".utf8) + body, under: secret)
  }

  private func checkStandard(
    _ fields: SignatureFields,
    _ body: [UInt8],
    _ now: Int64
  ) throws(DeliveryRefusal) {
    let id = try fields.text("webhook-id")
    let time = try fields.text("webhook-timestamp")
    let signatures = try fields.text("webhook-signature").split(separator: " ").map {
      $0.split(separator: ",", maxSplits: 1).map(String.init)
    }
    try fields.checkTime(time, of: "webhook-timestamp", now)
    let signed = Array("\(id).\(time).".utf8) + body
    func codes(_ version: String) -> [Data] {
      signatures.compactMap { part in
        part.count == 2 && part[0] == version ? Data(base64Encoded: part[1]) : nil
      }
    }
    let text = String(decoding: secret, as: UTF8.self)
    if text.hasPrefix("whpk_") {
      guard let raw = Data(base64Encoded: String(text.dropFirst(5))),
        let key = try? Curve25519.Signing.PublicKey(rawRepresentation: raw)
      else { throw .noSecret }
      guard codes("v1a").contains(where: { key.isValidSignature($0, for: signed) }) else {
        throw .wrongSignature
      }
      return
    }
    guard let key = standardKey else { throw .noSecret }
    try check(codes("v1"), of: signed, under: key)
  }

  /// The key of Standard Webhooks, where the secret is one that both sides share.
  var standardKey: [UInt8]? {
    let text = String(decoding: secret, as: UTF8.self)
    guard !text.hasPrefix("whpk_") else { return nil }
    let encoded = text.hasPrefix("whsec_") ? String(text.dropFirst(6)) : text
    return Data(base64Encoded: encoded).flatMap { $0.isEmpty ? nil : Array($0) }
  }

  /// Whether one of the codes is that of the bytes; all are compared, each in constant time.
  private func check(
    _ codes: [Data],
    of bytes: [UInt8],
    under key: [UInt8]
  ) throws(DeliveryRefusal) {
    var isValid = false
    for code in codes where isCode(code, of: bytes, under: key) { isValid = true }
    guard isValid else { throw .wrongSignature }
  }

  private func isCode(_ code: Data, of bytes: [UInt8], under key: [UInt8]) -> Bool {
    HMAC<SHA256>.isValidAuthenticationCode(
      code,
      authenticating: bytes,
      using: SymmetricKey(data: key)
    )
  }
}

/// The header fields of a signed delivery.
private struct SignatureFields {
  private let fields: [String: String]

  init(_ fields: [String: String]) {
    self.fields = fields
  }

  func text(_ name: String) throws(DeliveryRefusal) -> String {
    guard let text = fields[name], !text.isEmpty else { throw .missing(field: name) }
    return text
  }

  func code(
    _ name: String,
    after prefix: String,
    _ decode: (String) -> Data?
  ) throws(DeliveryRefusal) -> Data {
    let text = try text(name)
    guard text.hasPrefix(prefix), let code = decode(String(text.dropFirst(prefix.count))) else {
      throw .malformed(field: name)
    }
    return code
  }

  func checkTime(_ text: String, of name: String, _ now: Int64) throws(DeliveryRefusal) {
    guard text.utf8.count <= 12, text.utf8.allSatisfy({ (48...57).contains($0) }),
      let time = Int64(text)
    else { throw .malformed(field: name) }
    guard (now - time).magnitude <= DeliverySignature.window else {
      throw .stale(seconds: now - time)
    }
  }

  static func hexadecimal(_ text: String) -> Data? {
    let digits = Array(text.utf8)
    guard digits.count.isMultiple(of: 2) else { return nil }
    var bytes = Data(capacity: digits.count / 2)
    for place in stride(from: 0, to: digits.count, by: 2) {
      guard let high = Character(UnicodeScalar(digits[place])).hexDigitValue,
        let low = Character(UnicodeScalar(digits[place + 1])).hexDigitValue
      else { return nil }
      bytes.append(UInt8(high << 4 | low))
    }
    return bytes
  }
}
