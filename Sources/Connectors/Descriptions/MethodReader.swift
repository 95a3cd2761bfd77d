internal import Flows
internal import Values

/// Reads one method of a description.
struct MethodReader {
  let name: String
  let node: ConfigurationNode
  let failures: FailureRules

  private static let known: Set<String> = [
    "title", "effect", "when", "request", "query", "headers", "body", "format", "mail", "records",
    "outputs", "failures", "lookups", "ask", "key",
  ]

  func read() throws(ConfigurationError) -> MethodDescription {
    let members = try node.members(known: Self.known)
    let action = try action(members)
    let effect = try effect(members["effect"], action)
    let question = try question(members["ask"])
    guard (effect == .queryable) == (question != nil) else {
      throw node.error("the effect \"queryable\" and \"ask\" go together")
    }
    let key = try members["key"]?.text()
    guard (effect == .keyed) == (key != nil) else {
      throw node.error("the effect \"keyed\" and \"key\", the field that carries it, go together")
    }
    return MethodDescription(
      name: name,
      title: try members["title"]?.text() ?? name,
      effect: effect,
      action: action,
      conditions: try conditions(members["when"]),
      lookups: try lookups(members["lookups"]),
      question: question,
      keyField: key,
      records: try members["records"].map { node throws(ConfigurationError) in try records(node) },
      outputs: try OutputReader.rules(members["outputs"]),
      failures: try Self.failures(members["failures"], failures)
    )
  }

  private func action(
    _ members: [String: ConfigurationNode]
  ) throws(ConfigurationError) -> MethodDescription.Action {
    if let mail = members["mail"] {
      guard members["request"] == nil else {
        throw mail.error("a method sends a request or a mail")
      }
      return .mail(try self.mail(mail))
    }
    guard let request = members["request"] else {
      throw node.error("it must have a \"request\" such as GET /path, or a \"mail\"")
    }
    return .http(try Self.request(request, members))
  }

  private func effect(
    _ node: ConfigurationNode?,
    _ action: MethodDescription.Action
  ) throws(ConfigurationError) -> DeclaredEffect? {
    if let node { return try node.word(DeclaredEffect.self) }
    guard case .http(let request) = action else { return .unsafe }
    guard request.verb.names.isEmpty else { return nil }
    // Only what asks may go without saying what it does.
    let effect = DeclaredEffect(verb: request.verb.text(Object()) { $0 }.description)
    guard effect == .read else {
      let words = DeclaredEffect.allCases.map(\.rawValue).joined(separator: ", ")
      throw self.node.error("it must say what doing it twice does, as its \"effect\": \(words)")
    }
    return .read
  }

  private func conditions(
    _ node: ConfigurationNode?
  ) throws(ConfigurationError) -> [(name: Text, value: Text)] {
    var conditions: [(name: Text, value: Text)] = []
    for (name, node) in try node?.members() ?? [] {
      guard let text = node.scalar else { throw node.error("it must be a text, empty for nothing") }
      conditions.append((Text(name), Text(text)))
    }
    return conditions
  }

  private func lookups(
    _ node: ConfigurationNode?
  ) throws(ConfigurationError) -> [MethodDescription.Lookup] {
    var lookups: [MethodDescription.Lookup] = []
    for (name, node) in try node?.members() ?? [] {
      let members = try node.members(known: ["request", "query", "headers", "path"])
      guard let request = members["request"], let path = members["path"] else {
        throw node.error("it must have a \"request\" and the \"path\" to what is looked up")
      }
      lookups.append(
        MethodDescription.Lookup(
          name: Text("lookup/" + name),
          request: try Self.request(request, members),
          path: try Self.path(path)
        )
      )
    }
    return lookups
  }

  private func question(
    _ node: ConfigurationNode?
  ) throws(ConfigurationError) -> MethodQuestion? {
    guard let node else { return nil }
    let members = try node.members(known: [
      "request", "query", "headers", "absent", "record", "path", "equals", "made", "status",
    ])
    guard let request = members["request"] else { throw node.error("it must have a \"request\"") }
    let asked = try Self.request(request, members)
    guard !asked.names.contains(where: { $0.hasPrefix("lookup/") }) else {
      throw request.error("what is looked up before is not known when the service is asked")
    }
    var values: [BodyTemplate]?
    for node in try members["equals"]?.itemsOrOne() ?? [] {
      values = (values ?? []) + [try Self.body(node)]
    }
    return MethodQuestion(
      request: asked,
      isAbsence: try members["absent"]?.boolean() ?? false,
      place: try path(members["record"]),
      path: try path(members["path"]),
      values: values,
      made: try members["made"].map { node throws(ConfigurationError) in try Self.path(node) },
      status: try members["status"]?.integer(200...299) ?? 200
    )
  }

  private func path(_ node: ConfigurationNode?) throws(ConfigurationError) -> [Text] {
    guard let node else { return [] }
    return try Self.path(node)
  }

  private func records(_ node: ConfigurationNode) throws(ConfigurationError) -> RecordRules {
    let members = try node.members(known: ["path", "next", "choice", "usual", "limit"])
    var limits: [Text] = []
    for node in try members["limit"]?.itemsOrOne() ?? [] { limits.append(Text(try node.text())) }
    return RecordRules(
      path: try path(members["path"]),
      paging: try members["next"].map { node throws(ConfigurationError) in try paging(node) },
      selection: Text(try members["choice"]?.text() ?? "parameters/resultSet"),
      usual: try members["usual"]?.word(RecordSelection.self) ?? .all,
      limits: limits
    )
  }

  private func paging(_ node: ConfigurationNode) throws(ConfigurationError) -> Paging {
    guard node.isMapping else {
      guard try node.text() == "link" else {
        throw node.error("it must be link, {cursor: PATH, parameter: NAME} or {url: PATH}")
      }
      return .link
    }
    let members = try node.members(known: ["cursor", "parameter", "url"])
    if let url = members["url"] { return .url(path: try Self.path(url)) }
    guard let cursor = members["cursor"], let parameter = members["parameter"] else {
      throw node.error("it must be link, {cursor: PATH, parameter: NAME} or {url: PATH}")
    }
    return .cursor(path: try Self.path(cursor), parameter: try parameter.text())
  }

  private func mail(_ node: ConfigurationNode) throws(ConfigurationError) -> MailTemplate {
    let members = try node.members(known: [
      "from", "to", "cc", "bcc", "subject", "body", "html", "attachment",
    ])
    func optional(_ name: String) throws(ConfigurationError) -> Template? {
      guard let node = members[name] else { return nil }
      return try Self.template(node)
    }
    guard let to = try optional("to"), let subject = try optional("subject"),
      let body = try optional("body")
    else { throw node.error("a mail must have \"to\", \"subject\" and \"body\"") }
    var attachment: (name: Template, content: Template)?
    if let node = members["attachment"] {
      let parts = try node.members(known: ["name", "content"])
      guard let name = parts["name"], let content = parts["content"] else {
        throw node.error("an attachment must have \"name\" and \"content\"")
      }
      attachment = (try Self.template(name), try Self.template(content))
    }
    return MailTemplate(
      from: try optional("from"),
      to: to,
      copies: try optional("cc"),
      blindCopies: try optional("bcc"),
      subject: subject,
      body: body,
      html: try optional("html"),
      attachment: attachment
    )
  }
}

// MARK: - Parts

extension MethodReader {
  static func template(_ node: ConfigurationNode) throws(ConfigurationError) -> Template {
    guard let text = node.scalar else { throw node.error("it must be a text") }
    do throws(Template.Malformed) {
      return try Template(text)
    } catch {
      throw node.error(error.reason)
    }
  }

  /// A path: names with dots between, or a list of names, which may hold dots.
  static func path(_ node: ConfigurationNode) throws(ConfigurationError) -> [Text] {
    if node.scalar == nil {
      var names: [Text] = []
      for item in try node.items() { names.append(Text(try item.text())) }
      return names
    }
    guard let text = node.scalar else { throw node.error("it must be a path") }
    return text.split(separator: ".").map { Text(String($0)) }
  }

  /// `VERB URL` with what goes beside it.
  static func request(
    _ node: ConfigurationNode,
    _ members: [String: ConfigurationNode]
  ) throws(ConfigurationError) -> RequestTemplate {
    let text = try node.text()
    // The verb may be a place, whose name may hold spaces.
    let start = text.hasPrefix("{") ? text.firstIndex(of: "}") ?? text.startIndex : text.startIndex
    guard let space = text[start...].firstIndex(of: " ") else {
      throw node.error("it must be a verb and an address, such as GET /api/v1/users")
    }
    let verb: Template
    let url: Template
    do throws(Template.Malformed) {
      verb = try Template(String(text[..<space]).trimmed)
      url = try Template(String(text[space...]).trimmed)
    } catch {
      throw node.error(error.reason)
    }
    if verb.names.isEmpty, !String(text[..<space]).allSatisfy({ $0.isASCII && $0.isUppercase }) {
      throw node.error("a verb is written in capitals: GET, POST, PUT, PATCH, DELETE")
    }
    return RequestTemplate(
      verb: verb,
      url: url,
      query: try members["query"].map { node throws(ConfigurationError) in try body(node) },
      headers: try members["headers"].map { node throws(ConfigurationError) in try body(node) },
      body: try members["body"].map { node throws(ConfigurationError) in try body(node) },
      format: try members["format"]?.word(BodyFormat.self) ?? .json
    )
  }

  static func body(_ node: ConfigurationNode) throws(ConfigurationError) -> BodyTemplate {
    let value = try node.value()
    switch value {
    case .text: return .template(try template(node))
    case .list:
      var items: [BodyTemplate] = []
      for item in try node.items() { items.append(try body(item)) }
      return .list(items)
    case .object(let object) where object.keys.contains("$criteria"):
      return .criteria(try criteria(node))
    case .object:
      var members: [BodyTemplate.Member] = []
      for (name, node) in try node.members() {
        members.append(BodyTemplate.Member(name: Text(name), body: try body(node)))
      }
      return .object(members)
    default: return .constant(value)
    }
  }

  private static func criteria(_ node: ConfigurationNode) throws(ConfigurationError) -> Criteria {
    let members = try node.members(known: ["$criteria", "expression", "except"])
    var others: [Text] = []
    for node in try members["except"]?.itemsOrOne() ?? [] { others.append(Text(try node.text())) }
    return Criteria(
      group: Text(try members["$criteria"]?.text() ?? ""),
      expression: try members["expression"].map { node throws(ConfigurationError) in
        Text(try node.text())
      },
      others: others
    )
  }

  static func failures(
    _ node: ConfigurationNode?,
    _ inherited: FailureRules
  ) throws(ConfigurationError) -> FailureRules {
    guard let node else { return inherited }
    let members = try node.members(known: ["message", "sign", "statuses", "accept"])
    var rules = inherited
    if let node = members["message"] {
      rules.messages = []
      for item in try node.itemsOrOne() { rules.messages.append(try path(item)) }
    }
    if let node = members["sign"] {
      let sign = try node.members(known: ["path", "equals"])
      guard let at = sign["path"], let value = try sign["equals"]?.value() else {
        throw node.error("it must have a \"path\" and what \"equals\" a failure")
      }
      rules.sign = FailureRules.Sign(path: try path(at), value: value)
    }
    for (message, node) in try members["statuses"]?.members() ?? [] {
      rules.statuses[Text(message)] = try node.integer(400...599)
    }
    for node in try members["accept"]?.itemsOrOne() ?? [] {
      rules.accepted.insert(try node.integer(400...599))
    }
    return rules
  }
}
