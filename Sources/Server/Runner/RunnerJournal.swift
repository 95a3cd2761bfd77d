internal import Audit
internal import EventStore
internal import Values

/// What the log tells of how far flows were started, and of what could not be started.
struct RunnerJournal: Sendable {
  private enum EventType: String {
    /// Everything before a position that starts a flow has started it.
    case advanced = "runner.advanced"
    /// An event starts a flow that could not be run.
    case failed = "start.failed"
  }

  private static let stream = ScheduleBook.runnerStream

  private let log: EventLog

  init(_ log: EventLog) {
    self.log = log
  }

  /// Before which position everything was started; nil where no server has run flows yet.
  ///
  /// - Complexity: O(*n*) in the number of entries of the journal.
  func position() throws -> UInt64? {
    var position: UInt64?
    for event in try log.events(of: Self.stream) where event.type == EventType.advanced.rawValue {
      guard case .object(let data) = try JSON.parse(event.data),
        case .number(let number)? = data["position"], let place = UInt64(exactly: number)
      else { continue }
      position = place
    }
    return position
  }

  /// Notes that everything before a position was started.
  @available(*, noasync)
  func advance(to position: UInt64) throws {
    try append(.advanced, ["position": .number(Double(position))], cause: nil)
  }

  /// Notes that a flow could not be run, and why.
  @available(*, noasync)
  func fail(_ flow: RegisteredFlow, _ event: Event, reason: String) throws {
    try append(
      .failed,
      [
        "flow": .text(flow.flow), "version": .number(Double(flow.version)),
        "position": .number(Double(event.position.rawValue)), "reason": .text(Text(reason)),
      ],
      cause: event.position
    )
  }

  private func append(_ type: EventType, _ data: Object, cause: Position?) throws {
    var draft = EventDraft(
      type: type.rawValue,
      source: Array("auditcli".utf8),
      stream: Self.stream,
      data: JSON.serialize(.object(data))
    )
    draft.dictionaryClass = .recorded
    draft.cause = cause.map { .position($0) }
    try log.append(AppendBatch([draft]))
  }
}
