/// Why a hook cannot be found, added or changed.
public enum HookRegistryError: Error, Hashable {
  /// There is no hook of that name.
  case unknown(String, known: [String])
  /// Another hook has the path.
  case pathTaken(String, by: String)
}

extension HookRegistryError: CustomStringConvertible {
  /// What is wrong, and what to do.
  public var description: String {
    switch self {
    case .unknown(let name, let known):
      "there is no hook \(name); "
        + (known.isEmpty
          ? "add one with `auditcli hook add`" : "there are \(known.joined(separator: ", "))")
    case .pathTaken(let path, let other):
      "the path \(path) is that of the hook \(other); remove that one, or give another `path`"
    }
  }
}
