internal import Values

extension Trigger {
  /// The trigger with its secrets covered; nil where it holds none.
  public func covered(by secrets: DataSecrets) -> DataSecrets.Covered<Trigger>? {
    switch self {
    case .scheduled, .manual: nil
    case .http(let request): Self.covered(request, secrets)
    case .call(let arguments):
      Self.covered(.object(arguments), secrets) { value in
        if case .object(let arguments) = value { .call(arguments: arguments) } else { self }
      }
    case .delegated(let inputs, let user):
      Self.covered(.object(inputs), secrets) { value in
        if case .object(let inputs) = value { .delegated(inputs: inputs, user: user) } else { self }
      }
    case .events(let events):
      Self.covered(.list(events), secrets) { value in
        if case .list(let events) = value { .events(events) } else { self }
      }
    }
  }

  private static func covered(
    _ value: Value,
    _ secrets: DataSecrets,
    _ made: (Value) -> Trigger
  ) -> DataSecrets.Covered<Trigger>? {
    secrets.covered(value).map { DataSecrets.Covered(data: made($0.data), names: $0.names) }
  }

  private static func covered(
    _ request: HTTPRequest,
    _ secrets: DataSecrets
  ) -> DataSecrets.Covered<Trigger>? {
    // A body of JSON is looked through as such; and parameters are told by the sign before them.
    let json = secrets.covered(json: request.body.bytes)
    let value: Value = [
      "headers": .object(request.headers),
      "body": .text(json.map { Text(wtf8: $0.data) } ?? request.body),
      "query": .text("?" + request.query),
    ]
    let covered = secrets.covered(value)
    guard covered != nil || json != nil, case .object(let object) = covered?.data ?? value,
      case .object(let headers)? = object["headers"], case .text(let body)? = object["body"],
      case .text(let query)? = object["query"]
    else { return nil }
    let shown = HTTPRequest(
      headers: headers,
      body: body,
      query: Text(wtf8: Array(query.bytes.dropFirst()))
    )
    return DataSecrets.Covered(
      data: .http(shown),
      names: (json?.names ?? []) + (covered?.names ?? [])
    )
  }
}
