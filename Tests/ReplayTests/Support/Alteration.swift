import Flows
import Replay
import TestSupport
import Values

/// A recording of which a test alters something.
struct Alteration {
  let root: RecordingHeader
  var input: Trigger
  var executions: [RecordedExecution]
  var steps: [RecordedStep]
  var missingValues = 0

  init(_ recording: Recording) {
    root = recording.root
    input = recording.root.input
    executions = recording.executions
    steps = recording.steps
  }

  var recording: Recording {
    Recording(
      root: RecordingHeader(
        execution: root.execution,
        flowID: root.flowID,
        flowName: root.flowName,
        hash: root.hash,
        engine: root.engine,
        mode: root.mode,
        input: input,
        savesValues: root.savesValues
      ),
      executions: executions,
      steps: steps,
      missingValues: missingValues
    )
  }

  /// Alters one field of the step at a path.
  mutating func alter(_ field: String, at path: Text) {
    if field == "input" {
      input = .call(arguments: ["who": "another"])
      return
    }
    guard let place = steps.firstIndex(where: { $0.path == path }) else { return }
    let step = steps[place]
    var fields = StepFields(step)
    switch field {
    case "step input": fields.inputs["Email/Body"] = "another"
    case "argument": fields.arguments["b"] = "another"
    case "output", "child output": fields.outputs[fields.outputs.keys[0]] = "another"
    case "status": fields.status = .blocked
    case "error": fields.error = step.error.map { $0.with(message: "another") }
    case "request": fields.requests = [with(step.requests[0], request: ["another": true])]
    case "answer":
      fields.requests = [
        with(step.requests[0], answer: .outputs(ConnectorAnswer(outputs: ["name": "another"])))
      ]
    case "failure":
      let error = CardError(kind: .timeout, message: "late", statusCode: 500)
      fields.requests = [with(step.requests[0], answer: .failure(error))]
    case "callee": fields.callees[0] = "another"
    case "path": fields.path = path + "x"
    case "extra request": fields.requests.append(step.requests[0])
    case "no answer": fields.requests = [with(step.requests[0], answer: nil)]
    default: return
    }
    steps[place] = fields.step(like: step)
  }

  /// Says of the step at a path that it was another in order.
  mutating func alter(ordinalOf path: Text, to ordinal: Int) {
    guard let place = steps.firstIndex(where: { $0.path == path }) else { return }
    var fields = StepFields(steps[place])
    fields.ordinal = ordinal
    steps[place] = fields.step(like: steps[place])
  }

  /// Alters one output of the step at a path.
  mutating func alter(output key: Text, at path: Text) {
    setOutput(key, at: path) { $0?.another }
  }

  /// Takes one output of the step at a path away.
  mutating func remove(output key: Text, at path: Text) {
    setOutput(key, at: path) { _ in nil }
  }

  private mutating func setOutput(_ key: Text, at path: Text, _ change: (Value?) -> Value?) {
    guard let place = steps.firstIndex(where: { $0.path == path }) else { return }
    var fields = StepFields(steps[place])
    fields.outputs[key] = change(fields.outputs[key])
    steps[place] = fields.step(like: steps[place])
  }

  /// Alters one field of the execution that the call at a path began.
  mutating func alterExecution(_ field: String, at site: Text) {
    guard let place = executions.firstIndex(where: { $0.callSite == site }),
      let end = executions[place].end
    else { return }
    let execution = executions[place]
    switch field {
    case "status": executions[place] = execution.with(end: end.with(status: .stopped))
    case "error":
      executions[place] = execution.with(end: end.with(error: end.error?.with(message: "another")))
    case "result": executions[place] = execution.with(end: end.with(result: "another"))
    default:
      executions[place] = RecordedExecution(
        id: execution.id,
        root: execution.root,
        parent: execution.parent,
        callSite: execution.callSite,
        index: execution.index,
        flowID: "another",
        flowName: execution.flowName,
        end: end
      )
    }
  }

  /// Adds a step behind the last one.
  mutating func append(copyOf path: Text, path newPath: Text) {
    guard let step = steps.first(where: { $0.path == path }) else { return }
    var fields = StepFields(step)
    fields.path = newPath
    fields.ordinal = steps.count
    steps.append(fields.step(like: step))
  }

  private func with(_ request: RecordedRequest, request value: Value) -> RecordedRequest {
    RecordedRequest(request: value, hash: RequestHash(value), answer: request.answer)
  }

  private func with(_ request: RecordedRequest, answer: Answer?) -> RecordedRequest {
    RecordedRequest(request: request.request, hash: request.hash, answer: answer)
  }
}

/// The fields of a step that tests alter.
private struct StepFields {
  var ordinal: Int
  var path: Text
  var status: StepStatus
  var inputs: Object
  var arguments: Object
  var outputs: Object
  var error: RecordedError?
  var requests: [RecordedRequest]
  var callees: [Text]

  init(_ step: RecordedStep) {
    ordinal = step.ordinal
    path = step.path
    status = step.status
    inputs = step.inputs
    arguments = step.arguments
    outputs = step.outputs
    error = step.error
    requests = step.requests
    callees = step.callees
  }

  func step(like step: RecordedStep) -> RecordedStep {
    RecordedStep(
      ordinal: ordinal,
      execution: step.execution,
      path: path,
      card: step.card,
      address: step.address,
      name: step.name,
      status: status,
      inputs: inputs,
      arguments: arguments,
      outputs: outputs,
      error: error,
      requests: requests,
      callees: callees
    )
  }
}

extension RecordedExecution {
  func with(end: RecordedEnd?) -> RecordedExecution {
    RecordedExecution(
      id: id,
      root: root,
      parent: parent,
      callSite: callSite,
      index: index,
      flowID: flowID,
      flowName: flowName,
      end: end
    )
  }
}

extension RecordedEnd {
  fileprivate func with(
    status: ExecutionStatus? = nil,
    error: RecordedError? = nil,
    result: Value? = nil
  ) -> RecordedEnd {
    RecordedEnd(
      status: status ?? self.status,
      message: message,
      error: error ?? self.error,
      result: result ?? self.result,
      response: response,
      stepCount: stepCount,
      cards: cards
    )
  }
}

extension RecordedError {
  fileprivate func with(message: Text) -> RecordedError {
    var value = value
    value["message"] = .text(message)
    return RecordedError(error: error, value: value, path: path, isFatal: isFatal)
  }
}
