// What Okta sends. Nothing is required: an event is kept whatever it lacks.

extension EventDraft {
  /// Reads a System Log entry.
  mutating func readSystemLog(_ event: JSONElement) {
    guard event.kind == .object else { return note(.unlikeFormat) }
    let members = event.members(named: [
      "uuid", "eventType", "actor", "target", "published", "debugContext",
    ])
    fields.id = copy(members[0])
    fields.type = copy(members[1])
    let actor = members[2]
    fields.actor =
      copy(known(actor?["alternateId"])) ?? copy(known(actor?["id"]))
      ?? copy(actor?["displayName"])
    let target = members[3]
    fields.subject = copy(target?[item: 0]?["id"] ?? target?["id"])
    setTime(members[4])
    if let debugData = members[5]?["debugData"],
      debugData.kind != .object, !debugData.isNull
    {
      note(.debugDataNotObject)
    }
    index(event)
  }

  /// An element, unless its text says that it is not known.
  private func known(_ element: JSONElement?) -> JSONElement? {
    guard let text = element?.text else { return element }
    let isUnknown = text.elementsEqual("unknown".utf8) || text.elementsEqual("null".utf8)
    return isUnknown ? nil : element
  }

  /// Reads an event-hook delivery, without its events.
  mutating func readDelivery(_ delivery: JSONElement) {
    let members = delivery.members(named: ["eventId", "eventType", "source", "eventTime"])
    fields.id = copy(members[0])
    fields.type =
      members[1]?.text == nil ? copy(bytes: "com.okta.event_hook".utf8) : copy(members[1])
    setSource(members[2])
    setTime(members[3])
    index(delivery)
  }

  /// Reads an execution-log entry.
  mutating func readExecutionLog(_ entry: JSONElement) {
    guard entry.kind == .object else { return note(.unlikeFormat) }
    if let execution = entry.text("execution_id"), let type = entry.text("event_type") {
      fields.id = copy(bytes: Array(execution) + [UInt8(ascii: ":")] + Array(type))
    }
    fields.type = copy(entry["event_type"])
    fields.subject = copy(entry["flow_id"])
    fields.actor = copy(entry["user_email"]) ?? copy(entry["user_id"])
    if let host = entry.text("org_hostname"), host.count > 0 {
      fields.source = copy(entry["org_hostname"])
      if let origin = Origin.ofHost(host) {
        fields.origin = copy(bytes: origin)
      } else {
        note(.sourceWithoutHost)
      }
    }
    setTime(entry["timestamp"])
    index(entry)
  }
}
