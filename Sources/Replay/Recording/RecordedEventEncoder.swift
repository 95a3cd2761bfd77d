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
  /// The request that was announced last.
  var announced: AnnouncedRequest?
  /// The member that names the execution whose step was written last.
  private var execution: (id: Text, member: JSONFragment)

  init(_ root: RecordingHeader) {
    self.root = root
    shelf = ValueShelf(root)
    execution = (root.execution, RecordedKey.member(root.execution))
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
      return RecordedEventType(endOf: step)
    case .finished(let id, let end):
      write(id, end)
      return .executionFinished
    }
  }
}

// MARK: - Members

extension RecordedEventEncoder {
  mutating func text(_ key: StaticString, _ text: Text?) {
    guard let text else { return }
    writer.key(key)
    writer.text(text)
  }

  /// Writes the member that names the execution of a step.
  mutating func member(execution id: Text) {
    if execution.id != id { execution = (id, RecordedKey.member(id)) }
    writer.fragment(execution.member)
  }

  mutating func integer(_ key: StaticString, _ integer: Int?) {
    guard let integer else { return }
    writer.key(key)
    writer.integer(integer)
  }

  mutating func texts(_ key: StaticString, _ texts: [Text]) {
    guard !texts.isEmpty else { return }
    writer.key(key)
    writer.beginList()
    for text in texts { writer.text(text) }
    writer.endList()
  }

  mutating func value(_ key: StaticString, _ value: Value) {
    writer.key(key)
    shelf.write(value, to: &writer)
  }

  mutating func members(_ key: StaticString, _ object: Object) {
    writer.key(key)
    shelf.write(object, to: &writer)
  }
}

// MARK: - Executions

extension RecordedEventEncoder {
  private mutating func writeStart(_ execution: RecordedExecution) {
    text(RecordedKey.execution, execution.id)
    text(RecordedKey.root, execution.root)
    text(RecordedKey.flow, execution.flowID)
    text(RecordedKey.name, execution.flowName)
    text(RecordedKey.hash, root.hash)
    integer(RecordedKey.version, root.version)
    text(RecordedKey.engine, root.engine)
    text(RecordedKey.mode, Text(root.mode.rawValue))
    text(RecordedKey.actor, root.actor)
    if let cause = root.cause {
      writer.key(RecordedKey.trigger)
      writer.value(.number(Double(cause.position.rawValue)))
      writer.key(RecordedKey.triggeredBy)
      writer.beginObject()
      text(RecordedKey.id, cause.id)
      text(RecordedKey.type, cause.type)
      text(RecordedKey.actor, cause.actor)
      writer.endObject()
    }
    text(RecordedKey.repairs, root.repairs)
    text(RecordedKey.knownAs, root.knownAs)
    value(RecordedKey.input, root.input.value)
    texts(RecordedKey.carries, execution.carries)
    writer.key(RecordedKey.salt)
    let salt = root.salt
    writer.hexadecimal(salt.span)
    writer.key(RecordedKey.savesData)
    writer.boolean(root.savesValues)
  }

  private mutating func writeChild(_ execution: RecordedExecution) {
    text(RecordedKey.execution, execution.id)
    text(RecordedKey.root, execution.root)
    text(RecordedKey.parent, execution.parent)
    text(RecordedKey.step, execution.callSite)
    integer(RecordedKey.index, execution.index)
    text(RecordedKey.flow, execution.flowID)
    text(RecordedKey.name, execution.flowName)
    texts(RecordedKey.carries, execution.carries)
  }

  private mutating func write(_ resumption: RecordedResumption) {
    text(RecordedKey.execution, resumption.execution)
    text(RecordedKey.root, root.execution)
    text(RecordedKey.decision, Text(resumption.decision.rawValue))
    text(RecordedKey.step, resumption.step)
    text(RecordedKey.actor, resumption.actor)
    text(RecordedKey.why, resumption.reason)
  }

  private mutating func write(_ id: Text, _ end: RecordedEnd) {
    text(RecordedKey.execution, id)
    text(RecordedKey.root, root.execution)
    writer.key(RecordedKey.status)
    writer.text(RecordedKey.text(of: end.status))
    text(RecordedKey.stoppedBy, end.stoppedBy)
    if let error = end.error { write(error) }
    if !end.message.isNull { value(RecordedKey.message, end.message) }
    if !end.result.isNull { value(RecordedKey.result, end.result) }
    if let response = end.response {
      writer.key(RecordedKey.response)
      writer.beginObject()
      value(RecordedKey.statusCode, response.statusCode)
      value(RecordedKey.headers, response.headers)
      value(RecordedKey.body, response.body)
      writer.endObject()
    }
    integer(RecordedKey.steps, end.stepCount)
    texts(RecordedKey.cards, end.cards ?? [])
    if end.inDoubt > 0 { integer(RecordedKey.inDoubt, end.inDoubt) }
  }

  /// Writes the member `error`.
  mutating func write(_ error: RecordedError) {
    writer.key(RecordedKey.error)
    writer.beginObject()
    writeMembers(of: error.error)
    value(RecordedKey.value, .object(error.value))
    text(RecordedKey.path, error.path)
    if error.isFatal {
      writer.key(RecordedKey.fatal)
      writer.boolean(true)
    }
    writer.endObject()
  }

  mutating func writeMembers(of error: CardError) {
    text(RecordedKey.kind, error.kind.name)
    value(RecordedKey.message, .text(error.message))
    writer.key(RecordedKey.statusCode)
    writer.value(.number(error.statusCode))
    if !error.details.isEmpty { value(RecordedKey.details, .object(error.details)) }
  }
}
