internal import Values

/// A search of a service by attributes: the inputs of a group are compared for equality, joined by
/// `and`; one of them is an expression of its own.
struct Criteria: Hashable, Sendable {
  /// The group, such as `Inputs`.
  let group: Text
  /// The input that is an expression, such as `Inputs/Custom Search Criteria`.
  let expression: Text?
  /// The inputs of the group that are no attributes.
  let others: [Text]

  var names: [Text] { [group + "/*"] + (expression.map { [$0] } ?? []) }

  /// The expression, null where nothing is compared.
  func value(_ inputs: Object) -> Value {
    var terms: [Text] = []
    for (name, value) in inputs where name.hasPrefix(group + "/") && !value.isBlank {
      guard name != expression, !others.contains(name) else { continue }
      let attribute = Text(wtf8: Array(name.bytes.dropFirst(group.bytes.count + 1)))
      terms.append(attribute + " eq " + Self.operand(value))
    }
    if let expression, let written = inputs[expression], !written.isBlank {
      terms.append(terms.isEmpty ? written.written : "(" + written.written + ")")
    }
    return terms.isEmpty ? .null : .text(Text.joined(terms, separator: " and "))
  }

  private static func operand(_ value: Value) -> Text {
    switch value {
    case .boolean, .number: JSON.text(value)
    default: JSON.text(.text(value.written))
    }
  }
}
