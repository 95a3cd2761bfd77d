public import Values

extension Value {
  /// The union of all unknowns in the value, however deep; nil where all is known.
  ///
  /// - Complexity: O(*n*) in the size of the value.
  public var containedUnknown: Unknown? {
    switch self {
    case .unknown(let unknown):
      return unknown
    case .list(let items):
      var found: Unknown?
      for item in items { found = found.joined(item.containedUnknown) }
      return found
    case .object(let object):
      var found: Unknown?
      for (_, member) in object { found = found.joined(member.containedUnknown) }
      return found
    case .null, .boolean, .number, .text, .date, .file:
      return nil
    }
  }
}

extension Unknown? {
  /// The union of both, or whichever there is.
  func joined(_ other: Unknown?) -> Unknown? {
    guard let other else { return self }
    return self?.union(other) ?? other
  }
}
