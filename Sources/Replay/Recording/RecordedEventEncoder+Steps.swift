internal import EventStore
internal import Flows
internal import Values

extension RecordedEventEncoder {
  mutating func writeRequested(_ open: OpenRequest) {
    member(execution: open.execution)
    text(RecordedKey.step, open.path)
    integer(RecordedKey.ordinal, open.ordinal)
    integer(RecordedKey.attempt, open.request.attempt)
    writer.key(RecordedKey.request)
    let start = writer.bytes.count
    writeContent(of: open.request)
    announced = AnnouncedRequest(
      ordinal: open.ordinal,
      attempt: open.request.attempt,
      hash: open.request.hash,
      json: Array(writer.bytes[start...])
    )
    writer.key(RecordedKey.hash)
    writer.hexadecimal(open.request.hash.bytes.span)
  }

  mutating func writeAnswered(_ answered: OpenRequest) {
    member(execution: answered.execution)
    text(RecordedKey.step, answered.path)
    integer(RecordedKey.ordinal, answered.ordinal)
    writeMembers(of: answered.request, ofStep: answered.ordinal)
    if answered.waitMilliseconds > 0 {
      writer.key(RecordedKey.wait)
      writer.value(.number(answered.waitMilliseconds))
    }
  }

  /// Writes a step's end in place of the last event; returns the event's type.
  mutating func encode(
    _ step: borrowing Step,
    _ requests: [RecordedRequest]
  ) -> RecordedEventType {
    writer.clear()
    writer.beginObject()
    write(step, requests)
    writer.endObject()
    return RecordedEventType(endOf: step)
  }

  mutating func write(_ step: borrowing Step, _ requests: [RecordedRequest]) {
    member(execution: step.execution)
    text(RecordedKey.step, step.path)
    integer(RecordedKey.ordinal, step.ordinal)
    writer.fragment(step.card.written.members)
    writer.key(RecordedKey.status)
    writer.text(RecordedKey.text(of: step.status))
    writer.key(RecordedKey.inputs)
    write(step.inputs, step.card.inputNames)
    if !step.arguments.isEmpty { members(RecordedKey.arguments, step.arguments) }
    writer.key(RecordedKey.outputs)
    write(step.outputs, step.card.outputNames)
    if let error = step.error { write(RecordedError(error)) }
    if !requests.isEmpty {
      writer.key(RecordedKey.requests)
      writer.beginList()
      let requests = requests.span
      for place in requests.indices {
        writer.beginObject()
        writeMembers(of: requests[place], ofStep: step.ordinal)
        writer.endObject()
      }
      writer.endList()
    }
    texts(RecordedKey.callees, step.callees)
  }

  private mutating func write(_ values: [Value], _ names: FieldNames) {
    if let keys = names.keys(for: values) {
      shelf.write(values, under: keys, to: &writer)
    } else {
      shelf.write(names.object(values), to: &writer)
    }
  }

  private mutating func writeMembers(of request: borrowing RecordedRequest, ofStep ordinal: Int) {
    write(request: request, ofStep: ordinal)
    writer.key(RecordedKey.hash)
    writer.hexadecimal(request.hash.bytes.span)
    if request.attempt != 1 { integer(RecordedKey.attempt, request.attempt) }
    if request.isInDoubt {
      writer.key(RecordedKey.inDoubt)
      writer.boolean(true)
    }
    guard let answer = request.answer else { return }
    writer.key(RecordedKey.answer)
    writer.beginObject()
    write(answer, evidence: request.evidence)
    writer.endObject()
  }

  /// Writes the member `request`; one that was announced stands in the log already.
  private mutating func write(request: borrowing RecordedRequest, ofStep ordinal: Int) {
    writer.key(RecordedKey.request)
    if let announced, announced.ordinal == ordinal, announced.attempt == request.attempt,
      announced.hash == request.hash
    {
      writer.written(announced.json)
    } else {
      writeContent(of: request)
    }
  }

  /// Writes a request with each option and input as it stands in an event.
  private mutating func writeContent(of request: borrowing RecordedRequest) {
    if case .asked(let asked) = request.content, let (form, inputs) = asked.written {
      write(form, inputs)
    } else {
      write(request: request.request)
    }
  }

  private mutating func write(_ form: WrittenRequest, _ inputs: [Value]) {
    writer.beginObject()
    writer.fragment(form.members)
    writer.key(RecordedKey.options)
    write(form.options, inputs)
    writer.key(RecordedKey.inputs)
    write(form.inputs, inputs)
    writer.endObject()
  }

  private mutating func write(_ members: [WrittenRequest.Member], _ inputs: [Value]) {
    writer.beginObject()
    for member in members {
      writer.key(member.key)
      shelf.write(inputs[member.input], to: &writer)
    }
    writer.endObject()
  }

  private mutating func write(request: Value) {
    guard case .object(let object) = request else { return writer.value(request) }
    writer.beginObject()
    for (key, value) in object {
      writer.key(once: key)
      if case .object(let members) = value, key == Self.options || key == Self.inputs {
        shelf.write(members, to: &writer)
      } else {
        writer.value(value)
      }
    }
    writer.endObject()
  }

  private static let options: Text = "options"
  private static let inputs: Text = "inputs"

  private mutating func write(_ answer: Answer, evidence: AnswerEvidence) {
    switch answer {
    case .outputs(let answer):
      members(RecordedKey.outputs, answer.outputs)
      write(answer.records, evidence)
    case .value(let value): self.value(RecordedKey.value, value)
    case .failure(let error):
      writer.key(RecordedKey.failure)
      writer.beginObject()
      writeMembers(of: error)
      writer.endObject()
    case .unknown(let unknown):
      writer.key(RecordedKey.unknown)
      writer.beginList()
      for request in unknown.requests { writer.integer(request) }
      writer.endList()
    }
  }

  /// Writes where an answer is from, and its records unless they are the events that it is from.
  private mutating func write(_ records: [Value], _ evidence: AnswerEvidence) {
    switch evidence {
    case .none: if records.isEmpty { return }
    case .recording(let beginning):
      writer.key(RecordedKey.recording)
      writer.value(.number(Double(beginning.rawValue)))
      if records.isEmpty { return }
    case .events(let positions):
      writer.key(RecordedKey.positions)
      writer.beginList()
      for position in positions { writer.value(.number(Double(position.rawValue))) }
      writer.endList()
      if records.count == positions.count { return }
    }
    writer.key(RecordedKey.records)
    writer.beginList()
    for record in records { shelf.write(record, to: &writer) }
    writer.endList()
  }
}

extension RecordedEventEncoder {
  /// A request as it stands in the event that announced it.
  struct AnnouncedRequest {
    let ordinal: Int
    let attempt: Int
    let hash: RequestHash
    let json: [UInt8]
  }
}
