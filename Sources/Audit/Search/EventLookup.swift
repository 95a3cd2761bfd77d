public import EventStore
internal import Values

/// Finds the event that people mean by its position or by its own id.
public struct EventLookup: Sendable {
  private let log: EventLog

  /// Makes a lookup in a log.
  public init(_ log: EventLog) {
    self.log = log
  }

  /// The event of that position or id; of those that share an id, the first is meant.
  ///
  /// - Throws: `EventLookupError` where there is none, or senders share the id.
  /// - Complexity: As an indexed query for a System Log entry; O(*n*) in the number of deliveries and
  ///   webhooks for theirs.
  public func event(_ name: String) throws -> Event {
    if let position = UInt64(name) {
      guard let event = try log.event(at: Position(position)) else {
        throw EventLookupError.pastEnd(Position(position))
      }
      return event
    }
    let all = try events(withID: name)
    guard let first = all.first else { throw EventLookupError.unknown(name) }
    guard all.count == 1 else {
      throw EventLookupError.ambiguous(name, candidates: all.map(\.position))
    }
    return first
  }

  /// The events with that id, one for each sender that used it, in order.
  ///
  /// - Complexity: As `event(_:)`.
  func events(withID name: String) throws -> [Event] {
    let id = Array(name.utf8)
    let entry = Term(field: IndexedField.uuid.rawValue, value: CaseFolding.fold(id))
    let found = try events(id, among: [.exactly(entry)])
    return found.isEmpty ? try events(id, among: Self.otherFormats) : found
  }

  /// What is not indexed by its id.
  private static let otherFormats = InboundFormat.allCases.filter { $0 != .oktaSystemLog }.map {
    TermPattern.exactly(
      Term(field: Term.typeField, value: Array(InboundEventType.of($0).utf8))
    )
  }

  private func events(_ id: [UInt8], among patterns: [TermPattern]) throws -> [Event] {
    let all = Position(0)..<Position(.max)
    return try log.positions(matching: [patterns], in: all).positions
      .compactMap { try log.event(at: $0) }
      .filter { $0.attributes.id == id && $0.conflictsWith == nil }
  }
}
