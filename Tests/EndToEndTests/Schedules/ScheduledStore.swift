import Foundation
import TestSupport
import Testing
import Values

extension FlowBuilder {
  /// Begins a flow that starts by itself, by six fields in UTC; its time is `start.context/execution_time`.
  static func scheduled(_ id: String, _ fields: String) -> FlowBuilder {
    var flow = FlowBuilder(id)
    flow.overrides = ["scheduled": true, "cron": .object(cron(fields))]
    flow.card("start", "control:callable", outputs: ["context/execution_time"])
    return flow
  }

  /// A flow that posts the time it was planned for, which must not be done twice.
  static func announcing(_ id: String, _ fields: String, to url: String) -> FlowBuilder {
    var flow = scheduled(id, fields)
    flow.card(
      "url",
      "string:concat",
      ["a": .constant(.text(Text(url + "/"))), "b": .wire("start.context/execution_time")],
      outputs: ["output"]
    )
    flow.card(
      "post",
      "httpfunctions:post",
      ["Request/URL": .wire("url.output"), "Request/Body:object": .constant(["a": 1])],
      outputs: ["Response/Status Code:number"]
    )
    return flow
  }

  /// Six fields as an export has them.
  static func cron(_ fields: String, zone: Text = "UTC") -> Object {
    let names: [Text] = ["seconds", "minutes", "hours", "dayOfTheMonth", "month", "dayOfTheWeek"]
    let words = fields.split(separator: " ").map { Value.text(Text(String($0))) }
    var cron = Object(Array(zip(names, words)))
    cron["timeZone"] = .text(zone)
    cron["startDate"] = ""
    cron["endDate"] = ""
    cron["recurrence"] = 0
    return cron
  }
}

extension ProgramStore {
  /// Adds an export's flows with another schedule.
  func add(_ export: String, startingBy fields: String) throws {
    let value = try JSON.parse(try Fixtures.bytes(export))
    let cron = FlowBuilder.cron(fields, zone: "Europe/Vienna")
    let bytes = JSON.serialize(Self.rescheduled(value, cron))
    let path = try file("rescheduled.flopack", String(decoding: bytes, as: UTF8.self))
    try must("flow", "add", path)
  }

  private static func rescheduled(_ value: Value, _ cron: Object) -> Value {
    switch value {
    case .object(let object):
      .object(
        Object(
          object.map { key, member in
            guard key == "cron", case .object(let old) = member, !old.isEmpty else {
              return (key, rescheduled(member, cron))
            }
            return (key, .object(cron))
          }
        )
      )
    case .list(let items): .list(items.map { rescheduled($0, cron) })
    default: value
    }
  }

  /// The connections of a service that requests go to.
  func connections(to server: HTTPStandIn) throws -> String {
    try connections(
      """
        - connector: httpfunctions
          hosts: ["\(server.url)"]
          networks: [127.0.0.1]
      """
    )
  }

  /// The planned times of the ticks in the log, by position.
  func ticks() throws -> [Int: String] {
    try events("schedule.tick").reduce(into: [:]) { ticks, event in
      ticks[event.count("position")] = event.object("data").string("planned")
    }
  }
}

/// Looks again until it holds, for two minutes at most.
func waitUntil(_ isSo: () throws -> Bool) throws {
  for _ in 0..<1200 {
    if try isSo() { return }
    usleep(100_000)
  }
  Issue.record("it did not come about in two minutes")
}
