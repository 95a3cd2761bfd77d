// What others send.

extension EventDraft {
  /// Reads a request of Slack's Events API.
  mutating func readSlack(_ request: JSONElement) {
    let event = request["event"]
    fields.id = copy(request["event_id"])
    fields.type = copy(event?["type"]) ?? copy(request["type"])
    fields.origin = copy(request["team_id"], behind: "slack:")
    let user = event?["user"]
    fields.actor = copy(user) ?? copy(user?["id"]) ?? copy(event?["bot_id"])
    fields.subject =
      copy(event?["channel"]) ?? copy(event?["item"]?["channel"]) ?? copy(event?["channel_id"])
    setTime(seconds: request["event_time"] ?? event?["event_ts"])
    index(request)
  }

  /// Reads a Typeform response.
  mutating func readTypeform(_ request: JSONElement) {
    let response = request["form_response"]
    fields.id = copy(request["event_id"])
    fields.type = copy(request["event_type"])
    fields.origin = copy(response?["form_id"], behind: "typeform:")
    fields.subject = copy(response?["token"])
    setTime(response?["submitted_at"])
    index(request)
  }

  /// Reads a Google Forms response: an object of the form's own questions.
  mutating func readGoogleForms(_ response: JSONElement) {
    let form = response["formId"]
    fields.type = copy(bytes: "form_response".utf8)
    fields.origin = copy(form, behind: "google-forms:")
    fields.subject = copy(response["responseId"])
    fields.actor =
      copy(response["respondentEmail"]) ?? copy(response["Email Address"])
      ?? copy(response["email"])
    setTime(response["timestamp"] ?? response["createTime"])
    if let form = form?.text, let id = response.text("responseId") {
      let time = response.text("timestamp") ?? response.text("createTime")
      let parts = [Array(form), Array(id)] + (time.map { [Array($0)] } ?? [])
      fields.id = copy(bytes: parts.joined(separator: [UInt8(ascii: ":")]).map(\.self))
    }
    index(response)
  }

  /// Reads a call of an API endpoint.
  mutating func readEndpointCall(_ call: JSONElement) {
    fields.id = copy(call["endpointCall"])
    fields.type = copy(bytes: "endpoint_call".utf8)
    index(call)
  }

  /// Reads a CloudEvents 1.0 event.
  mutating func readCloudEvent(_ event: JSONElement) {
    fields.id = copy(event["id"])
    fields.type = copy(event["type"])
    fields.subject = copy(event["subject"])
    setSource(event["source"])
    setTime(event["time"])
    index(event)
  }

  /// Reads JSON of no known format: a type, if it names one.
  mutating func readGeneric(_ document: JSONElement) {
    let names: [StaticString] = ["eventType", "event_type", "type", "event"]
    for name in names {
      guard let text = document[name]?.text, text.count > 0 else { continue }
      fields.type = copy(document[name])
      break
    }
    index(document)
  }

  private mutating func copy(_ element: JSONElement?, behind prefix: String) -> Range<Int>? {
    guard let text = element?.text, text.count > 0 else { return nil }
    return copy(bytes: Array(prefix.utf8) + Array(text))
  }
}
