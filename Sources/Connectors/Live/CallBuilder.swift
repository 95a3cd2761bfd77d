internal import Flows
internal import Foundation
internal import Values

/// Makes the request that goes out of a template, a card's inputs and a connection.
struct CallBuilder {
  let description: ConnectorDescription
  let settings: ConnectionSettings
  /// A bearer token that was asked for.
  let token: Secret?

  /// The request.
  ///
  /// - Throws: `TransferFailure` where it may not go out; nothing has gone out then.
  func call(
    _ template: RequestTemplate,
    _ inputs: Object,
    extra: [HTTPField] = []
  ) throws(TransferFailure) -> HTTPCall {
    let verb = template.verb.text(inputs) { $0 }.description.uppercased()
    guard !verb.isEmpty, verb.utf8.allSatisfy({ (65...90).contains($0) }), verb != "CONNECT" else {
      throw refused(.url, "\"\(verb)\" is no verb of HTTP that a card can use.")
    }
    let url = try url(template, inputs)
    var fields = try fields(template.headers, inputs, besides: extra)
    let body = try body(
      template,
      inputs,
      &fields,
      needsBody: ["POST", "PUT", "PATCH"].contains(verb)
    )
    let own = isHome(url) ? credentials() : []
    return HTTPCall(method: verb, url: url, fields: own + extra + fields, body: body)
  }

  /// A request for the next page of a list, at the host of the first.
  func next(_ first: HTTPCall, _ url: String) throws(TransferFailure) -> HTTPCall {
    guard let resolved = ParsedURL(url, relativeTo: first.url), resolved.isOfSameOrigin(first.url)
    else {
      throw refused(.hostRefused, "The next page of the list is not at \(first.url.host).")
    }
    let checked = try checked(resolved.text)
    return HTTPCall(method: first.method, url: checked, fields: first.fields, body: first.body)
  }

  /// A request that reads an address of the service at `home`: a whole one, or a path from `/` on.
  func reading(_ address: String, at home: String) throws(TransferFailure) -> HTTPCall {
    let text = address.hasPrefix("/") ? home + address : address
    let url = try checked(text)
    guard let root = ParsedURL(home + "/"), url.isOfSameOrigin(root),
      url.text.hasPrefix(root.text), !Self.stepsUp(text)
    else {
      throw refused(
        .hostRefused,
        "The address \(url.scheme)://\(url.authority) is not one of the connection's \"url\", \(home)."
      )
    }
    let fields = description.headers.map { HTTPField(name: $0.name, value: $0.value) }
    return HTTPCall(method: "GET", url: url, fields: credentials() + fields, body: nil)
  }

  /// Whether the connection's credentials are for a host: that of its `url`, those that its connector's
  /// description names, or, where it has no `url`, each that it may reach.
  private func isHome(_ url: ParsedURL) -> Bool {
    guard let home = settings.url ?? description.url else { return true }
    if description.hosts.contains(where: { $0.allows(url) }) { return true }
    return ParsedURL(home)?.isOfSameOrigin(url) ?? false
  }

  private func refused(_ reason: TransferFailure.Reason, _ message: String) -> TransferFailure {
    TransferFailure(reason: reason, message: message, mayHaveHappened: false)
  }
}

// MARK: - URLs

extension CallBuilder {
  private func url(
    _ template: RequestTemplate,
    _ inputs: Object
  ) throws(TransferFailure) -> ParsedURL {
    try refuseSteps(template.url, inputs)
    let written = template.url.text(inputs, PercentEncoding.encode).description.trimmed
    var text = Self.withoutSpaces(written)
    if let fragment = text.firstIndex(of: "#") { text = String(text[..<fragment]) }
    var base: String?
    if !["https://", "http://"].contains(where: { text.lowercased().hasPrefix($0) }) {
      guard let address = settings.url ?? description.url else {
        throw refused(
          .url,
          "The connection \(settings.label) has no \"url\", and \"\(text)\" has no host."
        )
      }
      base = address
      // Without the slash the path would become a part of the host.
      text = address + (text.hasPrefix("/") ? "" : "/") + text
    }
    let query = query(template, inputs)
    if !query.isEmpty {
      let isOpen = text.hasSuffix("?") || text.hasSuffix("&")
      text += (isOpen ? "" : text.contains("?") ? "&" : "?") + query
    }
    let url = try checked(text)
    if let base, let root = ParsedURL(base + "/"),
      !url.text.hasPrefix(root.text) || Self.stepsUp(text)
    {
      throw refused(.url, "\"\(written)\" leads out of the connection's \"url\".")
    }
    return url
  }

  /// A part of a path that is empty, or a step upwards, would make another request of it.
  private func refuseSteps(_ template: Template, _ inputs: Object) throws(TransferFailure) {
    for part in template.parts {
      guard case .place(let place) = part, place.filter != .raw else { continue }
      let text = place.value(inputs).written
      if text.isEmpty || text == "." || text == ".." {
        throw refused(
          .input,
          "The input \(place.names.map { "\"\($0)\"" }.joined(separator: " or ")) is "
            + (text.isEmpty ? "empty." : "\"\(text)\", which names nothing.")
        )
      }
    }
  }

  /// Whether a path has a step upwards, as servers read it.
  private static func stepsUp(_ url: String) -> Bool {
    url.prefix { $0 != "?" }.lowercased().replacing("%2e", with: ".")
      .split { "/\\".contains($0) }.contains("..")
  }

  private func query(_ template: RequestTemplate, _ inputs: Object) -> String {
    switch template.query?.value(inputs) ?? .null {
    case .object(let object): return PercentEncoding.encode(object).description
    case let value:
      let text = Self.withoutSpaces(value.written.description).replacing("#", with: "%23")
      return text.hasPrefix("?") ? String(text.dropFirst()) : text
    }
  }

  /// The URL, if the connection may reach it.
  private func checked(_ text: String) throws(TransferFailure) -> ParsedURL {
    guard let url = ParsedURL(text), ["http", "https"].contains(url.scheme) else {
      throw refused(.url, "\"\(text)\" is no address that a card can use.")
    }
    guard !url.hasCredentials else {
      throw refused(
        .url,
        "An address with user and password is not used; they belong into the connection."
      )
    }
    let hosts =
      settings.hosts + description.hosts + (description.url.flatMap(Self.rule).map { [$0] } ?? [])
    guard hosts.contains(where: { $0.allows(url) }) else {
      let wanted = HostRule(scheme: url.scheme, host: url.host, port: url.port)
      throw refused(
        .hostRefused,
        "The connection \(settings.label) may not reach \(wanted). Add it to the connection's "
          + "\"hosts\" if the flow may."
      )
    }
    return url
  }

  private static func rule(_ text: String) -> HostRule? {
    ParsedURL(text).map { HostRule(scheme: $0.scheme, host: $0.host, port: $0.port) }
  }

  /// Spaces and signs beyond ASCII encoded, as browsers do it.
  private static func withoutSpaces(_ text: String) -> String {
    var bytes: [UInt8] = []
    for byte in text.utf8 {
      if byte > 32, byte < 127 {
        bytes.append(byte)
      } else {
        bytes += PercentEncoding.encode(Text(wtf8: [byte])).bytes
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}

// MARK: - Header and body

extension CallBuilder {
  /// What the library computes.
  private static let computed: Set<String> = [
    "content-length", "transfer-encoding", "connection", "accept-encoding", "te", "expect",
    "upgrade",
  ]

  private func credentials() -> [HTTPField] {
    var fields = settings.fields.map { HTTPField(name: $0.name, value: $0.value.revealed) }
    switch settings.credential {
    case .none: break
    case .token(let token):
      fields.append(
        HTTPField(
          name: description.tokenField,
          value: description.tokenPrefix + token.revealed
        )
      )
    case .bearer(let token):
      fields.append(HTTPField(name: "Authorization", value: "Bearer " + token.revealed))
    case .basic(let user, let password):
      let pair = Data("\(user):\(password.revealed)".utf8).base64EncodedString()
      fields.append(HTTPField(name: "Authorization", value: "Basic " + pair))
    case .client:
      if let token {
        fields.append(HTTPField(name: "Authorization", value: "Bearer " + token.revealed))
      }
    }
    return fields
  }

  private func fields(
    _ template: BodyTemplate?,
    _ inputs: Object,
    besides extra: [HTTPField]
  ) throws(TransferFailure) -> [HTTPField] {
    var given = description.headers.map { HTTPField(name: $0.name, value: $0.value) }
    let own = Set((credentials() + extra).map { $0.name.lowercased() })
    if case .object(let members)? = template?.value(inputs) {
      for (name, value) in members where !value.isNull {
        let field = HTTPField(name: name.description, value: value.written.description)
        guard field.isSendable else {
          throw refused(
            .url,
            "The header field \"\(field.name)\" has signs that no field may have."
          )
        }
        let lowered = field.name.lowercased()
        guard lowered != "host" else {
          throw refused(.hostRefused, "A card cannot set the header field Host.")
        }
        guard !Self.computed.contains(lowered), !own.contains(lowered) else { continue }
        given.removeAll { $0.name.lowercased() == lowered }
        given.append(field)
      }
    }
    return given
  }

  private func body(
    _ template: RequestTemplate,
    _ inputs: Object,
    _ fields: inout [HTTPField],
    needsBody: Bool
  ) throws(TransferFailure) -> [UInt8]? {
    let value = template.body?.value(inputs) ?? .null
    guard !value.isNull, value != .text(.empty) else { return needsBody ? [] : nil }
    let type = fields.first { $0.name.lowercased() == "content-type" }?.value.lowercased()
    let isForm = template.format == .form || type?.contains("x-www-form-urlencoded") ?? false
    if isForm, case .object(let members) = value {
      if type == nil {
        fields.append(HTTPField(name: "Content-Type", value: "application/x-www-form-urlencoded"))
      }
      return PercentEncoding.encode(members).bytes
    }
    if case .file(let file) = value {
      let field = HTTPField(name: "Content-Type", value: file.mediaType.description)
      if type == nil, field.isSendable, !field.value.isEmpty { fields.append(field) }
      return file.content
    }
    if type == nil, template.format == .json {
      fields.append(HTTPField(name: "Content-Type", value: "application/json"))
    }
    if case .text(let text) = value { return text.bytes }
    return JSON.serialize(value)
  }
}
