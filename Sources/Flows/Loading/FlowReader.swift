internal import Values

/// Reads a top-level flow.
struct FlowReader {
  let id: Text
  let node: ExportNode

  func read() throws(FlowLoadError) -> Flow {
    if let own = try node.optionalText("id"), own != id { throw node.error(.conflictingID(own)) }
    let data = try node.member("data")
    let body = try BodyReader(node: data).read()
    return Flow(
      id: id,
      name: try node.optionalText("name") ?? id,
      description: try node.optionalText("description") ?? .empty,
      group: try data.optionalText("group"),
      trigger: try trigger(of: body, data: data),
      securityLevel: try data.optionalText("security_level"),
      savesData: try data.optionalMember("log")?.boolean() ?? true,
      body: body,
      exported: node.value
    )
  }

  private func trigger(of body: FlowBody, data: ExportNode) throws(FlowLoadError) -> FlowTrigger {
    guard let root = body.root else { return .manual }
    switch root.kind {
    case .function("control:callable"):
      guard try data.isTrue("scheduled") else { return .helper }
      return .scheduled(try cron(in: data.member("cron")))
    case .function("http:accept"): return .apiEndpoint
    case .function("http:delegated"): return .delegated
    case .connector(let method) where root.isEvent:
      return .connectorEvent(
        ConnectorEvent(
          connector: method.connector,
          method: method.method,
          delivery: root.isEventBatch ? .batch : .single
        )
      )
    case .function, .connector, .other: return .manual
    }
  }

  private func cron(in node: ExportNode) throws(FlowLoadError) -> Cron {
    Cron(
      seconds: try node.optionalText("seconds") ?? "00",
      minutes: try node.member("minutes").text(),
      hours: try node.member("hours").text(),
      dayOfTheMonth: try node.member("dayOfTheMonth").text(),
      month: try node.member("month").text(),
      dayOfTheWeek: try node.member("dayOfTheWeek").text(),
      timeZone: try node.optionalText("timeZone") ?? "UTC",
      startDate: try node.optionalText("startDate") ?? .empty,
      endDate: try node.optionalText("endDate") ?? .empty,
      recurrence: try node.optionalNumber("recurrence") ?? 0
    )
  }
}
