internal import Values

extension FlowPack {
  /// Loads an export: a `.flopack`, `.folder` or `.flow` file.
  ///
  /// Cards of types that this engine does not run load like all others; they fail when reached.
  /// Hostile input leads to an error, never to a trap.
  ///
  /// - Parameters:
  ///   - bytes: The file's content.
  ///   - source: The file's name, for messages.
  /// - Returns: The flows with all that they refer to.
  /// - Throws: `FlowLoadError` naming the place of the first fault.
  /// - Complexity: O(*n*) in the size of the file, and in each body O(*c* · *i*) in its cards and
  ///   its If/Else cards.
  public static func load(
    _ bytes: [UInt8],
    source: String
  ) throws(FlowLoadError) -> FlowPack {
    try PackReader(source: source).read(PackReader.parse(bytes, source: source))
  }
}

/// Reads the envelope of an export.
struct PackReader {
  let source: String
  /// What the definition may refer to; nothing that a file says by itself is a reference.
  var secrets: [SecretReference] = []

  static func parse(_ bytes: [UInt8], source: String) throws(FlowLoadError) -> Value {
    do {
      return try JSON.parse(bytes)
    } catch {
      throw FlowLoadError(
        source: source,
        place: "",
        problem: .notJSON(reason: String(describing: error))
      )
    }
  }

  func read(_ value: Value) throws(FlowLoadError) -> FlowPack {
    let data = try ExportNode(value: value, place: ExportPlace(source: source)).member("data")
    var flows: [Flow] = []
    for (id, node) in try data.member("flos").members() {
      flows.append(try FlowReader(id: id, node: node).read())
    }
    let pack = FlowPack(
      source: source,
      flows: flows,
      tables: try tables(in: data),
      connections: try connections(in: data),
      groups: try groups(in: data),
      secrets: secrets
    )
    try ReferenceCheck(pack: pack).run()
    return pack
  }

  private func tables(in data: ExportNode) throws(FlowLoadError) -> [TableDefinition] {
    guard let tables = try data.optionalMember("tables") else { return [] }
    var found: [TableDefinition] = []
    for (id, node) in try tables.members() {
      var columns: [TableDefinition.Column] = []
      for column in try node.member("data").member("structure").items() {
        columns.append(
          TableDefinition.Column(
            name: try column.member("name").text(),
            type: try column.member("type").text(),
            defaultValue: try column.object()["default"] ?? .null
          )
        )
      }
      found.append(
        TableDefinition(
          id: id,
          name: try node.optionalText("name") ?? id,
          columns: columns,
          exported: node.value
        )
      )
    }
    return found
  }

  private func connections(in data: ExportNode) throws(FlowLoadError) -> [Connection] {
    guard let configs = try data.optionalMember("configs") else { return [] }
    var found: [Connection] = []
    for (id, node) in try configs.members() {
      found.append(
        Connection(
          id: id,
          name: try node.optionalText("name") ?? id,
          connector: try node.optionalText("module") ?? .empty,
          exported: node.value
        )
      )
    }
    return found
  }

  private func groups(in data: ExportNode) throws(FlowLoadError) -> [FlowGroup] {
    guard let groups = try data.optionalMember("groups") else { return [] }
    var found: [FlowGroup] = []
    for (id, node) in try groups.members() {
      let name = try node.optionalMember("data")?.optionalText("name")
      found.append(FlowGroup(id: id, name: name ?? id))
    }
    return found
  }
}
