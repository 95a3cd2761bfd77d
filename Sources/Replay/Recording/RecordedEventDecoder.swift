internal import EventStore
internal import Flows
internal import Values

/// Reads the data of a recording's events back.
struct RecordedEventDecoder {
  private let log: any EventSource
  private var owner: [UInt8]
  private var values: [[UInt8]: Value] = [:]
  /// How many values were not there.
  private(set) var missing = 0

  init(_ log: any EventSource, owner: [UInt8] = []) {
    self.log = log
    self.owner = owner
  }

  /// The header that the first event of a recording holds.
  mutating func header(_ fields: some RecordedMembers) throws -> RecordingHeader {
    let execution = try fields.text("execution")
    owner = execution.bytes
    var cause: RecordedCause?
    if let position = fields.optionalPosition("trigger") {
      let by = try fields.fields("triggeredBy")
      cause = RecordedCause(
        position: position,
        id: by?.optionalText("id"),
        type: by?.optionalText("type"),
        actor: by?.optionalText("actor")
      )
    }
    return RecordingHeader(
      execution: execution,
      flowID: try fields.text("flow"),
      flowName: try fields.text("name"),
      hash: try fields.text("hash"),
      version: fields.optionalInteger("version"),
      engine: try fields.text("engine"),
      mode: try fields.named("mode", ExecutionMode.self),
      actor: fields.optionalText("actor"),
      cause: cause,
      repairs: fields.optionalText("repairs"),
      knownAs: fields.optionalText("knownAs"),
      input: try input(fields),
      salt: fields.optionalText("salt").flatMap(Hexadecimal.decode) ?? [],
      savesValues: fields["savesData"] != .boolean(false)
    )
  }

  /// What a run was started with; where its values were not saved, nobody needs it.
  private mutating func input(_ fields: some RecordedMembers) throws -> Trigger {
    let given = try value(fields["input"])
    if let trigger = Trigger(given) { return trigger }
    let isSaved = fields["savesData"] != .boolean(false)
    if isSaved, case .object(let members) = given, case .text? = members["kind"] {
      throw RecordedFields.Malformed(reason: "an \"input\" of no known kind")
    }
    return .manual
  }

  func execution(_ fields: RecordedFields) throws -> RecordedExecution {
    RecordedExecution(
      id: try fields.text("execution"),
      root: try fields.text("root"),
      parent: fields.optionalText("parent"),
      callSite: fields.optionalText("step") ?? .empty,
      index: fields.optionalInteger("index"),
      flowID: try fields.text("flow"),
      flowName: try fields.text("name"),
      carries: fields.texts("carries")
    )
  }

  mutating func end(_ fields: RecordedFields) throws -> RecordedEnd {
    var response: HTTPAnswer?
    if let given = try fields.fields("response") {
      response = HTTPAnswer(
        statusCode: try value(given["statusCode"]),
        headers: try value(given["headers"]),
        body: try value(given["body"])
      )
    }
    return RecordedEnd(
      status: try fields.named("status", ExecutionStatus.self),
      stoppedBy: fields.optionalText("stoppedBy"),
      message: try value(fields["message"]),
      error: try fields.fields("error").map { try error($0) },
      result: try value(fields["result"]),
      response: response,
      stepCount: try fields.integer("steps"),
      inDoubt: fields.optionalInteger("inDoubt") ?? 0,
      cards: fields["cards"].map { _ in fields.texts("cards") }
    )
  }

  func resumption(_ fields: RecordedFields) throws -> RecordedResumption {
    RecordedResumption(
      execution: try fields.text("execution"),
      actor: fields.optionalText("actor"),
      reason: fields.optionalText("why"),
      step: fields.optionalText("step"),
      decision: try fields.named("decision", RecordedResumption.Decision.self)
    )
  }

  mutating func requested(_ fields: RecordedFields) throws -> OpenRequest {
    var open = OpenRequest(
      execution: try fields.text("execution"),
      path: try fields.text("step"),
      ordinal: try fields.integer("ordinal"),
      request: try request(fields)
    )
    if case .number(let wait)? = fields["wait"] { open.waitMilliseconds = wait }
    return open
  }

  mutating func step(_ fields: RecordedFields) throws -> RecordedStep {
    RecordedStep(
      ordinal: try fields.integer("ordinal"),
      execution: try fields.text("execution"),
      path: try fields.text("step"),
      card: try fields.text("card"),
      address: try fields.text("address"),
      name: try fields.text("name"),
      status: try fields.named("status", StepStatus.self),
      inputs: try members(fields["inputs"]),
      arguments: try members(fields["arguments"]),
      outputs: try members(fields["outputs"]),
      error: try fields.fields("error").map { try error($0) },
      requests: try fields.list("requests").map { try request(RecordedFields($0)) },
      callees: fields.texts("callees")
    )
  }
}

// MARK: - Parts

extension RecordedEventDecoder {
  /// The value that stands in an event, null where none does.
  private mutating func value(_ tree: Value?) throws -> Value {
    guard let tree else { return .null }
    guard case .object(let object) = tree, object.count == 1,
      case .object(let reference)? = object.value(named: "$ref")
    else { return try RecordedValue.decodeTree(tree) }
    guard case .text(let digits)? = reference["sha256"],
      let hash = Hexadecimal.decode(digits)
    else { throw RecordedFields.Malformed(reason: "a reference without hash") }
    if let known = values[hash] { return known }
    guard let bytes = try log.value(owner: owner, hash: hash) else {
      missing += 1
      return .unknown(Unknown(requests: []))
    }
    let value = try RecordedValue.decode(bytes)
    values[hash] = value
    return value
  }

  private mutating func members(_ tree: Value?) throws -> Object {
    guard case .object(let object)? = tree else { return Object() }
    guard object.contains(where: { RecordedValue.hasTag($0.value) }) else { return object }
    var members = Object()
    for (key, tree) in object { members[key] = try value(tree) }
    return members
  }

  private mutating func error(_ fields: RecordedFields) throws -> RecordedError {
    var shown = Object()
    if case .object(let object) = try value(fields["value"]) { shown = object }
    return RecordedError(
      error: try cardError(fields),
      value: shown,
      path: fields.optionalText("path") ?? .empty,
      isFatal: fields["fatal"] == .boolean(true)
    )
  }

  private mutating func cardError(_ fields: RecordedFields) throws -> CardError {
    var message = Text.empty
    if case .text(let text) = try value(fields["message"]) { message = text }
    var status = CardError.defaultStatusCode
    if case .number(let number) = try value(fields["statusCode"]) { status = number }
    var details = Object()
    if case .object(let object) = try value(fields["details"]) { details = object }
    return CardError(
      kind: CardErrorKind(name: try fields.text("kind")),
      message: message,
      statusCode: status,
      details: details
    )
  }

  private mutating func request(_ fields: RecordedFields) throws -> RecordedRequest {
    guard case .object(var request)? = fields["request"],
      let hash = RequestHash(hexadecimal: try fields.text("hash"))
    else { throw RecordedFields.Malformed(reason: "a request without contents or hash") }
    for key: Text in ["options", "inputs"] where request[key] != nil {
      request[key] = .object(try members(request[key]))
    }
    let answer = try fields.fields("answer").map { try self.answer($0) }
    return RecordedRequest(
      request: .object(request),
      hash: hash,
      attempt: fields.optionalInteger("attempt") ?? 1,
      answer: answer?.answer,
      evidence: answer?.evidence ?? .none,
      isInDoubt: fields["inDoubt"] == .boolean(true)
    )
  }

  /// What came back for a request, and where it is from.
  mutating func answer(
    _ fields: some RecordedMembers
  ) throws -> (answer: Answer, evidence: AnswerEvidence) {
    let evidence = try evidence(fields)
    return (try answer(fields, evidence.events), evidence)
  }

  private func evidence(_ fields: some RecordedMembers) throws -> AnswerEvidence {
    if let beginning = fields["recording"] { return .recording(try position(beginning)) }
    return AnswerEvidence(events: try fields.list("positions").map { try position($0) })
  }

  private func position(_ item: Value) throws -> Position {
    guard case .number(let number) = item, let position = UInt64(exactly: number) else {
      throw RecordedFields.Malformed(reason: "a position that is none")
    }
    return Position(position)
  }

  private mutating func answer(
    _ fields: some RecordedMembers,
    _ events: [Position]
  ) throws -> Answer {
    if let failure = try fields.fields("failure") { return .failure(try cardError(failure)) }
    if let outputs = fields["outputs"] {
      var records: [Value] = []
      if let given = fields["records"] {
        if case .list(let trees) = given { records = try trees.map { try value($0) } }
      } else {
        records = try events.map { try record(at: $0) }
      }
      return .outputs(
        ConnectorAnswer(outputs: try members(outputs), records: records)
      )
    }
    if fields["unknown"] != nil {
      let requests = fields.list("unknown").compactMap { item -> Int? in
        if case .number(let number) = item { Int(exactly: number) } else { nil }
      }
      return .unknown(Unknown(requests: requests))
    }
    return .value(try value(fields["value"]))
  }

  /// An event of the log as the record that it was handed to a flow as.
  private mutating func record(at position: Position) throws -> Value {
    guard let record = try log.record(at: position) else {
      missing += 1
      return .unknown(Unknown(requests: []))
    }
    return record
  }
}

extension EventSource {
  /// The data of an event as a value, nil where there is none that reads as JSON.
  func record(at position: Position) throws -> Value? {
    guard let event = try event(at: position) else { return nil }
    return try? JSON.parse(event.data)
  }
}
