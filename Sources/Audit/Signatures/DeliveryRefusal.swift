/// Why a delivery is not taken for its sender's.
public enum DeliveryRefusal: Error, Hashable, Sendable {
  /// There is no field of that name.
  case missing(field: String)
  /// The field's value is not written as its sender writes it.
  case malformed(field: String)
  /// The header field or token is another.
  case wrongCredential
  /// The signature is not that of the body under the secret.
  case wrongSignature
  /// The time that was signed is more than five minutes away, so many seconds.
  case stale(seconds: Int64)
  /// The hook has no secret that is valid now.
  case noSecret
}

extension DeliveryRefusal: CustomStringConvertible {
  /// What is wrong, in words that hold nothing of the delivery but names of fields.
  public var description: String {
    switch self {
    case .missing(let field): "it has no header field \"\(field)\""
    case .malformed(let field):
      "its header field \"\(field)\" is not written as its sender writes it"
    case .wrongCredential: "its credential is not the hook's"
    case .wrongSignature: "its signature is not that of its body under the hook's secret"
    case .stale(let seconds):
      "it was signed \(seconds.magnitude) seconds \(seconds < 0 ? "from now" : "ago"), more than 300"
    case .noSecret:
      "the hook has no secret that is valid now; give it one with `auditcli hook rotate`"
    }
  }
}
