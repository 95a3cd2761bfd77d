internal import Values

/// The addresses of further pages.
enum LinkField {
  /// The target of the link to the next page in a `Link` field (RFC 8288), nil where there is none.
  static func next(_ field: String) -> String? {
    var rest = Substring(field)
    while let start = rest.firstIndex(of: "<"),
      let end = rest[start...].firstIndex(of: ">")
    {
      let target = rest[rest.index(after: start)..<end]
      rest = rest[rest.index(after: end)...]
      let parameters = rest.prefix { $0 != "<" }.split { ";,".contains($0) }
      if parameters.contains(where: { isNext(String($0).trimmed) }) { return String(target) }
    }
    return nil
  }

  /// Whether a parameter says that the link leads to the next page, among others perhaps.
  private static func isNext(_ parameter: String) -> Bool {
    let parts = parameter.lowercased().split(separator: "=", maxSplits: 1)
    guard parts.count == 2, String(parts[0]).trimmed == "rel" else { return false }
    return parts[1].split { " \"'".contains($0) }.contains("next")
  }

  /// A URL with one parameter of its query set.
  static func replacing(_ name: String, with value: Text, in url: String) -> String {
    let parts = url.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
    let encodedName = PercentEncoding.encode(Text(name)).description
    var pairs = (parts.count > 1 ? parts[1].split(separator: "&") : []).map(String.init)
    pairs.removeAll { $0.hasPrefix(encodedName + "=") }
    pairs.append(encodedName + "=" + PercentEncoding.encode(value).description)
    return parts[0] + "?" + pairs.joined(separator: "&")
  }
}
