public import Values

extension Value {
  /// The members of an object, nil where the value is none.
  public var object: Object? { if case .object(let object) = self { object } else { nil } }

  /// The items of a list, nil where the value is none.
  public var list: [Value]? { if case .list(let items) = self { items } else { nil } }

  /// The text, nil where the value is none.
  public var plainText: Text? { if case .text(let text) = self { text } else { nil } }

  /// The value at keys, which of a list are places.
  public func value(at path: [Text]) -> Value? {
    guard let first = path.first else { return self }
    let member =
      list.flatMap { items in
        Int(first.description).flatMap { items.indices.contains($0) ? items[$0] : nil as Value? }
      } ?? object?[first]
    return member.flatMap { $0.value(at: Array(path.dropFirst())) }
  }

  /// The value with another one at keys; objects on the way are made, lists are not made longer.
  public func setting(_ path: [Text], _ value: Value) -> Value {
    guard let first = path.first else { return value }
    let rest = Array(path.dropFirst())
    if var items = list, let place = Int(first.description), items.indices.contains(place) {
      items[place] = items[place].setting(rest, value)
      return .list(items)
    }
    guard var object else { return self }
    object[first] = (object[first] ?? .object(Object())).setting(rest, value)
    return .object(object)
  }

  /// The value without what stands at keys.
  public func removing(_ path: [Text]) -> Value {
    guard let last = path.last, let holder = value(at: path.dropLast()) else { return self }
    if var object = holder.object {
      object[last] = nil
      return setting(path.dropLast(), .object(object))
    }
    guard var items = holder.list, let place = Int(last.description), items.indices.contains(place)
    else { return self }
    items.remove(at: place)
    return setting(path.dropLast(), .list(items))
  }

  /// The value in which one text is another wherever it stands, also where it is a key.
  public func replacing(_ text: Text, with other: Text) -> Value {
    switch self {
    case .text(let own): own == text ? .text(other) : self
    case .list(let items): .list(items.map { $0.replacing(text, with: other) })
    case .object(let object):
      .object(
        Object(
          object.map { ($0.key == text ? other : $0.key, $0.value.replacing(text, with: other)) }
        )
      )
    default: self
    }
  }

  /// The paths of all that is neither a list nor an object.
  public var leaves: [[Text]] {
    switch self {
    case .list(let items):
      items.enumerated().flatMap { place, item in item.leaves.map { [Text("\(place)")] + $0 } }
    case .object(let object):
      object.flatMap { key, member in member.leaves.map { [key] + $0 } }
    default: [[]]
    }
  }

  /// Another value of the same kind: a text and a number that are a little longer, a list and an object
  /// whose first member is another.
  public var another: Value {
    switch self {
    case .text(let text): return .text(text + "x")
    case .number(let number): return .number(number + 1)
    case .boolean(let boolean): return .boolean(!boolean)
    case .list(let items):
      return .list(items.isEmpty ? ["x"] : [items[0].another] + items.dropFirst())
    case .object(var object):
      guard let first = object.first else { return ["x": "x"] }
      object[first.key] = first.value.another
      return .object(object)
    default: return "x"
    }
  }
}
