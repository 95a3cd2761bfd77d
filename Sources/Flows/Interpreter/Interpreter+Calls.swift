internal import Crypto
internal import Values

/// What a call adds to the path of the calling card.
struct CallSite {
  /// What stands between the card's id and its index.
  let suffix: Text
  /// The place in a list, the number of a repetition or of a record.
  let index: Int?

  static let plain = CallSite(suffix: .empty, index: nil)

  static func item(_ index: Int) -> CallSite { CallSite(suffix: .empty, index: index) }

  func path(of card: Text, after prefix: Text) -> Text {
    var bytes = prefix.bytes + card.bytes + suffix.bytes
    if let index { bytes += Array("[\(index)]".utf8) }
    return Text(wtf8: bytes)
  }
}

/// Why a call cannot be made.
enum CallObstacle: Error {
  /// Which flow to call depends on an answer that nobody has.
  case unknown(Unknown)
  case error(CardError)
}

extension Interpreter {
  /// The first frame of a call, or nil where it cannot be made: for calls that may fail unseen.
  func makeFrame(
    calling callee: Callee,
    from pending: PendingStep,
    item: Value,
    given: [Value],
    site: CallSite,
    error: RaisedError?
  ) -> Frame? {
    try? makeFrame(
      of: callee,
      from: pending,
      values: ArgumentValues(pending, item: item, given: given),
      site: site,
      error: error
    )
  }

  /// The first frame of a call.
  ///
  /// - Throws: `CallObstacle` where the call is too deep, or its flow missing or unknown.
  func makeFrame(
    of callee: Callee,
    from pending: PendingStep,
    values: ArgumentValues,
    site: CallSite,
    error: RaisedError? = nil
  ) throws(CallObstacle) -> Frame {
    let caller = frame.execution
    guard caller.depth + 1 < options.maximumDepth else {
      throw .error(
        CardError(
          kind: .invalidFlow,
          message: Text("Flows call each other more than \(options.maximumDepth) deep.")
        )
      )
    }
    let target = try target(of: callee, pending)
    let path = site.path(of: pending.card.uuid, after: frame.scope.pathPrefix)
    let execution = Execution(
      id: knownExecutions[path] ?? Execution.id(ofCallAt: path, below: rootID),
      flow: target.flow,
      parent: caller,
      callingCard: pending.card.uuid,
      callSite: path,
      index: site.index
    )
    let context = CalleeContext(execution: execution, toldRootID: toldRootID, error: error)
    let head = target.body.head
    let arguments = values.values(for: head, callee: callee)
    let headValues = zip(head, arguments).map { field, argument in
      read(
        field.name.isContext ? context.value(of: field.name.key) : argument,
        as: field.type
      )
    }
    return Frame(
      body: target.body,
      scope: Scope(execution, pathPrefix: Text(wtf8: path.bytes + [UInt8(ascii: "/")])),
      ownsExecution: true,
      headValues: headValues
    )
  }

  private func target(
    of callee: Callee,
    _ pending: PendingStep
  ) throws(CallObstacle) -> (flow: CompiledFlow, body: CompiledBody) {
    switch callee.target {
    case .flow(let number):
      let flow = program.flows[number]
      return (flow, program.bodies[flow.body])
    case .inline(let body):
      return (frame.execution.flow, program.bodies[body])
    case .input(let place):
      switch pending.inputs.indices.contains(place) ? pending.inputs[place] : .null {
      case .unknown(let unknown): throw .unknown(unknown)
      case .text(let id):
        guard let flow = program.flows.first(where: { $0.id == id }) else { fallthrough }
        return (flow, program.bodies[flow.body])
      default:
        throw .error(
          CardError(kind: .notFound, message: "The flow to call does not exist.", statusCode: 404)
        )
      }
    }
  }

}

extension Execution {
  /// The id of a child: the same for the same root and path, whatever else differs.
  fileprivate static func id(ofCallAt path: Text, below root: Text) -> Text {
    var hash = SHA256()
    hash.update(data: root.bytes)
    hash.update(data: [0])
    hash.update(data: path.bytes)
    var digits: [UInt8] = []
    digits.reserveCapacity(36)
    for (place, byte) in hash.finalize().enumerated() where place < 16 {
      if place == 4 || place == 6 || place == 8 || place == 10 { digits.append(UInt8(ascii: "-")) }
      digits.append(digit(byte >> 4))
      digits.append(digit(byte & 15))
    }
    return Text(wtf8: digits)
  }

  private static func digit(_ value: UInt8) -> UInt8 {
    value + (value < 10 ? UInt8(ascii: "0") : UInt8(ascii: "a") - 10)
  }

  /// The id that the flow is told is that of this execution.
  fileprivate func toldID(below toldRoot: Text) -> Text {
    if toldRoot == root { return id }
    return parent == nil ? toldRoot : Self.id(ofCallAt: callSite, below: toldRoot)
  }
}

/// What the engine puts into the group `context` of a callee's head.
struct CalleeContext {
  let execution: Execution
  /// What the flow is told is the id of the root execution.
  let toldRootID: Text
  let error: RaisedError?

  private static let parentKeys: [Text] = [
    "id", "name", "method", "execution_id", "wf_id", "root_wf_id", "root_execution_id",
  ]

  func value(of key: Text) -> Value {
    switch key {
    case FormatNames.executionID: return .text(execution.toldID(below: toldRootID))
    case FormatNames.index: return execution.index.map { .number(Double($0)) } ?? .null
    case FormatNames.error: return error.map { .object($0.value) } ?? .null
    case FormatNames.parent:
      guard let parent = execution.parent else { return .null }
      var root = parent
      while let above = root.parent { root = above }
      return .object(
        Object(
          distinctKeys: Self.parentKeys,
          values: [
            .text(parent.flow.id), .text(parent.flow.name),
            execution.callingCard.map { .text($0) } ?? .null,
            .text(parent.toldID(below: toldRootID)),
            .text(parent.flow.id), .text(root.flow.id), .text(toldRootID),
          ]
        )
      )
    default: return .null
    }
  }
}

/// The arguments of one call.
struct ArgumentValues {
  /// The inputs of the calling card.
  let inputs: [Value]
  /// The arguments that are the same for every item.
  let fixed: Object
  /// The current item of a list card.
  var item = Value.null
  /// What the engine hands in: a record and a state.
  var given: [Value] = []
  /// The running memo of a reduce, which is the callee's input `memo` whatever the card says.
  var memo: Value?
  /// Whether the item's own members are the arguments.
  var spreads = false
  /// Whether only a recording tells what the item was, and so what its members were.
  var isItemRecorded = false

  /// The values for a callee's head, before they are read by its types.
  func values(for head: [CardField], callee: Callee) -> [Value] {
    if spreads { return spread(over: head) }
    if given.count == 2, head.count(where: { !$0.name.isContext }) == 1 {
      return head.map { $0.name.isContext ? .null : payload }
    }
    return head.map { field in
      if let memo, field.name == FormatNames.memo { return memo }
      guard let argument = callee.arguments.last(where: { $0.key == field.name.key }) else {
        return .null
      }
      return value(of: argument)
    }
  }

  /// What a streaming card hands to a flow with one input, whatever that is called.
  private var payload: Value {
    .object(Object(distinctKeys: [Self.record, Self.state], values: given))
  }

  private static let record: Text = "Record"
  private static let state: Text = "State"

  private func value(of argument: CompiledArgument) -> Value {
    switch argument.source {
    case .input(let place):
      inputs.indices.contains(place) ? inputs[place] : .null
    case .fixed: fixed[argument.key] ?? .null
    case .item(let path): isItemRecorded ? item : path.read(item)
    case .given(let place): given.indices.contains(place) ? given[place] : .null
    }
  }

  /// A card without arguments hands over the item's members by group and key; an item that has none
  /// of them is the one input of the flow, if there is one.
  private func spread(over head: [CardField]) -> [Value] {
    if item.isUnknown || isItemRecorded { return head.map { _ in item } }
    let own = head.map { !$0.name.isContext }
    let found = zip(head, own).map { field, isOwn in isOwn ? member(field.name) : nil }
    if found.allSatisfy({ $0 == nil }), own.count(where: { $0 }) == 1 {
      return own.map { $0 ? item : .null }
    }
    return found.map { $0 ?? .null }
  }

  private func member(_ name: FieldName) -> Value? {
    guard case .object(let object) = item else { return nil }
    guard let group = name.group else { return object[name.key] }
    switch object[group] {
    case .object(let members)?: return members[name.key]
    case .unknown(let unknown)?: return .unknown(unknown)
    default: return nil
    }
  }
}

extension ArgumentValues {
  /// The arguments that a step has ready.
  init(_ pending: PendingStep, item: Value = .null, given: [Value] = []) {
    self.init(inputs: pending.inputs, fixed: pending.arguments, item: item, given: given)
  }
}
