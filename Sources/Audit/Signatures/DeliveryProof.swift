/// How the sender of a delivery proves that it is who it says.
public enum DeliveryProof: String, CaseIterable, Hashable, Sendable {
  /// A header field that was agreed upon, as Okta's event hooks and execution log streaming send it.
  case header
  /// A token in the field `x-auditcli-token` or `x-api-client-token`, or in the address as `token` or
  /// `clientToken`, for senders that can do no more.
  case token
  /// Slack's signature, with a time.
  case slack
  /// Typeform's signature, without one.
  case typeform
  /// The signature of Standard Webhooks 1.0, symmetric (`v1`) or not (`v1a`), with a time.
  case standardWebhooks = "standard-webhooks"
  /// GitHub's signature, without a time.
  case github
  /// Stripe's signature, with a time.
  case stripe
  /// None: whoever knows the address is believed.
  case nothing
}

extension DeliveryProof {
  /// Whether the sender's secret is needed to check a delivery, so that its digest does not do.
  public var signs: Bool {
    switch self {
    case .header, .token, .nothing: false
    case .slack, .typeform, .standardWebhooks, .github, .stripe: true
    }
  }

  /// The proof that senders of a format give.
  public init(of format: InboundFormat?) {
    self =
      switch format {
      case .oktaEventHook, .oktaSystemLog, .oktaExecutionLog: .header
      case .slack: .slack
      case .typeform: .typeform
      case .googleForms, .apiEndpoint, .cloudEvents, .json, nil: .token
      }
  }
}
