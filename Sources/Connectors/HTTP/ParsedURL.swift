internal import CCurl

/// A URL taken apart by the library that sends the request, so that what is checked is what is sent.
struct ParsedURL: Hashable, Sendable {
  /// The whole URL, normalised.
  let text: String
  /// `http` or `https`, or another scheme in lower case.
  let scheme: String
  /// The host in lower case, an IPv6 address in brackets.
  let host: String
  /// The port, that of the scheme where none is written.
  let port: Int
  /// Whether a user name or password stands in it.
  let hasCredentials: Bool

  /// Reads an absolute URL, or one that is relative to `base`; nil where the text is none.
  init?(_ text: String, relativeTo base: ParsedURL? = nil) {
    guard !text.utf8.contains(0), let handle = curl_url() else { return nil }
    defer { curl_url_cleanup(handle) }
    for part in [base?.text, text].compactMap({ $0 }) {
      let flags = UInt32(CURLU_NON_SUPPORT_SCHEME)
      guard curl_url_set(handle, CURLUPART_URL, part, flags) == CURLUE_OK else { return nil }
    }
    func part(_ part: CURLUPart, _ flags: Int32 = 0) -> String? {
      var found: UnsafeMutablePointer<CChar>?
      guard curl_url_get(handle, part, &found, UInt32(flags)) == CURLUE_OK, let found else {
        return nil
      }
      defer { curl_free(found) }
      return String(cString: found)
    }
    guard let whole = part(CURLUPART_URL), let scheme = part(CURLUPART_SCHEME),
      let host = part(CURLUPART_HOST), !host.isEmpty
    else { return nil }
    self.text = whole
    self.scheme = scheme.lowercased()
    self.host = host.lowercased()
    port = part(CURLUPART_PORT, CURLU_DEFAULT_PORT).flatMap { Int($0) } ?? 0
    hasCredentials = part(CURLUPART_USER) != nil || part(CURLUPART_PASSWORD) != nil
  }
  /// The host, with its port where it is not the usual one.
  var authority: String { port == (scheme == "http" ? 80 : 443) ? host : "\(host):\(port)" }

  /// Whether both lead to one scheme, host and port (RFC 6454).
  func isOfSameOrigin(_ other: ParsedURL) -> Bool {
    scheme == other.scheme && host == other.host && port == other.port
  }
}
