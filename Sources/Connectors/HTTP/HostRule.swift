/// A host that a connection may send requests to: `api.example.com`, `*.example.com`,
/// `api.example.com:8443` or `http://127.0.0.1:8080`.
///
/// Without a scheme it is `https`, without a port that of the scheme. `*` alone stands for any host.
struct HostRule: Hashable, Sendable {
  let scheme: String
  let host: String
  let port: Int

  /// Reads a rule, nil where the text is none.
  init?(_ text: String) {
    var rest = Substring(text.lowercased())
    var scheme = "https"
    for known in ["https", "http"] where rest.hasPrefix(known + "://") {
      scheme = known
      rest = rest.dropFirst(known.count + 3)
      break
    }
    var port = scheme == "http" ? 80 : 443
    let isBracketed = rest.hasSuffix("]")
    if !isBracketed, let colon = rest.lastIndex(of: ":") {
      guard let given = Int(rest[rest.index(after: colon)...]), (1...65_535).contains(given) else {
        return nil
      }
      port = given
      rest = rest[..<colon]
    }
    let isHost =
      !rest.isEmpty && !rest.contains { "/@?#\\ ".contains($0) }
      && (rest.lastIndex(of: "*") ?? rest.startIndex) == rest.startIndex
    let isPattern = !rest.hasPrefix("*") || rest == "*" || rest.hasPrefix("*.")
    guard isHost, isPattern else { return nil }
    self.init(scheme: scheme, host: String(rest), port: port)
  }

  init(scheme: String, host: String, port: Int) {
    self.scheme = scheme
    self.host = host
    self.port = port
  }

  /// Whether it stands for any host.
  var isForAll: Bool { host == "*" }

  /// Whether a URL leads to such a host.
  func allows(_ url: ParsedURL) -> Bool {
    guard scheme == url.scheme, port == url.port else { return false }
    guard host.hasPrefix("*") else { return host == url.host }
    return host == "*" || url.host.hasSuffix(host.dropFirst()) && url.host.count >= host.count
  }
}

extension HostRule: CustomStringConvertible {
  /// The rule as it is written, without what goes without saying.
  var description: String {
    let usual = scheme == "http" ? 80 : 443
    return (scheme == "http" ? "http://" : "") + host + (port == usual ? "" : ":\(port)")
  }
}
