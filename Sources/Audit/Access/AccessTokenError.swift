/// A token cannot be added or revoked.
public enum AccessTokenError: Error, Hashable, CustomStringConvertible {
  /// No token has that name.
  case unknown(String, known: [String])
  /// A token has that name already.
  case taken(String)
  /// It cannot be called so.
  case unusableName(String)

  /// What is wrong, and what to do.
  public var description: String {
    switch self {
    case .unknown(let name, let known):
      known.isEmpty
        ? "there is no token \(name), nor any other; `auditcli token add` adds one"
        : "there is no token \(name); there are \(known.joined(separator: ", "))"
    case .taken(let name):
      "there is a token \(name) already: add one of another name, or revoke that one first"
    case .unusableName(let name):
      "a token cannot be called \"\(name)\": take letters, digits, `-`, `_` and `.`, 100 at most"
    }
  }
}
