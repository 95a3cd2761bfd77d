internal import EventStore
internal import Flows
internal import Values

/// Writes what happened in a run as the data of the log's events.
///
/// The bytes of an event are a function of the recording's header and of what happened; a replay
/// that writes the same bytes again has done the same.
struct RecordedEventEncoder {
  let root: RecordingHeader
  var shelf: ValueShelf
  var writer = JSONWriter(form: .recorded)
  /// The request that was written last.
  var last: LastRequest?

  init(_ root: RecordingHeader) {
    self.root = root
    shelf = ValueShelf(root)
  }

  /// The data of the event that was written last.
  var data: [UInt8] { writer.bytes }

  mutating func takeValues() -> [StoredValue] { shelf.takeValues() }

  /// Writes an event's data in place of the last one's; returns the event's type.
  mutating func encode(_ event: borrowing RecordedEvent) -> RecordedEventType {
    writer.clear()
    writer.beginObject()
    defer { writer.endObject() }
    switch event {
    case .started(let execution):
      if execution.parent == nil { writeStart(execution) } else { writeChild(execution) }
      return .executionStarted
    case .requested(let open):
      writeRequested(open)
      return .stepRequested
    case .answered(let answered):
      writeAnswered(answered)
      return .stepAnswered
    case .resumed(let resumption):
      write(resumption)
      return .executionResumed
    case .step(let step, let requests):
      write(step, requests)
      return step.status == .failed ? .stepFailed : .stepCompleted
    case .finished(let id, let end):
      write(id, end)
      return .executionFinished
    }
  }
}

// MARK: - Members

extension RecordedEventEncoder {
  mutating func text(_ key: JSONKey, _ text: Text?) {
    guard let text else { return }
    writer.key(key)
    writer.text(text)
  }

  mutating func integer(_ key: JSONKey, _ integer: Int?) {
    guard let integer else { return }
    writer.key(key)
    writer.integer(integer)
  }

  mutating func texts(_ key: JSONKey, _ texts: [Text]) {
    guard !texts.isEmpty else { return }
    writer.key(key)
    writer.beginList()
    for text in texts { writer.text(text) }
    writer.endList()
  }

  mutating func value(_ key: JSONKey, _ value: Value) {
    writer.key(key)
    shelf.write(value, to: &writer)
  }

  mutating func members(_ key: JSONKey, _ object: Object) {
    writer.key(key)
    shelf.write(object, to: &writer)
  }
}

// MARK: - Executions

extension RecordedEventEncoder {
  private mutating func writeStart(_ execution: RecordedExecution) {
    text(Key.execution, execution.id)
    text(Key.root, execution.root)
    text(Key.flow, execution.flowID)
    text(Key.name, execution.flowName)
    text(Key.hash, root.hash)
    integer(Key.version, root.version)
    text(Key.engine, root.engine)
    text(Key.mode, Text(root.mode.rawValue))
    text(Key.actor, root.actor)
    if let cause = root.cause {
      writer.key(Key.trigger)
      writer.value(.number(Double(cause.position.rawValue)))
      writer.key(Key.triggeredBy)
      writer.beginObject()
      text(Key.id, cause.id)
      text(Key.type, cause.type)
      text(Key.actor, cause.actor)
      writer.endObject()
    }
    text(Key.repairs, root.repairs)
    value(Key.input, root.input.value)
    texts(Key.carries, execution.carries)
    writer.key(Key.salt)
    writer.hexadecimal(root.salt)
    writer.key(Key.savesData)
    writer.boolean(root.savesValues)
  }

  private mutating func writeChild(_ execution: RecordedExecution) {
    text(Key.execution, execution.id)
    text(Key.root, execution.root)
    text(Key.parent, execution.parent)
    text(Key.step, execution.callSite)
    integer(Key.index, execution.index)
    text(Key.flow, execution.flowID)
    text(Key.name, execution.flowName)
    texts(Key.carries, execution.carries)
  }

  private mutating func write(_ resumption: RecordedResumption) {
    text(Key.execution, resumption.execution)
    text(Key.root, root.execution)
    text(Key.decision, Text(resumption.decision.rawValue))
    text(Key.step, resumption.step)
    text(Key.actor, resumption.actor)
    text(Key.why, resumption.reason)
  }

  private mutating func write(_ id: Text, _ end: RecordedEnd) {
    text(Key.execution, id)
    text(Key.root, root.execution)
    writer.key(Key.status)
    writer.text(Key.text(of: end.status))
    text(Key.stoppedBy, end.stoppedBy)
    if let error = end.error { write(error) }
    if !end.message.isNull { value(Key.message, end.message) }
    if !end.result.isNull { value(Key.result, end.result) }
    if let response = end.response {
      writer.key(Key.response)
      writer.beginObject()
      value(Key.statusCode, response.statusCode)
      value(Key.headers, response.headers)
      value(Key.body, response.body)
      writer.endObject()
    }
    integer(Key.steps, end.stepCount)
    if end.inDoubt > 0 { integer(Key.inDoubt, end.inDoubt) }
  }

  /// Writes the member `error`.
  mutating func write(_ error: RecordedError) {
    writer.key(Key.error)
    writer.beginObject()
    writeMembers(of: error.error)
    value(Key.value, .object(error.value))
    text(Key.path, error.path)
    if error.isFatal {
      writer.key(Key.fatal)
      writer.boolean(true)
    }
    writer.endObject()
  }

  mutating func writeMembers(of error: CardError) {
    text(Key.kind, error.kind.name)
    value(Key.message, .text(error.message))
    writer.key(Key.statusCode)
    writer.value(.number(error.statusCode))
    if !error.details.isEmpty { value(Key.details, .object(error.details)) }
  }
}

extension RecordedEventEncoder {
  /// The keys and words that stand in events, written once.
  enum Key {
    static let execution: JSONKey = "execution"
    static let root: JSONKey = "root"
    static let parent: JSONKey = "parent"
    static let step: JSONKey = "step"
    static let index: JSONKey = "index"
    static let flow: JSONKey = "flow"
    static let name: JSONKey = "name"
    static let carries: JSONKey = "carries"
    static let status: JSONKey = "status"
    static let result: JSONKey = "result"
    static let steps: JSONKey = "steps"
    static let ordinal: JSONKey = "ordinal"
    static let attempt: JSONKey = "attempt"
    static let request: JSONKey = "request"
    static let hash: JSONKey = "hash"
    static let card: JSONKey = "card"
    static let address: JSONKey = "address"
    static let inputs: JSONKey = "inputs"
    static let arguments: JSONKey = "arguments"
    static let outputs: JSONKey = "outputs"
    static let requests: JSONKey = "requests"
    static let callees: JSONKey = "callees"
    static let answer: JSONKey = "answer"
    static let options: JSONKey = "options"
    static let version: JSONKey = "version"
    static let engine: JSONKey = "engine"
    static let mode: JSONKey = "mode"
    static let actor: JSONKey = "actor"
    static let trigger: JSONKey = "trigger"
    static let triggeredBy: JSONKey = "triggeredBy"
    static let id: JSONKey = "id"
    static let type: JSONKey = "type"
    static let repairs: JSONKey = "repairs"
    static let input: JSONKey = "input"
    static let salt: JSONKey = "salt"
    static let savesData: JSONKey = "savesData"
    static let decision: JSONKey = "decision"
    static let why: JSONKey = "why"
    static let stoppedBy: JSONKey = "stoppedBy"
    static let message: JSONKey = "message"
    static let response: JSONKey = "response"
    static let statusCode: JSONKey = "statusCode"
    static let headers: JSONKey = "headers"
    static let body: JSONKey = "body"
    static let inDoubt: JSONKey = "inDoubt"
    static let error: JSONKey = "error"
    static let value: JSONKey = "value"
    static let path: JSONKey = "path"
    static let fatal: JSONKey = "fatal"
    static let kind: JSONKey = "kind"
    static let details: JSONKey = "details"
    static let wait: JSONKey = "wait"
    static let positions: JSONKey = "positions"
    static let records: JSONKey = "records"
    static let failure: JSONKey = "failure"
    static let unknown: JSONKey = "unknown"
    static let connector: JSONKey = "connector"
    static let method: JSONKey = "method"
    static let connection: JSONKey = "connection"

    static let succeeded: Text = "succeeded"

    static func text(of status: ExecutionStatus) -> Text {
      status == .succeeded ? succeeded : Text(status.rawValue)
    }

    static func text(of status: StepStatus) -> Text {
      status == .succeeded ? succeeded : Text(status.rawValue)
    }
  }
}
