public import EventStore
internal import Values

/// The tokens of a log: who added which, with what roles, and when it was revoked.
public struct AccessTokenRegistry {
  private let log: EventLog

  /// Makes the registry of a log.
  public init(_ log: EventLog) {
    self.log = log
  }

  /// The stream of what is done with tokens.
  private static let stream = StreamID(bytes: Array("tokens".utf8))

  /// How often a token was added or revoked; what `list()` returns changes with it alone.
  ///
  /// - Throws: `EventLogError`.
  public func changeCount() throws -> Int { try log.positions(of: Self.stream).count }

  /// The tokens that are not revoked, by their names; some may be past their time.
  ///
  /// - Throws: `EventLogError`; `JSONParseError` where an event does not read as the program writes it.
  /// - Complexity: O(*n*) in the number of tokens ever added.
  public func list() throws -> [AccessToken] {
    var tokens: [String: AccessToken] = [:]
    for event in try log.events(of: Self.stream) {
      guard let type = AccessEventType(rawValue: event.type),
        case .object(let data) = try JSON.parse(event.data), case .text(let name)? = data["token"]
      else { continue }
      switch type {
      case .tokenAdded: tokens[name.description] = AccessToken(name.description, data, event)
      case .tokenRevoked: tokens[name.description] = nil
      case .read: continue
      }
    }
    return tokens.values.sorted { $0.name < $1.name }
  }

  /// Adds a token.
  ///
  /// - Parameters:
  ///   - name: Whose it is.
  ///   - text: Its text, of which the digest is kept.
  ///   - roles: What its bearer may do.
  ///   - until: From when on it opens nothing, in milliseconds since 1970; nil for never.
  ///   - author: Who adds it.
  /// - Throws: `AccessTokenError`; `EventLogError`.
  @available(*, noasync)
  public func add(
    _ name: String,
    _ text: [UInt8],
    roles: Set<AccessRole>,
    until: Int64?,
    by author: FlowRegistry.Author
  ) throws {
    guard Hook.isName(name) else { throw AccessTokenError.unusableName(name) }
    guard try !list().contains(where: { $0.name == name }) else {
      throw AccessTokenError.taken(name)
    }
    var data: Object = [
      "roles": .list(AccessRole.allCases.filter(roles.contains).map { .text(Text($0.rawValue)) }),
      "sha256": .text(Hexadecimal.encode(AccessToken.digest(of: text))),
    ]
    if let until { data["until"] = .number(Double(until)) }
    try append(.tokenAdded, name, data, author)
  }

  /// Revokes a token: from now on it opens nothing.
  ///
  /// - Throws: `AccessTokenError.unknown`; `EventLogError`.
  @available(*, noasync)
  public func revoke(_ name: String, by author: FlowRegistry.Author) throws {
    let names = try list().map(\.name)
    guard names.contains(name) else { throw AccessTokenError.unknown(name, known: names) }
    try append(.tokenRevoked, name, [:], author)
  }

  private func append(
    _ type: AccessEventType,
    _ name: String,
    _ members: Object,
    _ author: FlowRegistry.Author
  ) throws {
    var data: Object = ["token": .text(Text(name))]
    for (key, value) in members { data[key] = value }
    let draft = EventStore.EventDraft(
      type.rawValue,
      in: Self.stream,
      data,
      subject: name,
      by: author
    )
    try log.append(AppendBatch([draft]))
  }
}

extension AccessToken {
  fileprivate init?(_ name: String, _ data: Object, _ event: Event) {
    guard case .list(let roles)? = data["roles"], case .text(let encoded)? = data["sha256"],
      let digest = Hexadecimal.decode(encoded)
    else { return nil }
    var until: Int64?
    if case .number(let number)? = data["until"] { until = Int64(exactly: number) }
    self.init(
      name: name,
      roles: Set(
        roles.compactMap { role in
          guard case .text(let text) = role else { return nil }
          return AccessRole(rawValue: text.description)
        }
      ),
      digest: digest,
      position: event.position,
      since: event.recordedTime,
      until: until,
      actor: String(decoding: event.attributes.actor, as: UTF8.self)
    )
  }
}
