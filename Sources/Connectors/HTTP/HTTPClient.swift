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
    guard call.fields.allSatisfy(\.isSendable) else {
      throw TransferFailure(
        reason: .input,
        message: "A field of the request's header has signs that no field may have.",
        mayHaveHappened: false
      )
    }
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
    try handle.perform(to: call.url.authority)
    return HTTPReply(
      status: handle.number(CURLINFO_RESPONSE_CODE),
      fields: Self.fields(handle.notes.header),
      body: handle.notes.body
    )
  }

  /// The fields of the last header of an exchange; earlier ones only said to go on.
  private static func fields(_ header: [UInt8]) -> [HTTPField] {
    var fields: [HTTPField] = []
    var isFirst = true
    for line in header.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
      let line = trimmed(line)
      if isFirst {
        fields = line.isEmpty ? fields : []
        isFirst = false
      } else if line.isEmpty {
        isFirst = true
      } else if let colon = line.firstIndex(of: UInt8(ascii: ":")) {
        let name = String(decoding: trimmed(line[..<colon]), as: UTF8.self).lowercased()
        let value = String(decoding: trimmed(line[(colon + 1)...]), as: UTF8.self)
        fields.append(HTTPField(name: name, value: value))
      }
    }
    return fields
  }

  private static func trimmed(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    let blanks: [UInt8] = [9, 13, 32]
    let start = bytes.drop { blanks.contains($0) }
    let end = start.lastIndex { !blanks.contains($0) }.map { $0 + 1 } ?? start.startIndex
    return start[..<end]
  }
}
