/// What an entry of Okta Workflows' execution log says about an execution that Okta ran.
public struct ExecutionLogEntry: Hashable, Sendable {
  /// The execution, in Okta's ids.
  public let execution: [UInt8]
  /// What happened to it, such as `FLOW_START`; the set is open.
  public let eventType: [UInt8]
  /// The flow.
  public let flow: [UInt8]?
  /// The flow's name then.
  public let flowName: [UInt8]?
  /// The execution that called it.
  public let parentExecution: [UInt8]?
  /// The first execution of its tree.
  public let rootExecution: [UInt8]?
  /// Who ran it: a mail, or its digest.
  public let user: [UInt8]?
  /// When it happened.
  public let time: EventTime
  /// How long it took, as Okta counts.
  public let duration: Double?
  /// How many steps it took.
  public let stepCount: Int64?

  /// Takes an entry apart, also from a recorded request with headers around it; nil when the
  /// document is no entry.
  public init?(_ document: JSONElement) {
    guard let place = ExecutionLogBody.find(in: document) else { return nil }
    let entry = place == .member ? document["body"] ?? document : document
    guard let execution = entry["execution_id"]?.textBytes,
      let eventType = entry["event_type"]?.textBytes
    else { return nil }
    self.execution = execution
    self.eventType = eventType
    flow = entry["flow_id"]?.textBytes
    flowName = entry["flow_name"]?.textBytes
    parentExecution = entry["parent_execution_id"]?.textBytes
    rootExecution = entry["root_execution_id"]?.textBytes
    user = entry["user_email"]?.textBytes ?? entry["user_id"]?.textBytes
    time = entry.text("timestamp").map { EventTime($0) } ?? .absent
    duration = entry["duration"]?.number?.doubleValue
    if case .integer(let count)? = entry["step_count"]?.number {
      stepCount = count
    } else {
      stepCount = nil
    }
  }
}
