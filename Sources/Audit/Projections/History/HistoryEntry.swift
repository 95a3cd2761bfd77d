public import EventStore
public import Replay
public import Values

/// An execution as the history shows it.
public struct HistoryEntry: Hashable, Sendable {
  /// The execution's id.
  public let execution: Text
  /// The id of the flow.
  public let flow: Text?
  /// The flow's name.
  public let flowName: Text?
  /// The number of the flow's version, nil for helpers and flows that are not registered.
  public let version: Int?
  /// The hash of the version; roots have one.
  public let hash: Text?
  /// Where the execution comes from; that of its root.
  public let mode: ExecutionMode
  /// Whether services were asked.
  public var isLive: Bool { mode == .live }
  /// `running`, `succeeded`, `stopped`, `failed`, `undetermined`, `cancelled`.
  public let status: Text
  /// The step whose *Continue If* stopped it.
  public let stoppedBy: Text?
  /// What started it.
  public let trigger: RecordedCause?
  /// Who started it, as claimed.
  public let actor: Text?
  /// When it began, in milliseconds since 1970.
  public let started: Int64
  /// When it ended.
  public let finished: Int64?
  /// How many steps it had, nil while it runs.
  public let steps: Int?
  /// What ended a failed execution: `kind`, `message`, `statusCode`, `path`.
  public let error: Object?
  /// The execution that called it.
  public let parent: Text?
  /// The root of its tree.
  public let root: Text
  /// Where it was called, such as `loop[3]`.
  public let callSite: Text?
  /// Its place in a list or among repetitions.
  public let index: Int?
  /// The execution that repaired it.
  public let resolvedBy: Text?
  /// The failed execution that it was to repair.
  public let repairs: Text?
  /// How many of its requests went out and nobody knows whether they were done, those of what it called
  /// among them where it is a root.
  public let inDoubt: Int
  /// The ids of the log events that its inputs carry.
  public let carries: [Text]
  /// Where it began in the log.
  public let position: Position
  /// The engine that ran it; of roots.
  let engine: Text?
  /// The name of the list of cards that it came to, nil where its recording does not tell.
  let visits: Text?
}

extension HistoryEntry {
  init?(_ row: Object, mode rootMode: ExecutionMode? = nil) {
    guard let execution = row.textAt("execution"), let position = row.position("position") else {
      return nil
    }
    self.execution = execution
    self.position = position
    flow = row.textAt("flow")
    flowName = row.textAt("name")
    version = row.integer("version").map { Int($0) }
    hash = row.textAt("hash")
    mode =
      row.textAt("mode").flatMap { ExecutionMode(rawValue: $0.description) } ?? rootMode ?? .local
    status = row.textAt("status") ?? "running"
    stoppedBy = row.textAt("stoppedBy")
    if let cause = row.position("trigger") {
      let by = row.object("triggeredBy")
      trigger = RecordedCause(
        position: cause,
        id: by?.textAt("id"),
        type: by?.textAt("type"),
        actor: by?.textAt("actor")
      )
    } else {
      trigger = nil
    }
    actor = row.textAt("actor")
    started = row.integer("started") ?? 0
    finished = row.integer("finished")
    steps = row.integer("steps").map { Int($0) }
    error = row.object("error")
    parent = row.textAt("parent")
    root = row.textAt("root") ?? execution
    callSite = row.textAt("step")
    index = row.integer("index").map { Int($0) }
    resolvedBy = row.textAt("resolvedBy")
    repairs = row.textAt("repairs")
    carries = row.texts("carries")
    inDoubt = row.integer("inDoubt").map { Int($0) } ?? 0
    engine = row.textAt("engine")
    visits = row.textAt("cards")
  }

  /// The entry as the command line's JSON shows it.
  public var json: Object {
    var line: Object = [
      "execution": .text(execution), "flow": .optional(flowName ?? flow),
      "version": version.map { .whole($0) } ?? .null, "mode": .text(Text(mode.rawValue)),
      "status": .text(status), "stoppedBy": .optional(stoppedBy),
      "trigger": trigger.map { .object($0.json) } ?? .null, "started": .time(started),
      "finished": finished.map { .time($0) } ?? .null, "steps": steps.map { .whole($0) } ?? .null,
      "error": .optional(error?.textAt("message")), "parent": .optional(parent),
      "root": .text(root), "resolvedBy": .optional(resolvedBy),
    ]
    if let repairs { line["repairs"] = .text(repairs) }
    if inDoubt > 0 { line["inDoubt"] = .whole(inDoubt) }
    return line
  }
}

extension RecordedCause {
  fileprivate var json: Object {
    [
      "position": .whole(position.rawValue), "id": .optional(id), "type": .optional(type),
      "actor": .optional(actor),
    ]
  }
}

extension Value {
  /// A text, null where there is none.
  static func optional(_ text: Text?) -> Value { text.map { .text($0) } ?? .null }

  /// Milliseconds since 1970 as ISO text.
  static func time(_ milliseconds: Int64) -> Value {
    .text(Instant(milliseconds: milliseconds).iso8601)
  }
}
