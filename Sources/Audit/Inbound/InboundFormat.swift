/// What an inbound document is written as.
public enum InboundFormat: String, CaseIterable, Hashable, Sendable {
  /// An entry of Okta's System Log.
  case oktaSystemLog = "okta-system-log"
  /// A delivery of an Okta event hook.
  case oktaEventHook = "okta-event-hook"
  /// An entry of Okta Workflows' execution log streaming.
  case oktaExecutionLog = "okta-execution-log"
  /// A request of Slack's Events API.
  case slack
  /// A Typeform response.
  case typeform
  /// A Google Forms response as a script posts it.
  case googleForms = "google-forms"
  /// A call of an API endpoint, as `serve` writes it down.
  case apiEndpoint = "api-endpoint"
  /// A CloudEvents 1.0 event in the structured mode.
  case cloudEvents = "cloudevents"
  /// Any other JSON.
  case json
}

extension InboundFormat {
  /// The format a document most likely has.
  ///
  /// The marks are those every document of a format carries; a Google Forms response is a flat
  /// object of the form's own questions and is recognised by the ids of form and response, or in the
  /// shape of a Sheets trigger.
  public static func guess(_ root: JSONElement) -> InboundFormat {
    guard root.kind == .object else { return .json }
    if isEventHook(root) { return .oktaEventHook }
    if ExecutionLogBody.find(in: root) != nil { return .oktaExecutionLog }
    if isEndpointCall(root) { return .apiEndpoint }
    if isCloudEvent(root) { return .cloudEvents }
    if isSlack(root) { return .slack }
    if isTypeform(root) { return .typeform }
    if isGoogleForm(root) { return .googleForms }
    return isSystemLog(root) ? .oktaSystemLog : .json
  }

  /// Whether a document has the marks that every document of the format carries.
  func isMet(by root: JSONElement) -> Bool {
    switch self {
    case .oktaSystemLog: Self.isSystemLog(root)
    case .oktaEventHook: Self.isEventHook(root)
    case .oktaExecutionLog: ExecutionLogBody.find(in: root) != nil
    case .slack: Self.isSlack(root)
    case .typeform: Self.isTypeform(root)
    case .apiEndpoint: Self.isEndpointCall(root)
    case .cloudEvents: Self.isCloudEvent(root)
    // Theirs may look like anything.
    case .googleForms, .json: true
    }
  }

  private static func isEndpointCall(_ root: JSONElement) -> Bool {
    root.text("endpointCall") != nil && root["headers"]?.kind == .object
      && root.text("query") != nil
  }

  private static func isCloudEvent(_ root: JSONElement) -> Bool {
    root.text("specversion") != nil && root.text("type") != nil && root.text("source") != nil
  }

  private static func isTypeform(_ root: JSONElement) -> Bool {
    root["form_response"]?.kind == .object
  }

  private static func isGoogleForm(_ root: JSONElement) -> Bool {
    root["namedValues"]?.kind == .object
      || root.text("formId") != nil && root.text("responseId") != nil
  }

  private static func isEventHook(_ root: JSONElement) -> Bool {
    root["data"]?["events"]?.kind == .array
      && (root["eventId"] != nil || root["cloudEventsVersion"] != nil)
  }

  private static func isSlack(_ root: JSONElement) -> Bool {
    guard let type = root.text("type") else { return false }
    if type.elementsEqual("event_callback".utf8) { return root["event"] != nil }
    if type.elementsEqual("url_verification".utf8) { return root["challenge"] != nil }
    return type.elementsEqual("app_rate_limited".utf8) && root["team_id"] != nil
  }

  private static func isSystemLog(_ root: JSONElement) -> Bool {
    guard root.text("eventType") != nil else { return false }
    return systemLogMarks.contains { root[$0] != nil }
  }

  private static let systemLogMarks: [StaticString] = [
    "published", "uuid", "actor", "outcome", "target", "displayMessage", "legacyEventType",
  ]
}

/// Where the entry stands in an execution-log request.
enum ExecutionLogBody {
  /// The whole document.
  case document
  /// The member `body` of a recorded request, beside its headers.
  case member

  /// Finds the entry, by the fields every entry has.
  static func find(in root: JSONElement) -> ExecutionLogBody? {
    if isEntry(root) { return .document }
    guard let body = root["body"], isEntry(body) else { return nil }
    return .member
  }

  private static func isEntry(_ element: JSONElement) -> Bool {
    element["execution_id"] != nil && element["event_type"] != nil
  }
}
