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

  init(_ root: RecordingHeader) {
    self.root = root
    shelf = ValueShelf(root)
  }

  /// The data of the event that was written last.
  var data: [UInt8] { writer.bytes }

  mutating func takeValues() -> [StoredValue] { shelf.takeValues() }

  /// Writes an event's data in place of the last one's; returns the event's type.
  mutating func encode(_ event: borrowing RecordedEvent) -> String {
    writer.clear()
    writer.beginObject()
    let type: String
    switch event {
    case .started(let execution):
      type = "execution.started"
      if execution.parent == nil { writeStart(execution) } else { writeChild(execution) }
    case .requested(let open):
      type = "step.requested"
      writeRequested(open)
    case .answered(let answered):
      type = "step.answered"
      writeAnswered(answered)
    case .resumed(let resumption):
      type = "execution.resumed"
      write(resumption)
    case .step(let step, let requests):
      type = step.status == .failed ? "step.failed" : "step.completed"
      write(step, requests)
    case .finished(let id, let end):
      type = "execution.finished"
      write(id, end)
    }
    writer.endObject()
    return type
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
    text(Key.root, root.execution)
    text(Key.flow, root.flowID)
    text(Key.name, root.flowName)
    text(Key.hash, root.hash)
    integer("version", root.version)
    text("engine", root.engine)
    text("mode", Text(root.mode.rawValue))
    text("actor", root.actor)
    if let cause = root.cause {
      writer.key("trigger")
      writer.value(.number(Double(cause.position.rawValue)))
      writer.key("triggeredBy")
      writer.beginObject()
      text("id", cause.id)
      text("type", cause.type)
      text("actor", cause.actor)
      writer.endObject()
    }
    text("repairs", root.repairs)
    value("input", root.input.value)
    texts(Key.carries, execution.carries)
    writer.key("salt")
    writer.hexadecimal(root.salt)
    writer.key("savesData")
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
    text("decision", Text(resumption.decision.rawValue))
    text(Key.step, resumption.step)
    text("actor", resumption.actor)
    text("why", resumption.reason)
  }

  private mutating func write(_ id: Text, _ end: RecordedEnd) {
    text(Key.execution, id)
    text(Key.root, root.execution)
    writer.key(Key.status)
    writer.text(Key.text(of: end.status))
    text("stoppedBy", end.stoppedBy)
    if let error = end.error { write(error) }
    if !end.message.isNull { value("message", end.message) }
    if !end.result.isNull { value(Key.result, end.result) }
    if let response = end.response {
      writer.key("response")
      writer.beginObject()
      value("statusCode", response.statusCode)
      value("headers", response.headers)
      value("body", response.body)
      writer.endObject()
    }
    integer(Key.steps, end.stepCount)
    if end.inDoubt > 0 { integer("inDoubt", end.inDoubt) }
  }

  /// Writes the member `error`.
  mutating func write(_ error: RecordedError) {
    writer.key("error")
    writer.beginObject()
    writeMembers(of: error.error)
    value("value", .object(error.value))
    text("path", error.path)
    if error.isFatal {
      writer.key("fatal")
      writer.boolean(true)
    }
    writer.endObject()
  }

  mutating func writeMembers(of error: CardError) {
    text("kind", error.kind.name)
    value("message", .text(error.message))
    writer.key("statusCode")
    writer.value(.number(error.statusCode))
    if !error.details.isEmpty { value("details", .object(error.details)) }
  }
}

extension RecordedEventEncoder {
  /// The keys and words that stand in most events, written once.
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

    static let succeeded: Text = "succeeded"

    static func text(of status: ExecutionStatus) -> Text {
      status == .succeeded ? succeeded : Text(status.rawValue)
    }

    static func text(of status: StepStatus) -> Text {
      status == .succeeded ? succeeded : Text(status.rawValue)
    }
  }
}
