internal import Crypto
public import EventStore
public import Flows
public import Values

/// The flows of a log: added once, numbered per flow, found by name, id or hash.
public struct FlowRegistry {
  let log: EventLog

  /// What adding a flow did.
  public struct Addition: Hashable, Sendable {
    /// The flow's version in the log.
    public let flow: RegisteredFlow
    /// Whether it was new.
    public let isNew: Bool
  }

  /// Who adds, and why.
  public struct Author: Hashable, Sendable {
    /// Who, as claimed.
    public let actor: String
    /// Why, if told.
    public let why: String?

    /// Makes an author.
    public init(actor: String, why: String?) {
      self.actor = actor
      self.why = why
    }
  }

  /// Makes the registry of a log.
  public init(_ log: EventLog) {
    self.log = log
  }
}

// MARK: - Looking up

extension FlowRegistry {
  /// Every version of every flow, by name, then id, then version.
  public func list() throws -> [RegisteredFlow] {
    let flows = try log.view(FlowsView()) { view in
      let active = Dictionary(
        uniqueKeysWithValues: try view.rows(prefix: [UInt8(ascii: "a")]).map {
          (Array($0.key.dropFirst()), $0.value)
        }
      )
      return try view.rows(prefix: [UInt8(ascii: "v")]).compactMap { row in
        guard var flow = FlowsView.flow(of: row.value) else { return nil as RegisteredFlow? }
        let version = FlowsView.bytes(UInt32(truncatingIfNeeded: flow.version))
        flow.isActive = active[flow.flow.bytes] == version
        return flow
      }
    }
    return flows.sorted { ($0.name, $0.flow, $0.version) < ($1.name, $1.flow, $1.version) }
  }

  /// The one flow version that a name means.
  ///
  /// A name is `name`, `name@version`, an id, or the first six or more digits of a hash. Without a
  /// version the active one is meant, else the latest.
  ///
  /// - Throws: `FlowRegistryError.unknown` and `.ambiguous`.
  public func resolve(_ name: String) throws -> RegisteredFlow {
    let all = try list()
    let text = Text(name)
    if name.utf8.count >= 6, name.utf8.allSatisfy(Self.isHexadecimal) {
      let hits = all.filter { $0.hash.hasPrefix(text) }
      if let only = try Self.only(hits, name) { return only }
    }
    let versioned = all.filter { $0.label == text || $0.flow + "@" + Text("\($0.version)") == text }
    let named = Self.current(all.filter { $0.name == text || $0.flow == text })
    // A flow may be called `notify@1` beside a flow `notify`.
    if let only = try Self.only(Array(Set(versioned + named)), name) { return only }
    if let at = name.lastIndex(of: "@") {
      let stem = Text(String(name[..<at]))
      let versions = all.filter { $0.name == stem || $0.flow == stem }.map(\.version)
      if !versions.isEmpty {
        throw FlowRegistryError.noVersion(stem.description, versions: Set(versions).sorted())
      }
    }
    throw FlowRegistryError.unknown(name)
  }

  /// The version with that closure hash, or nil.
  public func version(hash: Text) throws -> RegisteredFlow? {
    try list().first { $0.hash == hash }
  }

  /// The flow's closure, as it was added.
  ///
  /// - Throws: `FlowRegistryError.unreadableDefinition`.
  public func closure(of flow: RegisteredFlow) throws -> FlowClosure {
    guard let hash = Self.bytes(hexadecimal: flow.definition),
      let stored = try log.value(owner: Self.owner, hash: hash),
      let closure = try? FlowClosure.decode(stored)
    else { throw FlowRegistryError.unreadableDefinition(flow) }
    return closure
  }

  /// Of each flow the active version, else the latest.
  static func current(_ flows: [RegisteredFlow]) -> [RegisteredFlow] {
    var chosen: [Text: RegisteredFlow] = [:]
    for flow in flows {
      guard let rival = chosen[flow.flow] else {
        chosen[flow.flow] = flow
        continue
      }
      if (flow.isActive ? 1 : 0, flow.version) > (rival.isActive ? 1 : 0, rival.version) {
        chosen[flow.flow] = flow
      }
    }
    return chosen.values.sorted { $0.flow < $1.flow }
  }

  private static func only(_ flows: [RegisteredFlow], _ name: String) throws -> RegisteredFlow? {
    guard flows.count <= 1 else {
      throw FlowRegistryError.ambiguous(name, candidates: flows.sorted { $0.hash < $1.hash })
    }
    return flows.first
  }
}

// MARK: - Changing

extension FlowRegistry {
  /// Adds the flows of an export; each becomes the active version unless its flow was switched off.
  ///
  /// A version that is there already is left as it is.
  ///
  /// - Returns: What became of each flow of the pack, in the pack's order.
  @available(*, noasync)
  public func add(
    _ pack: FlowPack,
    source: String,
    by author: Author,
    cards: CardTable = .standard
  ) throws -> [Addition] {
    let known = Dictionary(grouping: try list(), by: \.flow)
    var additions: [Addition] = []
    for flow in pack.flows {
      guard let closure = pack.closure(of: flow.id) else { continue }
      additions.append(
        try add(closure, known[flow.id] ?? [], source: source, by: author, cards: cards)
      )
    }
    return additions
  }

  private func add(
    _ closure: FlowClosure,
    _ known: [RegisteredFlow],
    source: String,
    by author: Author,
    cards: CardTable
  ) throws -> Addition {
    let version = FlowVersion(closure, cards: cards)
    if let same = known.first(where: { $0.hash == version.hash }) {
      return Addition(flow: same, isNew: false)
    }
    let definition = closure.encode()
    let hash = Array(SHA256.hash(data: definition))
    var registered = RegisteredFlow(
      version,
      number: (known.map(\.version).max() ?? 0) + 1,
      definition: Self.text(hash)
    )
    let isOn = known.isEmpty || known.contains(where: \.isActive)
    var events = [event(.registered, registered, author, source: source)]
    if isOn { events.append(event(.activated, registered, author, source: nil)) }
    registered.isActive = isOn
    try log.append(
      AppendBatch(
        events,
        values: [StoredValue(owner: Self.owner, hash: hash, bytes: definition)]
      )
    )
    return Addition(flow: registered, isNew: true)
  }

  /// Makes a version the one that events start.
  @available(*, noasync)
  public func activate(_ flow: RegisteredFlow, by author: Author) throws {
    try log.append(AppendBatch([event(.activated, flow, author, source: nil)]))
  }

  /// Keeps events from starting the flow.
  @available(*, noasync)
  public func deactivate(_ flow: RegisteredFlow, by author: Author) throws {
    try log.append(AppendBatch([event(.deactivated, flow, author, source: nil)]))
  }

  private func event(
    _ type: FlowEventType,
    _ flow: RegisteredFlow,
    _ author: Author,
    source: String?
  ) -> EventStore.EventDraft {
    var object: Object
    if type == .registered, case .object(let whole) = flow.value {
      object = whole
    } else {
      object = [
        "flow": .text(flow.flow), "version": .number(Double(flow.version)),
        "hash": .text(flow.hash),
      ]
    }
    if let source { object["source"] = .text(Text(source)) }
    if let why = author.why { object["why"] = .text(Text(why)) }
    var draft = EventStore.EventDraft(
      type: type.rawValue,
      source: Array("auditcli".utf8),
      stream: Self.stream(of: flow.flow),
      data: JSON.serialize(.object(object))
    )
    draft.subject = flow.flow.bytes
    draft.actor = Array(author.actor.utf8)
    draft.dictionaryClass = .recorded
    return draft
  }

  /// The stream of what is done with a flow.
  static func stream(of flow: Text) -> StreamID {
    StreamID(bytes: Array("flow-".utf8) + flow.bytes)
  }

  private static let owner = Array("definitions".utf8)
}

// MARK: - Hexadecimal

extension FlowRegistry {
  private static let digits = Array("0123456789abcdef".utf8)

  private static func isHexadecimal(_ byte: UInt8) -> Bool { digits.contains(byte) }

  private static func text(_ bytes: [UInt8]) -> Text {
    Text(wtf8: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] })
  }

  private static func bytes(hexadecimal text: Text) -> [UInt8]? {
    let values = text.bytes.compactMap { digits.firstIndex(of: $0) }
    guard values.count == text.bytes.count, values.count.isMultiple(of: 2) else { return nil }
    return stride(from: 0, to: values.count, by: 2).map {
      UInt8(truncatingIfNeeded: values[$0] << 4 | values[$0 + 1])
    }
  }
}

extension RegisteredFlow {
  init(_ version: FlowVersion, number: Int, definition: Text) {
    flow = version.flowID
    name = version.name
    self.version = number
    hash = version.hash
    isActive = false
    trigger = Text(version.trigger.name)
    event =
      if case .connectorEvent(let event) = version.trigger {
        event.connector + ":" + event.method
      } else { nil }
    cardCount = version.cardCount
    unsupported = version.unsupportedCards.sorted()
    position = 0
    self.definition = definition
  }
}
