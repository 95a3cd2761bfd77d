internal import Values

/// Reads the inputs or outputs of a card, in the order in which the card reads them.
struct FieldReader {
  let node: ExportNode

  func inputs() throws(FlowLoadError) -> [InputField] {
    var found: [InputField] = []
    for (id, field) in try ordered() {
      let type = try declaredType(of: field)
      found.append(
        InputField(
          id: id,
          field: try cardField(field, type: type),
          label: try label(of: field),
          constant: try constant(of: field, type: type),
          argument: try argument(of: field)
        )
      )
    }
    return found
  }

  func outputs() throws(FlowLoadError) -> [OutputField] {
    var found: [OutputField] = []
    for (id, field) in try ordered() {
      found.append(
        OutputField(id: id, field: try cardField(field, type: declaredType(of: field)))
      )
    }
    return found
  }

  /// By `metadata.index`; fields without one last, in file order.
  private func ordered() throws(FlowLoadError) -> [(id: Text, field: ExportNode)] {
    var indexed: [(index: Double, place: Int, id: Text, field: ExportNode)] = []
    for (place, member) in try node.member("data").members().enumerated() {
      let metadata = try member.node.optionalMember("metadata")
      let index = try metadata?.optionalNumber("index") ?? .infinity
      indexed.append((index, place, member.key, member.node))
    }
    indexed.sort { ($0.index, $0.place) < ($1.index, $1.place) }
    return indexed.map { ($0.id, $0.field) }
  }

  /// What the export says that authors see; anything but a text is passed over.
  private func label(of field: ExportNode) throws(FlowLoadError) -> Text {
    if let label = try field.optionalMember("metadata")?.optionalMember("displayname"),
      case .text(let text) = label.value, !text.isEmpty
    {
      return text
    }
    return try field.member("key").text()
  }

  private func cardField(
    _ field: ExportNode,
    type: DeclaredType
  ) throws(FlowLoadError) -> CardField {
    let metadata = try field.optionalMember("metadata")
    var path: [Text]?
    if let steps = try metadata?.optionalMember("path") {
      var texts: [Text] = []
      for step in try steps.items() { texts.append(try step.text()) }
      path = texts
    }
    return CardField(
      name: FieldName(group: try field.optionalText("group"), key: try field.member("key").text()),
      type: type,
      isCustom: try metadata?.isTrue("custom") ?? false,
      path: path
    )
  }

  private func declaredType(of field: ExportNode) throws(FlowLoadError) -> DeclaredType {
    try TypeReader(node: field.member("value")).read()
  }

  private func constant(
    of field: ExportNode,
    type: DeclaredType
  ) throws(FlowLoadError) -> InputField.Constant {
    let value = try field.member("value")
    guard let data = try value.optionalMember("data") else { return .value(.null) }
    guard type == .flow else { return .value(data.value) }
    switch data.value {
    case .text(let id): return id.isEmpty ? .value(.null) : .flow(id)
    case .object: return .inline(try BodyReader(node: data).read())
    case let other:
      throw data.error(.wrongType(expected: "a flow or its id", found: other.jsonKind))
    }
  }

  private func argument(of field: ExportNode) throws(FlowLoadError) -> ArgumentBinding? {
    guard let proxy = try field.member("value").optionalMember("proxy"),
      case .object = proxy.value
    else { return nil }
    guard try proxy.isTrue("dynamic") else { return .fixed }
    return .item(path: try proxy.optionalText("path") ?? .empty)
  }
}

/// Reads a declared type: a name, or the members of an object.
struct TypeReader {
  let node: ExportNode

  func read() throws(FlowLoadError) -> DeclaredType {
    let type = try element()
    return try node.isTrue("collection") ? .list(type) : type
  }

  private func element() throws(FlowLoadError) -> DeclaredType {
    let type = try node.member("type")
    guard case .object = type.value else { return Self.named(try type.text()) }
    var members: [ObjectSchema.Member] = []
    for (key, member) in try type.members() {
      let declared =
        if case .object = member.value, try member.optionalMember("type") != nil {
          try TypeReader(node: member).read()
        } else {
          DeclaredType.any
        }
      members.append(ObjectSchema.Member(key: key, type: declared))
    }
    return .schema(ObjectSchema(members))
  }

  private static func named(_ name: Text) -> DeclaredType {
    switch name {
    case "string": .string
    case "number": .number
    case "boolean": .boolean
    case "Date": .date
    case "object": .object
    case "file": .file
    case "flo": .flow
    default: .any
    }
  }
}
