internal import EventStore
internal import Flows
internal import Values

/// Writes what happened in a run as the data of the log's events.
struct RecordedEventEncoder {
  private let root: RecordingHeader
  private(set) var shelf: ValueShelf

  init(_ root: RecordingHeader) {
    self.root = root
    shelf = ValueShelf(root)
  }

  mutating func takeValues() -> [StoredValue] { shelf.takeValues() }

  /// The type and data of an event.
  mutating func encode(_ event: RecordedEvent) -> (type: String, data: [UInt8]) {
    switch event {
    case .started(let execution):
      ("execution.started", bytes(execution.parent == nil ? start(execution) : child(execution)))
    case .requested(let open): ("step.requested", bytes(requested(open)))
    case .answered(let answered): ("step.answered", bytes(self.answered(answered)))
    case .resumed(let resumption): ("execution.resumed", bytes(resumed(resumption)))
    case .step(let step):
      (step.status == .failed ? "step.failed" : "step.completed", bytes(encoded(step)))
    case .finished(let id, let end): ("execution.finished", bytes(finished(id, end)))
    }
  }

  private func bytes(_ object: Object) -> [UInt8] { JSON.serialize(.object(object)) }
}

// MARK: - Executions

extension RecordedEventEncoder {
  private mutating func start(_ execution: RecordedExecution) -> Object {
    var object: Object = [
      "execution": .text(execution.id), "root": .text(root.execution),
      "flow": .text(root.flowID), "name": .text(root.flowName), "hash": .text(root.hash),
    ]
    object["version"] = root.version.map { .number(Double($0)) }
    object["engine"] = .text(root.engine)
    object["mode"] = .text(Text(root.mode.rawValue))
    object["actor"] = root.actor.map { .text($0) }
    if let cause = root.cause {
      object["trigger"] = .number(Double(cause.position.rawValue))
      var triggeredBy = Object()
      triggeredBy["id"] = cause.id.map { .text($0) }
      triggeredBy["type"] = cause.type.map { .text($0) }
      triggeredBy["actor"] = cause.actor.map { .text($0) }
      object["triggeredBy"] = .object(triggeredBy)
    }
    object["repairs"] = root.repairs.map { .text($0) }
    object["input"] = shelf.tree(root.input.value)
    object["carries"] = carries(execution)
    object["salt"] = .text(Hexadecimal.encode(root.salt))
    object["savesData"] = .boolean(root.savesValues)
    return object
  }

  private func child(_ execution: RecordedExecution) -> Object {
    var object: Object = [
      "execution": .text(execution.id), "root": .text(execution.root),
    ]
    object["parent"] = execution.parent.map { .text($0) }
    object["step"] = .text(execution.callSite)
    object["index"] = execution.index.map { .number(Double($0)) }
    object["flow"] = .text(execution.flowID)
    object["name"] = .text(execution.flowName)
    object["carries"] = carries(execution)
    return object
  }

  private func resumed(_ resumption: RecordedResumption) -> Object {
    var object: Object = [
      "execution": .text(resumption.execution), "root": .text(root.execution),
      "decision": .text(Text(resumption.decision.rawValue)),
    ]
    object["step"] = resumption.step.map { .text($0) }
    object["actor"] = resumption.actor.map { .text($0) }
    object["why"] = resumption.reason.map { .text($0) }
    return object
  }

  private func carries(_ execution: RecordedExecution) -> Value? {
    execution.carries.isEmpty ? nil : .list(execution.carries.map { .text($0) })
  }

  private mutating func finished(_ id: Text, _ end: RecordedEnd) -> Object {
    var object: Object = [
      "execution": .text(id), "root": .text(root.execution),
      "status": .text(Text(end.status.rawValue)),
    ]
    object["stoppedBy"] = end.stoppedBy.map { .text($0) }
    object["error"] = end.error.map { .object(encoded($0)) }
    if !end.message.isNull { object["message"] = shelf.tree(end.message) }
    if !end.result.isNull { object["result"] = shelf.tree(end.result) }
    if let response = end.response {
      object["response"] = shelf.members([
        "statusCode": response.statusCode, "headers": response.headers, "body": response.body,
      ])
    }
    object["steps"] = .number(Double(end.stepCount))
    if end.inDoubt > 0 { object["inDoubt"] = .number(Double(end.inDoubt)) }
    return object
  }

  private mutating func encoded(_ error: RecordedError) -> Object {
    var object = encoded(error.error)
    object["value"] = shelf.tree(.object(error.value))
    object["path"] = .text(error.path)
    if error.isFatal { object["fatal"] = true }
    return object
  }

  private mutating func encoded(_ error: CardError) -> Object {
    var object: Object = [
      "kind": .text(error.kind.name), "message": shelf.tree(.text(error.message)),
      "statusCode": RecordedValue.encodeTree(.number(error.statusCode)),
    ]
    if !error.details.isEmpty { object["details"] = shelf.tree(.object(error.details)) }
    return object
  }
}

// MARK: - Steps

extension RecordedEventEncoder {
  private mutating func requested(_ open: OpenRequest) -> Object {
    [
      "execution": .text(open.execution), "step": .text(open.path),
      "ordinal": .number(Double(open.ordinal)),
      "attempt": .number(Double(open.request.attempt)),
      "request": encoded(request: open.request.request),
      "hash": .text(open.request.hash.hexadecimal),
    ]
  }

  private mutating func answered(_ answered: OpenRequest) -> Object {
    var object: Object = [
      "execution": .text(answered.execution), "step": .text(answered.path),
      "ordinal": .number(Double(answered.ordinal)),
    ]
    for (key, value) in encoded(answered.request) { object[key] = value }
    if answered.waitMilliseconds > 0 { object["wait"] = .number(answered.waitMilliseconds) }
    return object
  }

  private mutating func encoded(_ step: RecordedStep) -> Object {
    var object: Object = [
      "execution": .text(step.execution), "step": .text(step.path),
      "ordinal": .number(Double(step.ordinal)), "card": .text(step.card),
      "address": .text(step.address), "name": .text(step.name),
      "status": .text(Text(step.status.rawValue)), "inputs": shelf.members(step.inputs),
    ]
    if !step.arguments.isEmpty { object["arguments"] = shelf.members(step.arguments) }
    object["outputs"] = shelf.members(step.outputs)
    object["error"] = step.error.map { .object(encoded($0)) }
    if !step.requests.isEmpty {
      object["requests"] = .list(step.requests.map { .object(encoded($0)) })
    }
    if !step.callees.isEmpty { object["callees"] = .list(step.callees.map { .text($0) }) }
    return object
  }

  private mutating func encoded(_ request: RecordedRequest) -> Object {
    var object: Object = [
      "request": encoded(request: request.request), "hash": .text(request.hash.hexadecimal),
    ]
    if request.attempt != 1 { object["attempt"] = .number(Double(request.attempt)) }
    if request.isInDoubt { object["inDoubt"] = true }
    object["answer"] = request.answer.map { .object(encoded($0, evidence: request.evidence)) }
    return object
  }

  /// A request with each option and input as it stands in an event.
  private mutating func encoded(request: Value) -> Value {
    guard case .object(var object) = request else { return RecordedValue.encodeTree(request) }
    for key: Text in ["options", "inputs"] {
      if case .object(let members)? = object[key] { object[key] = shelf.members(members) }
    }
    return .object(object)
  }

  private mutating func encoded(_ answer: Answer, evidence: [Position]) -> Object {
    switch answer {
    case .outputs(let answer):
      var object: Object = ["outputs": shelf.members(answer.outputs)]
      if evidence.isEmpty {
        if !answer.records.isEmpty {
          object["records"] = .list(answer.records.map { shelf.tree($0) })
        }
        return object
      }
      object["positions"] = .list(evidence.map { .number(Double($0.rawValue)) })
      // Records that are the events themselves are not copied.
      if answer.records.isEmpty || answer.records.count != evidence.count {
        object["records"] = .list(answer.records.map { shelf.tree($0) })
      }
      return object
    case .value(let value): return ["value": shelf.tree(value)]
    case .failure(let error): return ["failure": .object(encoded(error))]
    case .unknown(let unknown):
      return ["unknown": .list(unknown.requests.map { .number(Double($0)) })]
    }
  }
}
