public import Values

/// Where a list card takes an argument of the flow it calls from.
public enum ArgumentBinding: Hashable, Sendable {
  /// From the current item, at a dotted path; the empty path is the item itself.
  case item(path: Text)
  /// From the input's wire or constant, the same for every call.
  case fixed
}
