internal import CCurl

/// Sends requests over HTTP: one connection for each, no redirects followed, every bound kept.
struct HTTPClient: Sendable {
  /// Which addresses may be reached.
  let addresses: AddressRules
  let limits: TransferLimits
  /// A file of certificates to trust in place of the system's, nil for those.
  let certificates: String?

  /// Sends a request and waits for the whole answer.
  ///
  /// A redirect is an answer like any other.
  ///
  /// - Throws: `TransferFailure` where no whole answer came.
  func send(_ call: HTTPCall) throws(TransferFailure) -> HTTPReply {
    let handle = CurlHandle(addresses, limits, certificates: certificates)
    handle.set(CURLOPT_PROTOCOLS_STR, "http,https")
    handle.set(CURLOPT_URL, call.url.text)
    handle.set(CURLOPT_HTTP_VERSION, Int(CURL_HTTP_VERSION_2TLS))
    handle.set(CURLOPT_ACCEPT_ENCODING, "gzip, deflate")
    handle.set(CURLOPT_HTTP09_ALLOWED, 0)
    handle.set(CURLOPT_USERAGENT, "auditcli")
    if call.method == "HEAD" { handle.set(CURLOPT_NOBODY, 1) }
    if let body = call.body { handle.set(copying: body) }
    handle.set(CURLOPT_CUSTOMREQUEST, call.method)
    // An empty value takes a field away that the library would send by itself.
    let lines = call.fields.map { $0.value.isEmpty ? "\($0.name);" : "\($0.name): \($0.value)" }
    let usual = call.body == nil ? [] : ["Expect:"]
    let hasType = call.fields.contains { $0.name.lowercased() == "content-type" }
    handle.set(
      CURLOPT_HTTPHEADER,
      lines: lines + usual + (call.body == nil || hasType ? [] : ["Content-Type:"])
    )
    try handle.perform(to: call.url.host)
    return HTTPReply(
      status: handle.number(CURLINFO_RESPONSE_CODE),
      fields: Self.fields(handle.notes.header),
      body: handle.notes.body
    )
  }

  /// The fields of the last header of an exchange; earlier ones only said to go on.
  private static func fields(_ header: [UInt8]) -> [HTTPField] {
    var fields: [HTTPField] = []
    for line in header.split(separator: UInt8(ascii: "\n")) {
      if line.starts(with: Array("HTTP/".utf8)) {
        fields = []
        continue
      }
      guard let colon = line.firstIndex(of: UInt8(ascii: ":")) else { continue }
      let name = String(decoding: line[..<colon], as: UTF8.self).lowercased()
      let value = line[(colon + 1)...].drop { $0 == 32 || $0 == 9 }
      let end = value.lastIndex { $0 != 32 && $0 != 9 && $0 != 13 }.map { $0 + 1 }
      fields.append(
        HTTPField(
          name: name,
          value: String(decoding: value[..<(end ?? value.startIndex)], as: UTF8.self)
        )
      )
    }
    return fields
  }
}
