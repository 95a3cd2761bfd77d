extension Value {
  /// Whether the value or anything in it is unknown, however deep.
  ///
  /// - Complexity: O(*n*) in the size of the value; nothing is copied.
  public var holdsUnknown: Bool {
    switch self {
    case .unknown: return true
    case .object(let object): return object.holdsUnknown
    case .list(let items):
      let items = items.span
      for place in items.indices where items[place].holdsUnknown { return true }
      return false
    case .null, .boolean, .number, .text, .date, .file: return false
    }
  }
}
