internal import Flows
internal import Values

/// One entry of an answers file.
struct ScriptEntry: Sendable {
  let method: ConnectorMethod
  let connection: Text?
  let conditions: [(name: Text, condition: ScriptCondition)]
  let times: Int?
  let answer: Answer

  /// Whether the entry answers a request with these options and inputs.
  func matches(_ request: ConnectorRequest, connection name: Text?, _ named: Object) -> Bool {
    guard method == request.method else { return false }
    if let connection, connection != name, connection != request.connection { return false }
    return conditions.allSatisfy { $0.condition.holds(for: named[$0.name] ?? .null) }
  }
}

/// What an input must be for an entry to answer.
indirect enum ScriptCondition: Hashable, Sendable {
  case equals(Value)
  case contains(Value)
  case startsWith(Text)
  case endsWith(Text)
  case oneOf([Value])
  case present(Bool)
  case not(ScriptCondition)
  case all([ScriptCondition])

  func holds(for input: Value) -> Bool {
    switch self {
    case .equals(let value): input == value
    case .contains(let value): Self.contains(input, value)
    case .startsWith(let text):
      if case .text(let input) = input { input.hasPrefix(text) } else { false }
    case .endsWith(let text):
      if case .text(let input) = input { input.hasSuffix(text) } else { false }
    case .oneOf(let values): values.contains(input)
    case .present(let isPresent): input.isNull != isPresent
    case .not(let inner): !inner.holds(for: input)
    case .all(let inner): inner.allSatisfy { $0.holds(for: input) }
    }
  }

  private static func contains(_ input: Value, _ value: Value) -> Bool {
    switch (input, value) {
    case (.text(let input), .text(let value)): input.contains(value)
    case (.list(let items), _): items.contains(value)
    default: false
    }
  }
}
