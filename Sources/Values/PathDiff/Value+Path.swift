/// Why nothing can be put at a place inside a value.
public enum ValuePathError: Error, Hashable {
  /// What stands there has no members, or is a list and the step a key, or the reverse.
  case noMembers(at: ValuePath, kind: String)
  /// The list is shorter.
  case noItem(at: ValuePath, count: Int)
}

extension ValuePathError: CustomStringConvertible {
  /// What is there instead.
  public var description: String {
    switch self {
    case .noMembers(let path, let kind): "\(path) is \(kind)"
    case .noItem(let path, let count):
      "\(path) has \(count) \(count == 1 ? "item" : "items"), counted from 0"
    }
  }
}

extension Value {
  /// What stands at a place, nil where nothing does.
  public func value(at path: ValuePath) -> Value? {
    path.steps.reduce(self as Value?) { value, step in
      switch (value, step) {
      case (.object(let members)?, .key(let key)): members[key]
      case (.list(let items)?, .index(let index)) where items.indices.contains(index): items[index]
      default: nil
      }
    }
  }

  /// The value with another at a place.
  ///
  /// Objects are made where nothing or null is, and a list grows by the item behind its last.
  ///
  /// - Throws: `ValuePathError` where what stands on the way has no such members.
  public func with(_ new: Value, at path: ValuePath) throws(ValuePathError) -> Value {
    try with(new, at: path, from: 0)
  }

  private func with(
    _ new: Value,
    at path: ValuePath,
    from depth: Int
  ) throws(ValuePathError) -> Value {
    guard depth < path.steps.count else { return new }
    let here = ValuePath(Array(path.steps[..<depth]))
    switch (self, path.steps[depth]) {
    case (.object(var members), .key(let key)):
      members[key] = try (members[key] ?? .null).with(new, at: path, from: depth + 1)
      return .object(members)
    case (.null, .key(let key)):
      return .object([key: try Value.null.with(new, at: path, from: depth + 1)])
    case (.null, .index(0)):
      return .list([try Value.null.with(new, at: path, from: depth + 1)])
    case (.list(var items), .index(let index)):
      guard index <= items.count else { throw .noItem(at: here, count: items.count) }
      let item = index < items.count ? items[index] : .null
      let put = try item.with(new, at: path, from: depth + 1)
      if index < items.count { items[index] = put } else { items.append(put) }
      return .list(items)
    default: throw .noMembers(at: here, kind: kindWithArticle)
    }
  }

  private var kindWithArticle: String {
    switch self {
    case .list: "a list: its items are named by number, as in [0]"
    case .object: "an object: its members are named by key"
    case .null: "null"
    case .text: "a text, and has no members"
    case .number: "a number, and has no members"
    case .boolean: "true or false, and has no members"
    default: "no object or list"
    }
  }
}
