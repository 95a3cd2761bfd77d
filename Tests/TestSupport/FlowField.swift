internal import Values

/// A field written `group/key:type[]`.
struct FlowField {
  let name: String
  private let group: Value
  private let key: String
  private let type: Value
  private let isList: Bool

  init(_ text: String) {
    var rest = Substring(text)
    var type = "string"
    if let colon = rest.firstIndex(of: ":") {
      type = String(rest[rest.index(after: colon)...])
      rest = rest[..<colon]
    }
    isList = text.hasSuffix("[]")
    if type.hasSuffix("[]") { type = String(type.dropLast(2)) }
    if rest.hasSuffix("[]") { rest = rest.dropLast(2) }
    name = String(rest)
    self.type = Self.declared(type)
    if let slash = rest.firstIndex(of: "/") {
      group = .text(Text(String(rest[..<slash])))
      key = String(rest[rest.index(after: slash)...])
    } else {
      group = .null
      key = name
    }
  }

  /// `{a,b}` declares an object of texts; anything else is the name of a type.
  private static func declared(_ type: String) -> Value {
    guard type.hasPrefix("{") else { return .text(Text(type)) }
    var members = Object()
    for key in type.dropFirst().dropLast().split(separator: ",") {
      members[Text(String(key))] = ["type": "string", "collection": false]
    }
    return .object(members)
  }

  /// Arguments of list cards have a name space of their own.
  func id(for input: FlowInput) -> String {
    switch input {
    case .item, .fixed: "argument:" + name
    case .constant, .wire, .converted, .flow, .inline, .custom: name
    }
  }

  func output(index: Int) -> Value {
    field(index: index, value: ["type": type, "collection": .boolean(isList), "data": .null])
  }

  func input(_ value: Value) -> Value { input(.constant(value)) }

  func input(_ input: FlowInput, index: Int? = nil) -> Value {
    var value: Object = ["type": type, "collection": .boolean(isList), "data": input.constant]
    if case .item(let path) = input {
      value["proxy"] = ["dynamic": true, "path": .text(Text(path))]
    }
    if case .fixed = input { value["proxy"] = ["dynamic": false, "path": .null] }
    var isCustom = false
    if case .custom = input { isCustom = true }
    return field(index: index, value: .object(value), isCustom: isCustom)
  }

  private func field(index: Int?, value: Value, isCustom: Bool = false) -> Value {
    var metadata = Object()
    if let index { metadata["index"] = .number(Double(index)) }
    if isCustom { metadata["custom"] = true }
    return [
      "group": group, "key": .text(Text(key)), "value": value, "metadata": .object(metadata),
    ]
  }
}

extension FlowInput {
  var constant: Value {
    switch self {
    case .constant(let value): value
    case .flow(let id): .text(Text(id))
    case .inline(let flow): flow.body
    case .fixed(let input), .custom(let input): input.constant
    case .wire, .converted, .item: .null
    }
  }

  /// Where a wire comes from, and its conversion.
  func source(of field: FlowField) -> (source: String, transform: Value)? {
    switch self {
    case .wire(let source): (source, .null)
    case .converted(let source, let conversion): (source, .text(Text(conversion)))
    case .fixed(let input), .custom(let input): input.source(of: field)
    case .constant, .flow, .inline, .item: nil
    }
  }
}
