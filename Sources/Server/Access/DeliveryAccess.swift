internal import Audit

/// Whether a delivery is its hook's, and by which credential.
struct DeliveryAccess {
  private let hook: Hook
  private let tokens: TokenBook
  /// The credentials that are valid now, the newest first.
  private let credentials: [HookCredential]
  /// Seconds since 1970.
  private let now: Int64

  /// Milliseconds since 1970.
  private let moment: Int64

  init(_ hook: Hook, _ credentials: HookCredentials, _ tokens: TokenBook, at now: Int64) {
    self.hook = hook
    self.tokens = tokens
    self.credentials = credentials.valid(of: hook.name, at: now)
    self.now = now / 1000
    moment = now
  }

  /// The header fields and the parameters that may hold a token.
  private static let tokenFields = ["x-auditcli-token", "x-api-client-token"]
  static let tokenParameters = ["token", "clientToken"]

  /// The credential that a request was made with; nil where the hook takes none.
  ///
  /// All credentials that are valid are tried, whichever fits.
  ///
  /// - Throws: `DeliveryRefusal`; where tokens cannot be read.
  func credential(of request: DeliveryRequest) throws -> String? {
    switch hook.proof {
    case .nothing: return nil
    case .header: return try credential(request.fields[hook.field], missing: hook.field)
    case .token:
      if let caller = try tokens.caller(request.fields["authorization"], at: moment),
        caller.roles.contains(.ingest)
      {
        return "token:\(caller.name)"
      }
      let field = Self.tokenFields.lazy.compactMap { request.fields[$0] }.first
      let parameter = request.query.first { Self.tokenParameters.contains($0.name) }?.value
      return try credential(field ?? bearer(of: request) ?? parameter, missing: Self.tokenFields[0])
    case .slack, .typeform, .standardWebhooks, .github, .stripe: return try signer(of: request)
    }
  }

  private func bearer(of request: DeliveryRequest) -> String? {
    guard let field = request.fields["authorization"], field.lowercased().hasPrefix("bearer ")
    else { return nil }
    return String(field.dropFirst(7).drop { $0 == " " })
  }

  private func credential(
    _ given: String?,
    missing field: String
  ) throws(DeliveryRefusal) -> String {
    guard !credentials.isEmpty else { throw .noSecret }
    guard let given else { throw .missing(field: field) }
    var found: String?
    for credential in credentials where credential.isSecret(Array(given.utf8)) {
      found = found ?? credential.id
    }
    guard let found else { throw .wrongCredential }
    return found
  }

  private func signer(of request: DeliveryRequest) throws(DeliveryRefusal) -> String {
    var refusal = DeliveryRefusal.noSecret
    for credential in credentials {
      guard case .secret(let secret) = credential.kept else { continue }
      do throws(DeliveryRefusal) {
        try DeliverySignature(hook.proof, secret: secret).check(
          request.fields.all,
          body: request.body,
          now: now
        )
        return credential.id
      } catch {
        refusal = error
      }
    }
    throw refusal
  }
}
