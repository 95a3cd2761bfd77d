// What others send.

extension EventDraft {
  /// Reads a request of Slack's Events API.
  mutating func readSlack(_ request: JSONElement) {
    let event = request["event"]
    set(\.id, request["event_id"])
    set(\.type, event?["type"], request["type"])
    setPrefixed(\.origin, "slack:", request["team_id"])
    let user = event?["user"]
    set(\.actor, user, user?["id"], event?["bot_id"])
    set(\.subject, event?["channel"], event?["item"]?["channel"], event?["channel_id"])
    setTime(seconds: request["event_time"] ?? event?["event_ts"])
    index(request)
  }

  /// Reads a Typeform response.
  mutating func readTypeform(_ request: JSONElement) {
    let response = request["form_response"]
    set(\.id, request["event_id"])
    set(\.type, request["event_type"])
    setPrefixed(\.origin, "typeform:", response?["form_id"])
    set(\.subject, response?["token"])
    setTime(response?["submitted_at"])
    index(request)
  }

  /// Reads a Google Forms response: an object of the form's own questions.
  mutating func readGoogleForms(_ response: JSONElement) {
    let form = response["formId"]
    set(\.type, bytes: "form_response".utf8)
    setPrefixed(\.origin, "google-forms:", form)
    set(\.subject, response["responseId"])
    set(\.actor, response["respondentEmail"], response["Email Address"], response["email"])
    setTime(response["timestamp"] ?? response["createTime"])
    if let form = form?.text, let id = response.text("responseId") {
      let time = response.text("timestamp") ?? response.text("createTime")
      let parts = [Array(form), Array(id)] + (time.map { [Array($0)] } ?? [])
      set(\.id, bytes: parts.joined(separator: [UInt8(ascii: ":")]).map(\.self))
    }
    index(response)
  }

  /// Reads a CloudEvents 1.0 event.
  mutating func readCloudEvent(_ event: JSONElement) {
    set(\.id, event["id"])
    set(\.type, event["type"])
    set(\.subject, event["subject"])
    setSource(event["source"])
    setTime(event["time"])
    index(event)
  }

  /// Reads JSON of no known format: a type, if it names one.
  mutating func readGeneric(_ document: JSONElement) {
    let names: [StaticString] = ["eventType", "event_type", "type", "event"]
    for name in names {
      guard let text = document[name]?.text, text.count > 0 else { continue }
      set(\.type, document[name])
      break
    }
    index(document)
  }

  private mutating func setPrefixed(
    _ field: WritableKeyPath<InboundEvent.Fields, Range<Int>?>,
    _ prefix: String,
    _ element: JSONElement?
  ) {
    guard let text = element?.text, text.count > 0 else { return }
    set(field, bytes: Array(prefix.utf8) + Array(text))
  }
}
