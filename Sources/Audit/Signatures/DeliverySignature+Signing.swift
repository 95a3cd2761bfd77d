internal import Crypto
internal import Foundation
internal import Values

extension DeliverySignature {
  /// The header fields that a sender signs a delivery with, names as it writes them.
  ///
  /// - Parameters:
  ///   - body: The body's bytes.
  ///   - id: What the sender calls the delivery, where that is signed.
  ///   - now: Seconds since 1970.
  /// - Returns: None for a proof that does not sign, and for one whose secret is not shared.
  public func fields(
    signing body: [UInt8],
    id: String,
    now: Int64
  ) -> [(name: String, value: String)] {
    switch proof {
    case .slack:
      let code = Self.hexadecimal(code(of: Array("v0:\(now):".utf8) + body, under: secret))
      return [("X-Slack-Request-Timestamp", "\(now)"), ("X-Slack-Signature", "v0=\(code)")]
    case .typeform:
      let code = Data(code(of: body, under: secret)).base64EncodedString()
      return [("Typeform-Signature", "sha256=\(code)")]
    case .github:
      return [("X-Hub-Signature-256", "sha256=" + Self.hexadecimal(code(of: body, under: secret)))]
    case .stripe:
      let code = Self.hexadecimal(code(of: Array("\(now).".utf8) + body, under: secret))
      return [("Stripe-Signature", "t=\(now),v1=\(code)")]
    case .standardWebhooks:
      guard let key = standardKey else { return [] }
      let signed = Array("\(id).\(now).".utf8) + body
      let code = Data(code(of: signed, under: key)).base64EncodedString()
      return [
        ("webhook-id", id), ("webhook-timestamp", "\(now)"), ("webhook-signature", "v1,\(code)"),
      ]
    case .header, .token, .nothing: return []
    }
  }

  private func code(of bytes: [UInt8], under key: [UInt8]) -> [UInt8] {
    Array(HMAC<SHA256>.authenticationCode(for: bytes, using: SymmetricKey(data: key)))
  }

  private static func hexadecimal(_ bytes: [UInt8]) -> String {
    Hexadecimal.encode(bytes).description
  }
}
