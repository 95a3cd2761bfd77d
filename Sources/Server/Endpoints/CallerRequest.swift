internal import Foundation
internal import Audit
internal import Values

/// A call of an API endpoint as the log may have it: without what proves who calls.
enum CallerRequest {
  private static let credentials: Set<String> = [
    "authorization", "proxy-authorization", "cookie", "x-api-client-token", "x-auditcli-token",
  ]

  /// How names of header fields end that prove a caller to somebody.
  private static let ends = [
    "token", "secret", "signature", "assertion", "api-key", "apikey", "password", "session",
  ]

  private static func isCredential(_ name: String) -> Bool {
    credentials.contains(name) || ends.contains { name.hasSuffix($0) }
  }

  /// The call that a request makes, with an id that no other has.
  static func call(_ request: DeliveryRequest, _ hook: Hook, id: String) -> EndpointCall {
    EndpointCall(
      id: id,
      method: request.method,
      fields: request.fields.all.sorted { $0.key < $1.key }.filter { field in
        !isCredential(field.key) && field.key != hook.field
      }.map { ($0.key, $0.value) },
      query: query(request.rawQuery),
      body: request.body
    )
  }

  /// The query without the parameters that hold a token.
  private static func query(_ query: String) -> String {
    query.split(separator: "&", omittingEmptySubsequences: false).filter { part in
      let name = part.prefix { $0 != "=" }
      let decoded = String(name).removingPercentEncoding ?? String(name)
      return !DeliveryAccess.tokenParameters.contains { $0.lowercased() == decoded.lowercased() }
    }.joined(separator: "&")
  }
}
