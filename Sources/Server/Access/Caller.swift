internal import Audit

/// Who a request comes from, as its token tells.
struct Caller: Hashable, Sendable {
  /// The token's name.
  let name: String
  /// What its bearer may do.
  let roles: Set<AccessRole>
}
