public import EventStore
public import Flows
public import Replay
public import Values

/// Finds the executions whose event does not start the new version of their flow.
///
/// Whatever the new version would do with the event, it never comes to it.
public struct LostStarts: Sendable {
  private let log: any EventSource
  private let old: Flow
  private let new: Flow

  /// Prepares the search for two versions of a flow.
  public init(_ log: any EventSource, old: Flow, new: Flow) {
    self.log = log
    self.old = old
    self.new = new
  }

  /// The result for an execution that the new version would not have begun.
  ///
  /// - Parameters:
  ///   - execution: The root execution.
  ///   - cause: The event that started it, nil where none did.
  /// - Returns: That it would not start; nil where it would, or nobody can tell.
  /// - Throws: What reading the log throws.
  public func result(of execution: Text, startedBy cause: RecordedCause?) throws -> DiffResult? {
    guard let cause, !startsAlike, let event = try log.event(at: cause.position),
      let reason = refusal(of: try EventTrigger(event, in: log))
    else { return nil }
    return .notStarted(execution, by: Self.name(of: old), why: Text(reason), card: changedCard)
  }

  /// Whether both versions begin with the same, as most do.
  private var startsAlike: Bool {
    guard old.trigger == new.trigger else { return false }
    let channels = [old, new].map { EventCard($0)?.option("channel") }
    return channels[0] == channels[1]
  }

  /// Why an event that started the old version does not start the new one.
  private func refusal(of trigger: EventTrigger) -> String? {
    switch old.trigger {
    case .connectorEvent:
      // What does not start the old version either was started by hand, or cannot be read any more.
      guard let card = EventCard(old), trigger.starts(card) else { return nil }
    case .apiEndpoint:
      if case .apiEndpoint = new.trigger { return nil }
    case .helper, .scheduled, .manual, .delegated: return nil
    }
    guard let card = EventCard(new) else { return "it begins with no event" }
    if trigger.starts(card) { return nil }
    return trigger.refusal(by: card) ?? "event cards begin with a System Log entry or a message"
  }

  /// What the new version begins with.
  private var changedCard: CardID? {
    new.body.cards.first { !$0.isComment }.map { CardID(flowID: new.id, uuid: $0.uuid) }
  }

  private static func name(of flow: Flow) -> Text {
    EventCard(flow)?.name ?? Text(flow.trigger.name)
  }
}
