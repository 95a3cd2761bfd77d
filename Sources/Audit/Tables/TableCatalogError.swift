public import Values

/// Why a table could not be found.
public enum TableCatalogError: Error, CustomStringConvertible {
  /// No table has that id or name.
  case unknown(String)
  /// Several tables have that name.
  case ambiguous(String, ids: [Text])

  /// What is wrong and what to do about it.
  public var description: String {
    switch self {
    case .unknown(let name): "no table is called \(name). `auditcli table list` shows them."
    case .ambiguous(let name, let ids):
      "\(name) could be any of these; name one by its id:\n"
        + ids.map { "  \($0)" }.joined(separator: "\n")
    }
  }
}
