public import EventStore
internal import Replay
internal import Values

/// The projection of executions: those recorded here, and those that Okta told of.
///
/// | row | holds |
/// |---|---|
/// | `e` id · `x` id | a recorded · an observed execution; a sender's id never meets one of ours |
/// | `o` position | the id of the execution that began there, for reading in order |
/// | `c` parent NUL position · `t` event position, position | children · what an event started |
/// | `k` hash of an event's id, position | the id of the execution that began there and carries it |
/// | `v` hash of a list of cards | the list; executions that came to the same cards share it |
public struct HistoryProjection: Projection {
  /// The view's name.
  public let name = "history"
  /// The version of the fold.
  public let version: UInt32 = 3

  /// Makes the projection.
  public init() {}

  /// How a repair ends that resolves what it repairs.
  private static let resolving: Set<Text?> = ["succeeded", "stopped"]

  private static let observedType = InboundEventType.of(.oktaExecutionLog)

  /// Whether an event is what Okta tells of one of its executions.
  static func isObserved(_ event: Event) -> Bool { event.type == observedType }

  /// Whether events of that type concern the view.
  public func reads(type: [UInt8]) -> Bool {
    switch String(decoding: type, as: UTF8.self) {
    case "execution.started", "execution.finished", Self.observedType: true
    default: false
    }
  }

  /// Takes the beginning or end of an execution into the view.
  public func apply(_ event: Event, to view: ViewWriter) throws {
    if Self.isObserved(event) { return try ObservedFold.apply(event, to: view) }
    guard let data = ViewRow.object(event.data), let id = data.textAt("execution") else {
      throw RecordingError.malformed(at: event.position, reason: "no execution is named")
    }
    if event.type == "execution.started" {
      start(id, data, event, view)
    } else {
      try finish(id, data, event, view)
    }
  }

  private func start(_ id: Text, _ data: Object, _ event: Event, _ view: ViewWriter) {
    var row: Object = [
      "execution": .text(id), "position": .whole(event.position.rawValue),
      "started": .whole(event.recordedTime),
    ]
    for key: Text in [
      "root", "parent", "step", "index", "flow", "name", "hash", "version", "engine", "mode",
      "actor", "trigger", "triggeredBy", "repairs", "carries",
    ] {
      row[key] = data[key]
    }
    view.put(ViewKey.id("e", id), row)
    view.put(ViewKey.position("o", event.position), id.bytes)
    if let parent = data.textAt("parent") {
      view.put(ViewKey.id("c", parent, ViewKey.bytes(event.position)), id.bytes)
    }
    if let trigger = data.position("trigger") {
      view.put(ViewKey.position("t", trigger) + ViewKey.bytes(event.position), id.bytes)
    }
    for carried in data.texts("carries") {
      view.put(ViewKey.hashed("k", carried) + ViewKey.bytes(event.position), id.bytes)
    }
  }

  private func finish(
    _ id: Text,
    _ data: Object,
    _ event: Event,
    _ view: ViewWriter
  ) throws {
    let key = ViewKey.id("e", id)
    guard var row = try view.object(key) else { return }
    row["status"] = data["status"]
    row["stoppedBy"] = data["stoppedBy"]
    row["steps"] = data["steps"]
    row["inDoubt"] = data["inDoubt"]
    row["finished"] = .whole(event.recordedTime)
    if let error = data.object("error") {
      var kept = Object()
      for name: Text in ["kind", "message", "statusCode", "path"] { kept[name] = error[name] }
      row["error"] = .object(kept)
    }
    try keepCards(data, &row, view)
    view.put(key, row)
    guard let repaired = row.textAt("repairs"), Self.resolving.contains(row.textAt("status")),
      var failed = try view.object(ViewKey.id("e", repaired))
    else { return }
    failed["resolvedBy"] = .text(id)
    view.put(ViewKey.id("e", repaired), failed)
  }

  /// Keeps which cards a recording came to with its root, whichever execution ended last.
  private func keepCards(_ data: Object, _ row: inout Object, _ view: ViewWriter) throws {
    guard let cards = data["cards"] else { return }
    let name = Value.text(try VisitedCardList.keep(cards, in: view))
    guard let root = data.textAt("root"), root != row.textAt("execution") else {
      row["cards"] = name
      return
    }
    guard var rootRow = try view.object(ViewKey.id("e", root)) else { return }
    rootRow["cards"] = name
    view.put(ViewKey.id("e", root), rootRow)
  }
}
