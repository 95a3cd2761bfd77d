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
    for place in try log.positions(of: Self.stream).reversed() {
      guard let event = try log.event(at: place), event.type == EventType.advanced.rawValue,
        case .object(let data) = try JSON.parse(event.data),
        case .number(let number)? = data["position"], let position = UInt64(exactly: number)
      else { continue }
      return position
    }
    return nil
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

  /// Notes that what came by a hook could not start anything, and why.
  @available(*, noasync)
  func fail(at position: Position, hook: String?, reason: String) throws {
    var data: Object = [
      "position": .number(Double(position.rawValue)), "reason": .text(Text(reason)),
    ]
    if let hook { data["hook"] = .text(Text(hook)) }
    try append(.failed, data, cause: position)
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
