internal import Values

extension Trigger {
  /// The trigger with its secrets covered; nil where it holds none.
  public func covered(by secrets: DataSecrets) -> DataSecrets.Covered<Trigger>? {
    guard case .http(let request) = self else {
      guard let covered = secrets.covered(value), let trigger = Trigger(covered.data) else {
        return nil
      }
      return DataSecrets.Covered(data: trigger, names: covered.names)
    }
    // Parameters are told by the sign before them.
    let value: Value = [
      "headers": .object(request.headers), "body": .text(request.body),
      "query": .text("?" + request.query),
    ]
    guard let covered = secrets.covered(value), case .object(let object) = covered.data,
      case .object(let headers)? = object["headers"], case .text(let body)? = object["body"],
      case .text(let query)? = object["query"]
    else { return nil }
    let shown = HTTPRequest(
      headers: headers,
      body: body,
      query: Text(wtf8: Array(query.bytes.dropFirst()))
    )
    return DataSecrets.Covered(data: .http(shown), names: covered.names)
  }
}
