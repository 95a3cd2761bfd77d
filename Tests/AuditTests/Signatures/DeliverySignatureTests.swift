import Audit
import Crypto
import Foundation
import TestSupport
import Testing
import Values

/// Who signs a delivery is believed, and nobody else.
@Suite struct DeliverySignatureTests {
  private static let now: Int64 = 1_790_000_000
  private static let body = Array(#"{"event_id":"Ev1","type":"event_callback"}"#.utf8)

  private static func hmac(_ text: String, _ key: [UInt8]) -> [UInt8] {
    Array(HMAC<SHA256>.authenticationCode(for: Array(text.utf8), using: SymmetricKey(data: key)))
  }

  private static func hexadecimal(_ bytes: [UInt8]) -> String {
    bytes.map { String(format: "%02x", $0) }.joined()
  }

  private static func base64(_ bytes: [UInt8]) -> String { Data(bytes).base64EncodedString() }

  /// The fields that a sender signs with, at a time and over a body.
  private static func fields(
    _ proof: DeliveryProof,
    _ secret: String,
    at time: Int64 = now
  ) -> [String: String] {
    let text = String(decoding: body, as: UTF8.self)
    let key = Array(secret.utf8)
    switch proof {
    case .slack:
      return [
        "x-slack-request-timestamp": "\(time)",
        "x-slack-signature": "v0=" + hexadecimal(hmac("v0:\(time):\(text)", key)),
      ]
    case .typeform: return ["typeform-signature": "sha256=" + base64(hmac(text, key))]
    case .github: return ["x-hub-signature-256": "sha256=" + hexadecimal(hmac(text, key))]
    case .stripe:
      let code = hexadecimal(hmac("\(time).\(text)", key))
      return ["stripe-signature": "t=\(time),v0=00,v1=\(code)"]
    case .standardWebhooks:
      let raw = Array(Data(base64Encoded: String(secret.dropFirst(6))) ?? Data())
      let code = base64(hmac("msg_1.\(time).\(text)", raw))
      return [
        "webhook-id": "msg_1", "webhook-timestamp": "\(time)",
        "webhook-signature": "v1,AAAA v1,\(code)",
      ]
    case .header, .token, .nothing: return [:]
    }
  }

  private static let secrets: [(DeliveryProof, String)] = [
    (.slack, "8f742231b10e8888abcd99yyyzzz85a5"), (.typeform, "a typeform secret"),
    (.github, "a github secret"), (.stripe, "whsec_a_stripe_secret"),
    (.standardWebhooks, "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"),
  ]

  private func refusal(
    _ proof: DeliveryProof,
    _ secret: String,
    _ fields: [String: String],
    body: [UInt8] = body,
    at time: Int64 = now
  ) -> DeliveryRefusal? {
    do throws(DeliveryRefusal) {
      try DeliverySignature(proof, secret: Array(secret.utf8)).check(fields, body: body, now: time)
      return nil
    } catch {
      return error
    }
  }

  @Test(arguments: secrets)
  func `what is signed with the secret is accepted, and nothing that is altered`(
    _ proof: DeliveryProof,
    _ secret: String
  ) {
    let fields = Self.fields(proof, secret)
    #expect(refusal(proof, secret, fields) == nil)
    #expect(refusal(proof, secret + "BBBB", fields) == .wrongSignature)
    #expect(refusal(proof, secret, fields, body: Self.body + [32]) == .wrongSignature)
    for name in fields.keys {
      var without = fields
      without[name] = nil
      #expect(refusal(proof, secret, without) == .missing(field: name))
    }
  }

  @Test(arguments: [DeliveryProof.slack, .stripe, .standardWebhooks])
  func `what was signed more than five minutes ago or from now is refused`(_ proof: DeliveryProof) {
    let secret = Self.secrets.first { $0.0 == proof }?.1 ?? ""
    let fields = Self.fields(proof, secret)
    for late: Int64 in [-300, 300] {
      #expect(refusal(proof, secret, fields, at: Self.now + late) == nil)
    }
    for late: Int64 in [-301, 301, 86_400] {
      #expect(refusal(proof, secret, fields, at: Self.now + late) == .stale(seconds: late))
    }
  }

  @Test(arguments: [
    (DeliveryProof.slack, "x-slack-signature", "v0=zz"), (.slack, "x-slack-signature", "abc"),
    (.slack, "x-slack-request-timestamp", "soon"),
    (.slack, "x-slack-request-timestamp", "99999999999999999999"),
    (.typeform, "typeform-signature", "sha256=%"), (.github, "x-hub-signature-256", "sha256=0"),
    (.stripe, "stripe-signature", "v1=00"), (.standardWebhooks, "webhook-timestamp", "-1"),
  ])
  func `a field that is written otherwise is named`(
    _ proof: DeliveryProof,
    _ name: String,
    _ value: String
  ) {
    let secret = Self.secrets.first { $0.0 == proof }?.1 ?? ""
    var fields = Self.fields(proof, secret)
    fields[name] = value
    #expect(refusal(proof, secret, fields) == .malformed(field: name))
  }

  @Test func `an asymmetric signature of Standard Webhooks is checked with the public key`() throws
  {
    let key = Curve25519.Signing.PrivateKey()
    let secret = "whpk_" + key.publicKey.rawRepresentation.base64EncodedString()
    let signed = Array("msg_1.\(Self.now).".utf8) + Self.body
    let signature = try key.signature(for: signed).base64EncodedString()
    var fields = [
      "webhook-id": "msg_1", "webhook-timestamp": "\(Self.now)",
      "webhook-signature": "v1a,\(signature)",
    ]
    #expect(refusal(.standardWebhooks, secret, fields) == nil)
    #expect(refusal(.standardWebhooks, secret, fields, body: [1]) == .wrongSignature)
    fields["webhook-signature"] = "v1,\(signature)"
    #expect(refusal(.standardWebhooks, secret, fields) == .wrongSignature)
  }

  @Test(.enabled(if: SharedData.isPresent, "needs ../shared/data"))
  func `the published examples hold`() throws {
    let bytes = try SharedData.bytes("events/webhook-vectors.json")
    guard case .list(let vectors) = try JSON.parse(bytes) else { return }
    try #require(vectors.count >= 5)
    for vector in vectors {
      guard case .object(let vector) = vector, case .text(let provider)? = vector["provider"],
        case .text(let secret)? = vector["secret"], case .text(let body)? = vector["body"],
        case .object(let given)? = vector["headers"],
        let proof = DeliveryProof(rawValue: provider.description)
      else {
        Issue.record("a vector that does not read")
        continue
      }
      var fields: [String: String] = [:]
      for (name, value) in given {
        if case .text(let text) = value { fields[name.description.lowercased()] = text.description }
      }
      let stripe = fields["stripe-signature"]?.split(separator: ",").first?.dropFirst(2)
      let time =
        fields["x-slack-request-timestamp"] ?? fields["webhook-timestamp"]
        ?? stripe.map(String.init)
      let now = time.flatMap { Int64($0) } ?? 0
      let found = refusal(proof, secret.description, fields, body: body.bytes, at: now)
      #expect((found == nil) == (vector["verified"] == .boolean(true)), "\(provider)")
      #expect(
        refusal(proof, secret.description, fields, body: body.bytes + [10], at: now)
          == .wrongSignature
      )
    }
  }
}
