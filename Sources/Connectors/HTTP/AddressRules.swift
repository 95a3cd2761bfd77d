/// Which addresses a connection may reach, decided after names were resolved.
///
/// Only addresses of the public internet are reached, unless a network is allowed by name; so no
/// flow, and no answer of a name server, leads into a private network (CWE-918).
struct AddressRules: Hashable, Sendable {
  /// Networks that may be reached although they are not public.
  let allowed: [Network]
  /// Whether nothing else may be reached, not even the public internet.
  let isLimited: Bool

  /// Makes rules.
  init(allowed: [Network] = [], isLimited: Bool = false) {
    self.allowed = allowed
    self.isLimited = isLimited
  }

  /// Whether an address may be reached.
  func allows(_ address: NetworkAddress) -> Bool {
    if allowed.contains(where: { $0.contains(address) }) { return true }
    if isLimited { return false }
    if address.isIPv4 { return !Self.reserved.contains { $0.contains(address) } }
    if let carried = Self.carried(by: address) { return allows(carried) }
    // All public addresses of version 6 are in this range (RFC 4291, IANA's registry).
    return Self.publicRange.contains(address) && !Self.reserved.contains { $0.contains(address) }
  }

  /// The IPv4 address to which an IPv6 address of a translator leads.
  private static func carried(by address: NetworkAddress) -> NetworkAddress? {
    if translated.contains(address) { return NetworkAddress(bytes: Array(address.bytes[12...])) }
    if tunnelled.contains(address) { return NetworkAddress(bytes: Array(address.bytes[2..<6])) }
    return nil
  }

  private static func network(_ text: String) -> Network {
    guard let network = Network(text) else { preconditionFailure("\(text) is no network.") }
    return network
  }

  /// NAT64 (RFC 6052).
  private static let translated = network("64:ff9b::/96")
  /// 6to4 (RFC 3056).
  private static let tunnelled = network("2002::/16")
  private static let publicRange = network("2000::/3")
  /// IANA's registries of special-purpose addresses.
  private static let reserved = [
    "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12",
    "192.0.0.0/24", "192.0.2.0/24", "192.31.196.0/24", "192.52.193.0/24", "192.88.99.0/24",
    "192.168.0.0/16", "192.175.48.0/24", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24",
    "224.0.0.0/4", "240.0.0.0/4", "2001::/23", "2001:db8::/32", "2620:4f:8000::/48", "3fff::/20",
  ].map(network)
}
