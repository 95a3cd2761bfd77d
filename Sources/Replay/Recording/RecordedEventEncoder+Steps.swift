internal import EventStore
internal import Flows
internal import Values

extension RecordedEventEncoder {
  mutating func writeRequested(_ open: OpenRequest) {
    text(RecordedKey.execution, open.execution)
    text(RecordedKey.step, open.path)
    integer(RecordedKey.ordinal, open.ordinal)
    integer(RecordedKey.attempt, open.request.attempt)
    write(request: open.request, ofStep: open.ordinal)
    writer.key(RecordedKey.hash)
    writer.hexadecimal(open.request.hash.bytes)
  }

  mutating func writeAnswered(_ answered: OpenRequest) {
    text(RecordedKey.execution, answered.execution)
    text(RecordedKey.step, answered.path)
    integer(RecordedKey.ordinal, answered.ordinal)
    writeMembers(of: answered.request, ofStep: answered.ordinal)
    if answered.waitMilliseconds > 0 {
      writer.key(RecordedKey.wait)
      writer.value(.number(answered.waitMilliseconds))
    }
  }

  mutating func write(_ step: borrowing Step, _ requests: [RecordedRequest]) {
    let names = step.card.written
    text(RecordedKey.execution, step.execution)
    text(RecordedKey.step, step.path)
    integer(RecordedKey.ordinal, step.ordinal)
    writer.key(RecordedKey.card)
    writer.fragment(names.uuid)
    writer.key(RecordedKey.address)
    writer.fragment(names.address)
    writer.key(RecordedKey.name)
    writer.fragment(names.name)
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
      for request in requests {
        writer.beginObject()
        writeMembers(of: request, ofStep: step.ordinal)
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

  private mutating func writeMembers(of request: RecordedRequest, ofStep ordinal: Int) {
    write(request: request, ofStep: ordinal)
    writer.key(RecordedKey.hash)
    writer.hexadecimal(request.hash.bytes)
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

  /// Writes a request with each option and input as it stands in an event.
  ///
  /// Mostly it is the one that was announced before, as which it stands in the log already.
  private mutating func write(request: RecordedRequest, ofStep ordinal: Int) {
    writer.key(RecordedKey.request)
    if let last, last.ordinal == ordinal, last.attempt == request.attempt,
      last.hash == request.hash
    {
      return writer.written(last.json)
    }
    let start = writer.bytes.count
    if case .asked(let asked) = request.content, let (form, inputs) = asked.written {
      write(form, inputs)
    } else {
      write(request: request.request)
    }
    last = LastRequest(
      ordinal: ordinal,
      attempt: request.attempt,
      hash: request.hash,
      json: Array(writer.bytes[start...])
    )
  }

  private mutating func write(_ form: WrittenRequest, _ inputs: [Value]) {
    writer.beginObject()
    writer.key(RecordedKey.connector)
    writer.fragment(form.connector)
    writer.key(RecordedKey.method)
    writer.fragment(form.method)
    writer.key(RecordedKey.connection)
    writer.fragment(form.connection)
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

  private mutating func write(_ answer: Answer, evidence: [Position]) {
    switch answer {
    case .outputs(let answer):
      members(RecordedKey.outputs, answer.outputs)
      if !evidence.isEmpty {
        writer.key(RecordedKey.positions)
        writer.beginList()
        for position in evidence { writer.value(.number(Double(position.rawValue))) }
        writer.endList()
      }
      // Records that are the events themselves are not copied.
      let areEvents = !evidence.isEmpty && answer.records.count == evidence.count
      if areEvents ? answer.records.isEmpty : !answer.records.isEmpty || !evidence.isEmpty {
        writer.key(RecordedKey.records)
        writer.beginList()
        for record in answer.records { shelf.write(record, to: &writer) }
        writer.endList()
      }
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
}

extension RecordedEventEncoder {
  /// A request as it stands in an event.
  struct LastRequest {
    let ordinal: Int
    let attempt: Int
    let hash: RequestHash
    let json: [UInt8]
  }
}
