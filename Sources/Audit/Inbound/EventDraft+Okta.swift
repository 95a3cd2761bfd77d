// What Okta sends. Nothing is required: an event is kept whatever it lacks.

extension EventDraft {
  /// Reads a System Log entry.
  mutating func readSystemLog(_ event: JSONElement) {
    guard event.kind == .object else { return note(.unlikeFormat) }
    set(\.id, event["uuid"])
    set(\.type, event["eventType"])
    let actor = event["actor"]
    set(\.actor, known(actor?["alternateId"]), known(actor?["id"]), actor?["displayName"])
    let target = event["target"]
    set(\.subject, target?[item: 0]?["id"] ?? target?["id"])
    setTime(event["published"])
    if let debugData = event["debugContext"]?["debugData"],
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
    set(\.id, delivery["eventId"])
    if delivery.text("eventType") == nil {
      set(\.type, bytes: "com.okta.event_hook".utf8)
    } else {
      set(\.type, delivery["eventType"])
    }
    setSource(delivery["source"])
    setTime(delivery["eventTime"])
    index(delivery)
  }

  /// Reads an execution-log entry.
  mutating func readExecutionLog(_ entry: JSONElement) {
    guard entry.kind == .object else { return note(.unlikeFormat) }
    if let execution = entry.text("execution_id"), let type = entry.text("event_type") {
      set(\.id, bytes: Array(execution) + [UInt8(ascii: ":")] + Array(type))
    }
    set(\.type, entry["event_type"])
    set(\.subject, entry["flow_id"])
    set(\.actor, entry["user_email"], entry["user_id"])
    if let host = entry.text("org_hostname"), host.count > 0 {
      set(\.source, entry["org_hostname"])
      if let origin = Origin.ofHost(host) {
        set(\.origin, bytes: origin)
      } else {
        note(.sourceWithoutHost)
      }
    }
    setTime(entry["timestamp"])
    index(entry)
  }
}
