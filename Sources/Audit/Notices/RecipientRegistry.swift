public import EventStore
internal import Values

/// The recipients of a log: who added which, with what terms, and when it went.
///
/// URLs and secrets are no part of it: see `RecipientSecrets`.
public struct RecipientRegistry: Sendable {
  private let log: EventLog

  /// Makes the registry of a log.
  public init(_ log: EventLog) {
    self.log = log
  }

  private static let stream = StreamID("recipients")

  /// The recipients that are there, by their names.
  ///
  /// - Throws: `EventLogError`.
  /// - Complexity: O(*n*) in the number of changes of recipients.
  public func list() throws -> [RegisteredRecipient] {
    var found: [String: RegisteredRecipient] = [:]
    for event in try log.events(of: Self.stream) {
      guard let type = RecipientEventType(rawValue: event.type),
        let data = ViewRow.object(event.data), let name = data.textAt("recipient")?.description
      else { continue }
      let credential = data.textAt("credential")?.description
      switch type {
      case .added:
        guard let definition = data.object("definition"),
          let recipient = Recipient(name, definition)
        else { continue }
        let former = found[name].flatMap { $0.recipient.way == recipient.way ? $0.credential : nil }
        found[name] = RegisteredRecipient(
          recipient: recipient,
          position: event.position,
          since: event.recordedTime,
          actor: String(decoding: event.attributes.actor, as: UTF8.self),
          credential: credential ?? former,
          terms: (found[name]?.terms ?? []) + [(event.position, recipient.terms)]
        )
      case .rotated: found[name]?.credential = credential
      case .removed: found[name] = nil
      }
    }
    return found.values.sorted { $0.recipient.name < $1.recipient.name }
  }

  /// The recipient with that name.
  ///
  /// - Throws: `Unknown`; as `list()` does.
  public func recipient(_ name: String) throws -> RegisteredRecipient {
    let all = try list()
    guard let found = all.first(where: { $0.recipient.name == name }) else {
      throw Unknown(name: name, known: all.map(\.recipient.name))
    }
    return found
  }

  /// There is no recipient of that name.
  public struct Unknown: Error, Hashable, CustomStringConvertible {
    let name: String
    let known: [String]

    /// What is wrong, and what to do.
    public var description: String {
      "there is no recipient \(name); "
        + (known.isEmpty
          ? "add one with `auditcli recipient add`" : "there are \(known.joined(separator: ", "))")
    }
  }
}

// MARK: - Changing

extension RecipientRegistry {
  /// Adds a recipient, in place of the one that has its name.
  ///
  /// From then on it is told of alerts by its new terms; of those that were opened before, by the terms
  /// that it had then.
  @available(*, noasync)
  public func add(
    _ recipient: Recipient,
    credential: String?,
    by author: FlowRegistry.Author
  ) throws {
    try append(
      .added,
      recipient.name,
      ["definition": .object(recipient.members)],
      credential,
      author
    )
  }

  /// Notes that a recipient has a new secret.
  @available(*, noasync)
  public func rotate(
    _ name: String,
    credential: String,
    othersUntil end: Int64,
    by author: FlowRegistry.Author
  ) throws {
    try append(.rotated, name, ["othersUntil": .whole(end)], credential, author)
  }

  /// Removes a recipient; what it was sent stays.
  @available(*, noasync)
  public func remove(_ name: String, by author: FlowRegistry.Author) throws {
    _ = try recipient(name)
    try append(.removed, name, [:], nil, author)
  }

  private func append(
    _ type: RecipientEventType,
    _ name: String,
    _ members: Object,
    _ credential: String?,
    _ author: FlowRegistry.Author
  ) throws {
    var data: Object = ["recipient": .text(Text(name))]
    for (key, value) in members { data[key] = value }
    if let credential { data["credential"] = .text(Text(credential)) }
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
