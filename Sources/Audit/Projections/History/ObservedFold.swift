internal import EventStore
internal import Replay
internal import Values

/// Takes what Okta tells of its executions into the history, in whatever order it arrives.
///
/// The set of entry types is open: one whose name speaks of completion, failure or cancellation ends
/// an execution, every other says that it runs. Of several, that with the earliest time tells how the
/// execution began, and that with the latest how it ended.
enum ObservedFold {
  static func apply(_ event: Event, to view: ViewWriter) throws {
    guard let value = try? JSON.parse(event.data), case .object(let document) = value,
      let entry = entry(in: document), let id = entry.textAt("execution_id"),
      let type = entry.textAt("event_type")
    else { return }
    let key = ViewKey.id("x", id)
    let known = try view.object(key)
    var row = known ?? ["execution": .text(id), "mode": "observed"]
    if known == nil {
      row["position"] = .whole(event.position.rawValue)
      view.put(ViewKey.position("o", event.position), id.bytes)
      let parent = entry.textAt("parent_execution_id")
      if let parent {
        view.put(ViewKey.id("c", parent, ViewKey.bytes(event.position)), id.bytes)
      }
    }
    let moment = Moment(time: event.timestamp ?? event.recordedTime, type: type)
    if row.moment("firstTime", "firstType").map({ moment < $0 }) ?? true {
      if let former = row.position("trigger") { view.remove(startKey(former, row)) }
      begin(entry, moment, event, &row)
      view.put(startKey(event.position, row), id.bytes)
    }
    if let status = status(of: type),
      row.moment("lastTime", "lastType").map({ $0 < moment }) ?? true
    {
      row["status"] = .text(status)
      row["finished"] = .whole(moment.time)
      row["steps"] = entry["step_count"]
      row["lastTime"] = .whole(moment.time)
      row["lastType"] = .text(moment.type)
    }
    view.put(key, row)
  }

  /// The key of the row that says which event told of the beginning.
  private static func startKey(_ trigger: Position, _ row: Object) -> [UInt8] {
    ViewKey.position("t", trigger) + ViewKey.bytes(row.position("position") ?? trigger)
  }

  private static func begin(
    _ entry: Object,
    _ moment: Moment,
    _ event: Event,
    _ row: inout Object
  ) {
    row["firstTime"] = .whole(moment.time)
    row["firstType"] = .text(moment.type)
    row["started"] = .whole(moment.time)
    row["flow"] = entry["flow_id"]
    row["name"] = entry["flow_name"]
    row["parent"] = entry["parent_execution_id"]
    row["root"] = entry["root_execution_id"] ?? entry["execution_id"]
    row["actor"] = entry["user_email"] ?? entry["user_id"]
    row["trigger"] = .whole(event.position.rawValue)
    var triggeredBy: Object = [
      "id": .text(Text(String(decoding: event.attributes.id, as: UTF8.self))),
      "type": .text(moment.type),
    ]
    triggeredBy["actor"] = row["actor"]
    row["triggeredBy"] = .object(triggeredBy)
  }

  /// The entry itself, also within a recorded request.
  private static func entry(in document: Object) -> Object? {
    document["execution_id"] == nil ? document.object("body") : document
  }

  /// How an entry of that type ends its execution, nil where it does not.
  private static func status(of type: Text) -> Text? {
    let type = type.lowercased()
    if type.contains("fail") || type.contains("error") { return "failed" }
    if type.contains("cancel") || type.contains("abort") { return "cancelled" }
    if type.contains("complete") || type.contains("success") { return "succeeded" }
    return nil
  }

  /// A place in time, total over all entries of an execution.
  struct Moment: Comparable {
    let time: Int64
    let type: Text

    static func < (left: Moment, right: Moment) -> Bool {
      left.time == right.time ? left.type < right.type : left.time < right.time
    }
  }
}

extension Object {
  fileprivate func moment(_ time: Text, _ type: Text) -> ObservedFold.Moment? {
    guard let time = integer(time), let type = textAt(type) else { return nil }
    return ObservedFold.Moment(time: time, type: type)
  }
}
