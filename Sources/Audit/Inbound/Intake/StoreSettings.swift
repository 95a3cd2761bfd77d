public import EventStore
internal import Values

/// What a store's users have decided for it, kept as events of its own.
public struct StoreSettings {
  private let log: EventLog

  /// The type of the event that keeps a decision.
  public static let eventType = "store.configured"
  private static let stream = StreamID("store")

  /// Makes the settings of a log.
  public init(_ log: EventLog) {
    self.log = log
  }

  /// Who events speak for that name nobody, or nil where that was never said.
  public func defaultOrigin() throws -> [UInt8]? {
    var origin: [UInt8]?
    for event in try log.events(of: Self.stream) where event.type == Self.eventType {
      guard case .object(let members) = try JSON.parse(event.data),
        case .text(let text) = members["origin"]
      else { continue }
      origin = Array(text.description.utf8)
    }
    return origin
  }

  /// Makes `origin` the default, unless there is one.
  @available(*, noasync)
  public func offerDefaultOrigin(_ origin: [UInt8]) throws {
    guard try defaultOrigin() == nil, let text = Text(utf8: origin) else { return }
    let data = JSON.serialize(.object(["origin": .text(text)]))
    var draft = EventStore.EventDraft(
      type: Self.eventType,
      source: Array("auditcli".utf8),
      stream: Self.stream,
      data: data
    )
    draft.dictionaryClass = .recorded
    draft.expectedVersion = .exactly(UInt32(try log.positions(of: Self.stream).count))
    do {
      try log.append(AppendBatch([draft]))
    } catch EventLogError.wrongExpectedVersion {
      // Another process decided meanwhile; where that was about something else, it is offered again.
      try offerDefaultOrigin(origin)
    }
  }
}
