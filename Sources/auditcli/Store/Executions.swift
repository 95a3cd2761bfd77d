internal import EventStore
internal import Flows
internal import Replay
internal import Values

/// The root executions of a log, read from their recordings.
struct Executions {
  let log: EventLog

  init(_ log: EventLog) {
    self.log = log
  }

  /// The ids of all root executions, in the order in which they started.
  func roots() throws -> [Text] {
    let started = Term(field: Term.typeField, value: Array("execution.started".utf8))
    let found = try log.positions(
      matching: [[.exactly(started)]], in: Position(0)..<Position(.max))
    var roots: [Text] = []
    var seen: Set<Text> = []
    for position in found.positions {
      guard let event = try log.event(at: position) else { continue }
      let root = Text(String(decoding: event.attributes.correlation, as: UTF8.self))
      if seen.insert(root).inserted { roots.append(root) }
    }
    return roots
  }

  /// The recording of a root execution, or of the tree that an execution is part of.
  func recording(_ id: Text) throws -> Recording? {
    try RecordingReader(log).recording(of: id)
  }

  /// The line of the history about a root execution.
  func entry(_ id: Text) throws -> ExecutionEntry? {
    guard let recording = try recording(id) else { return nil }
    let first = try recording.positions.flatMap { try log.event(at: $0.lowerBound) }
    let last = try recording.positions.flatMap {
      try log.event(at: $0.upperBound.advanced(by: -1))
    }
    return ExecutionEntry(
      recording: recording, started: first?.recordedTime,
      finished: recording.isFinished ? last?.recordedTime : nil)
  }
}

/// A root execution as the history shows it.
struct ExecutionEntry {
  let recording: Recording
  let started: Int64?
  let finished: Int64?

  /// How it stands: the end's status, or `running`.
  var status: String { recording.end?.status.rawValue ?? "running" }

  /// The line of JSON.
  var line: Object {
    let root = recording.root
    let trigger: Value =
      root.cause.map { cause in
        [
          "position": .number(Double(cause.position.rawValue)),
          "id": cause.id.map { .text($0) } ?? .null, "type": cause.type.map { .text($0) } ?? .null,
          "actor": cause.actor.map { .text($0) } ?? .null,
        ]
      } ?? .null
    return [
      "execution": .text(root.execution), "flow": .text(root.flowName),
      "version": root.version.map { .number(Double($0)) } ?? .null,
      "mode": .text(Text(root.mode.rawValue)), "status": .text(Text(status)),
      "stoppedBy": recording.end?.stoppedBy.map { .text($0) } ?? .null, "trigger": trigger,
      "started": started.map { .text(TimeText.iso($0)) } ?? .null,
      "finished": finished.map { .text(TimeText.iso($0)) } ?? .null,
      "steps": .number(Double(recording.end?.stepCount ?? recording.steps.count)),
      "error": recording.end?.error.map { .text($0.error.message) } ?? .null, "parent": .null,
      "root": .text(root.execution), "resolvedBy": .null,
    ]
  }

  /// Writes the execution as text.
  func writeText() {
    let style: Style = status == "failed" ? .bad : .good
    Output.line("\(style(status))  \(recording.root.flowName.description.visible)")
    Output.line("execution  \(recording.root.execution)")
    Output.line("steps      \(recording.end?.stepCount ?? recording.steps.count)")
    if let error = recording.end?.error {
      Output.line("error      \(error.error.message.description.visible)")
    }
  }
}
