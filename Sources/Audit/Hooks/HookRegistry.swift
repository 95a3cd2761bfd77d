public import EventStore
public import Values

/// The hooks of a log: who added which, with what filter, when it got another secret, and when it went.
///
/// Secrets are no part of it: see `HookCredentials`.
public struct HookRegistry {
  private let log: EventLog

  /// Makes the registry of a log.
  public init(_ log: EventLog) {
    self.log = log
  }

  /// The stream of what is done with hooks.
  private static let stream = StreamID(bytes: Array("hooks".utf8))

  /// How often anything was done with hooks; what `list()` returns changes with it alone.
  ///
  /// - Throws: `EventLogError`.
  public func changeCount() throws -> Int { try log.positions(of: Self.stream).count }

  /// The hooks that are there, by their names.
  ///
  /// - Throws: `EventLogError`; `HookFileError` where an event does not read as the program writes it.
  /// - Complexity: O(*n*) in the number of changes of hooks.
  public func list() throws -> [RegisteredHook] {
    var hooks: [String: RegisteredHook] = [:]
    for event in try log.events(of: Self.stream) {
      guard let type = HookEventType(rawValue: event.type),
        case .object(let data) = try JSON.parse(event.data), case .text(let text)? = data["hook"]
      else { continue }
      let name = text.description
      let credential: String? =
        if case .text(let id)? = data["credential"] { id.description } else { nil }
      switch type {
      case .added:
        guard case .object(let definition)? = data["definition"] else { continue }
        hooks[name] = RegisteredHook(
          hook: try Hook(members: definition),
          position: event.position,
          since: event.recordedTime,
          actor: String(decoding: event.attributes.actor, as: UTF8.self),
          credential: credential ?? hooks[name]?.credential
        )
      case .rotated: hooks[name]?.credential = credential
      case .removed: hooks[name] = nil
      }
    }
    return hooks.values.sorted { $0.hook.name < $1.hook.name }
  }

  /// The hook with that name.
  ///
  /// - Throws: `HookRegistryError.unknown`; as `list()` does.
  public func hook(_ name: String) throws -> RegisteredHook {
    let hooks = try list()
    guard let hook = hooks.first(where: { $0.hook.name == name }) else {
      throw HookRegistryError.unknown(name, known: hooks.map(\.hook.name))
    }
    return hook
  }
}

// MARK: - Changing

extension HookRegistry {
  /// Adds a hook, in place of the one that has its name.
  ///
  /// - Parameters:
  ///   - definition: The members of its file.
  ///   - credential: What its new credential is called; nil where it keeps those it has, or takes none.
  ///   - author: Who adds it.
  /// - Throws: `HookFileError`; `HookRegistryError.pathTaken`; as `list()` does.
  @available(*, noasync)
  public func add(
    _ definition: Object,
    credential: String?,
    by author: FlowRegistry.Author
  ) throws {
    let hook = try Hook(members: definition)
    try hook.checkPath()
    if let path = hook.path,
      let rival = try list().first(where: { $0.hook.path == path && $0.hook.name != hook.name })
    {
      throw HookRegistryError.pathTaken(path, by: rival.hook.name)
    }
    try append(.added, hook.name, ["definition": .object(definition)], credential, author)
  }

  /// Notes that a hook has a new credential.
  @available(*, noasync)
  public func rotate(
    _ name: String,
    credential: String,
    othersUntil end: Int64,
    by author: FlowRegistry.Author
  ) throws {
    try append(.rotated, name, ["othersUntil": .number(Double(end))], credential, author)
  }

  /// Removes a hook; what it delivered stays.
  @available(*, noasync)
  public func remove(_ name: String, by author: FlowRegistry.Author) throws {
    _ = try hook(name)
    try append(.removed, name, [:], nil, author)
  }

  private func append(
    _ type: HookEventType,
    _ name: String,
    _ members: Object,
    _ credential: String?,
    _ author: FlowRegistry.Author
  ) throws {
    var data: Object = ["hook": .text(Text(name))]
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
