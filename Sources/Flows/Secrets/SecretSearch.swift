internal import Values

/// Finds the constants of an export that are secrets, flow by flow and card by card.
struct SecretSearch {
  private(set) var found: [FoundSecret] = []
  private var flow: Text = .empty
  private var card: Text = .empty

  /// Goes through the flows of an export; anything of another form is passed over, for loading tells.
  mutating func visit(export: Value) {
    guard case .object(let root) = export, case .object(let flows)? = root.object("data")?["flos"]
    else { return }
    for (id, flow) in flows {
      guard case .object(let object) = flow, let body = object.object("data") else { continue }
      self.flow = object.text("name") ?? id
      visit(body: body)
    }
  }

  private mutating func visit(body: Object) {
    guard case .list(let cards)? = body["methods"] else { return }
    for card in cards {
      guard case .object(let card) = card, let node = card.object("node"),
        let model = node.object("model")
      else { continue }
      let address = card.text("address") ?? .empty
      let kind = CardKind(exported: address)
      let outer = self.card
      self.card =
        node.object("data")?.text("name") ?? model.object("metadata")?.text("name")
        ?? Text(kind.description)
      if let error = model.object("policy")?.object("error")?.object("flo") { visit(body: error) }
      for (_, field) in model.object("inputs")?.object("data") ?? [:] {
        if case .object(let field) = field { visit(field: field, of: kind) }
      }
      self.card = outer
    }
  }

  /// Looks at one field of a card.
  mutating func visit(field: Object, of kind: CardKind) {
    guard let value = field.object("value"), let constant = value["data"],
      let key = field.text("key")
    else { return }
    if case .object(let body) = constant, case .list? = body["methods"] {
      visit(body: body)
      return
    }
    let metadata = field.object("metadata") ?? [:]
    let label = metadata.text("displayname") ?? key
    if value.text("type") == "password" || Self.isMarked(metadata) {
      takeAll(constant, key)
      return
    }
    let place: SecretNames.Place = Self.signs(kind) ? .signing : .anywhere
    let isNamed = [key, label].contains { SecretNames.isSecret($0, place) }
    let isHeader = [key, field.text("group") ?? .empty].contains { SecretNames.isHeader($0) }
    let isField = isHeader && SecretNames.isSecret(key, .header)
    let held = ValueSecrets.secrets(
      in: constant,
      name: key,
      isNamed: isNamed || isField,
      inHeader: isHeader
    )
    for (secret, name) in held { add(secret, name) }
  }

  private mutating func takeAll(_ value: Value, _ name: Text) {
    switch value {
    case .text(let text): if !text.isEmpty, !text.contains("{{{") { add(text, name) }
    case .list(let items): for item in items { takeAll(item, name) }
    case .object(let object): for (key, member) in object { takeAll(member, key) }
    case .null, .boolean, .number, .date, .file, .unknown: break
    }
  }

  private mutating func add(_ secret: Text, _ field: Text) {
    guard !found.contains(where: { $0.secret == secret }) else { return }
    found.append(
      FoundSecret(
        secret: secret,
        name: SecretNames.name(flow, card, field),
        flow: flow,
        card: card,
        field: field
      )
    )
  }

  /// Whether the export's author, or Okta, marks the field as one whose value is not shown.
  private static func isMarked(_ metadata: Object) -> Bool {
    ["sensitive", "secret", "password", "masked", "encrypted"].contains { (key: Text) in
      metadata[key] == .boolean(true)
    } || metadata.text("type") == "password"
  }

  private static func signs(_ kind: CardKind) -> Bool {
    guard case .function(let address) = kind else { return false }
    return ["crypto", "jwt", "encryption", "pgp"].contains(address.module)
  }
}

extension Object {
  fileprivate func object(_ key: Text) -> Object? {
    if case .object(let object)? = self[key] { object } else { nil }
  }

  fileprivate func text(_ key: Text) -> Text? {
    if case .text(let text)? = self[key] { text } else { nil }
  }
}
