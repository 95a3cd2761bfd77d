internal import Values

extension ObjectPath {
  /// A value without what is at the path; an item of a list goes, and those behind it move up.
  ///
  /// Where a step is missing nothing changes.
  ///
  /// - Complexity: O(*n*) in the members of the objects and lists passed.
  func removed(from value: Value) -> Value {
    Self.removing(steps[...], from: value)
  }

  private static func removing(_ steps: ArraySlice<Text>, from value: Value) -> Value {
    guard let step = steps.first else { return value }
    let rest = steps.dropFirst()
    switch value {
    case .object(var object):
      guard let member = object[step] else { return value }
      object[step] = rest.isEmpty ? nil : removing(rest, from: member)
      return .object(object)
    case .list(var items):
      // An index has no sign and no leading zero.
      guard let index = Int(step.description), items.indices.contains(index),
        step == Text("\(index)")
      else { return value }
      if rest.isEmpty {
        items.remove(at: index)
      } else {
        items[index] = removing(rest, from: items[index])
      }
      return .list(items)
    case .null, .boolean, .number, .text, .date, .file, .unknown:
      return value
    }
  }
}
