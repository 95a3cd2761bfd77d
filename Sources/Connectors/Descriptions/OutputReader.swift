internal import Values

/// Reads where the outputs of a method come from.
enum OutputReader {
  static func rules(_ node: ConfigurationNode?) throws(ConfigurationError) -> [OutputRule] {
    var rules: [OutputRule] = []
    for (name, node) in try node?.members() ?? [] {
      rules.append(OutputRule(name: Text(name), source: try source(node)))
    }
    return rules
  }

  private static func source(_ node: ConfigurationNode) throws(ConfigurationError)
    -> OutputRule.Source
  {
    if node.isMapping { return try list(node) }
    let value = try node.value()
    if case .list = value { return .path(try MethodReader.path(node)) }
    guard case .text(let text) = value else { return .constant(value) }
    guard text.hasPrefix("$") else { return .path(try MethodReader.path(node)) }
    guard let source = OutputRule.words[text.description] else {
      let known = OutputRule.words.keys.sorted().joined(separator: ", ")
      throw node.error("there is no \(text); there are \(known)")
    }
    return source
  }

  private static func list(_ node: ConfigurationNode) throws(ConfigurationError)
    -> OutputRule.Source
  {
    let members = try node.members(known: ["each", "items", "count", "value"])
    if let count = members["count"] { return .length(try MethodReader.path(count)) }
    if let value = members["value"] { return .constant(try value.value()) }
    guard let each = members["each"], let items = members["items"] else {
      throw node.error(
        "it must be {each: PATH, items: {NAME: PATH}}, {count: PATH} or {value: VALUE}"
      )
    }
    var renamed: [OutputRule.Member] = []
    for (name, node) in try items.members() {
      renamed.append(OutputRule.Member(name: Text(name), path: try MethodReader.path(node)))
    }
    return .each(try MethodReader.path(each), renamed)
  }
}
