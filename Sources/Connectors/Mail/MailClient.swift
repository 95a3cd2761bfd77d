internal import CCurl

/// Hands mail to a server (RFC 5321).
struct MailClient {
  let server: ConnectionSettings.MailServer
  let addresses: AddressRules
  let limits: TransferLimits
  let certificates: String?

  /// Sends a mail.
  ///
  /// - Throws: `TransferFailure`; it may have happened only if the mail's text went out and the server
  ///   did not say what became of it.
  func send(
    _ bytes: [UInt8],
    from: String,
    to recipients: [String]
  ) throws(TransferFailure) {
    let host = server.host.contains(":") ? "[\(server.host)]" : server.host
    let handle = CurlHandle(addresses, limits, certificates: certificates)
    handle.set(CURLOPT_PROTOCOLS_STR, "smtp,smtps")
    handle.set(
      CURLOPT_URL,
      "\(server.isImplicit ? "smtps" : "smtp")://\(host):\(server.port)/auditcli"
    )
    handle.set(
      CURLOPT_USE_SSL,
      Int((server.isPlain ? CURLUSESSL_NONE : CURLUSESSL_ALL).rawValue)
    )
    if let login = server.login {
      handle.set(CURLOPT_USERNAME, login.user)
      handle.set(CURLOPT_PASSWORD, login.password.revealed)
    }
    handle.set(CURLOPT_MAIL_FROM, "<\(from)>")
    handle.set(CURLOPT_MAIL_RCPT, lines: recipients.map { "<\($0)>" })
    handle.set(CURLOPT_UPLOAD, 1)
    handle.set(CURLOPT_INFILESIZE_LARGE, size: bytes.count)
    handle.willUpload(bytes)
    do throws(TransferFailure) {
      try handle.perform(to: server.host)
    } catch {
      // A reply of 400 or more says that the mail was not taken.
      let status = handle.number(CURLINFO_RESPONSE_CODE)
      guard status >= 400, error.reason != .refused else { throw error }
      throw TransferFailure(
        reason: .refused,
        message: "\(server.host) does not take the mail: status \(status).",
        mayHaveHappened: false
      )
    }
  }
}
